import pg from "pg";

/** What pg knows of a connection and its types do not say. */
interface ConnectedClient {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly processID: number;
  readonly secretKey: number;
}

interface RawConnection extends NodeJS.EventEmitter {
  readonly stream: { destroy(): void };
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Asks PostgreSQL, over a connection of its own, to stop what a client's connection is running. Resolves when the
 * server has closed that connection, which it does after the signal was sent. Never rejects: whoever cancels can do
 * no more than try.
 */
export function cancelRequest(client: pg.PoolClient, timeoutMs = 5000): Promise<void> {
  const { host, port, ssl, processID, secretKey } = client as unknown as ConnectedClient;
  const Raw = pg.Connection as unknown as new (config: object) => RawConnection;
  const connection = new Raw({ ssl });
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.stream.destroy(), timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      resolve();
    };
    connection.on("error", () => connection.stream.destroy());
    connection.once("end", settle);
    connection.once("connect", () =>
      ssl ? connection.requestSsl() : connection.cancel(processID, secretKey),
    );
    connection.once("sslconnect", () => connection.cancel(processID, secretKey));
    if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}
