/** Pairs between two lines where no terminal can overwrite the last one. */
const EVERY = 10;

/** Tells on stderr how many pairs are finished: in place on a terminal, else a line for every ten. */
export function tellProgress(finished: number, pairs: number): void {
  const text = `${String(finished)} of ${String(pairs)} pairs`;
  if (process.stderr.isTTY) process.stderr.write(finished < pairs ? `\r${text}` : '\r\u001b[K');
  else if (finished % EVERY === 0) process.stderr.write(`${text}\n`);
}
