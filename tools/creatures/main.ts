import { AppError } from '../../src/core/errors.js';
import { parseCommandLine, USAGE } from './command-line.js';
import { writeCreatures } from './write.js';

/** Runs the command; the exit code is 2 for arguments that make no sense, 1 when writing fails. */
function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  try {
    const { pictures, place } = writeCreatures(parseCommandLine(args));
    console.log(`${String(pictures)} creatures drawn to ${place}`);
    return 0;
  } catch (error) {
    if (error instanceof AppError && error.details.code === 'input/invalid') {
      const { input, reason, remedy } = error.details;
      console.error(`${input}: ${reason} ${remedy}\n\n${USAGE}`);
      return 2;
    }
    console.error(`The creatures could not be written: ${String(error)}`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
