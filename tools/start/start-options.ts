/** What the command line of `npm start` says. */
export interface StartOptions {
  /** Whether to end before the server starts. */
  readonly serve: boolean;
  /** The first port to try. */
  readonly port: number;
}

const DEFAULT_PORT = 8190;

/** Reads `--no-serve` and `--port N` (0 to 65535; 0 lets the system choose). Throws a sentence for anything else. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  let serve = true;
  let port = DEFAULT_PORT;
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = (args[i] ?? '').split('=', 2);
    if (name === '--no-serve' && inline === undefined) {
      serve = false;
    } else if (name === '--port') {
      const text = inline ?? args[++i] ?? '';
      port = Number(text);
      if (!/^\d+$/.test(text) || port > 65_535) {
        throw new Error(`--port wants a number from 0 to 65535, not "${text}".`);
      }
    } else {
      throw new Error(`Unknown option ${name}; npm start knows --port N and --no-serve.`);
    }
  }
  return { serve, port };
}
