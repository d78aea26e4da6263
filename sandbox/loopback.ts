import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that is up. `close` drops what is still connected and frees the port. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Has a server listen on the loopback address only.
 *
 * @param port 0 is any free one.
 * @throws the system's error (EADDRINUSE) when the port is taken.
 */
export async function bindLoopback(server: Server, port: number): Promise<Listening> {
  // a connection that is closed in the moment it is used again fails a request, which a busy machine makes likely
  server.keepAliveTimeout = 600_000;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
