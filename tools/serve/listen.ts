import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const TRIES = 50;

/**
 * Listens on the loopback address at `port`, or at the next free one, and returns which; port 0 leaves the choice to
 * the system. Throws when 50 ports in a row are taken.
 */
export async function listen(server: Server, port: number): Promise<number> {
  for (let candidate = port; candidate < port + TRIES && candidate <= 65_535; candidate++) {
    const taken = await tryListen(server, candidate);
    if (taken !== undefined) return taken;
  }
  throw new Error(`Ports ${port} to ${port + TRIES - 1} are taken; choose another with --port.`);
}

function tryListen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', onError).once('listening', onListening).listen(port, '127.0.0.1');
  });
}
