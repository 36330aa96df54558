import { createServer as createPlainServer, type AddressInfo } from "node:net";
import { connect, createServer, type TlsOptions } from "node:tls";

/** A server that notes what clients say once the encryption stands, and answers 404 or hangs up. */
export interface TlsServer {
  readonly url: string;
  /** Where it speaks TLS as a PostgreSQL server does: after a question in the clear. */
  readonly databasePort: number;
  /** What arrived encrypted. */
  readonly arrived: string[];
  /** What was said in the clear to the database port. */
  readonly inTheClear: Buffer[];
  close(): void;
}

/** Length and code of the message by which a client asks for TLS. */
const TLS_WANTED = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Without a certificate the database port says that it has no TLS. */
export async function startTlsServer(options: TlsOptions): Promise<TlsServer> {
  const arrived: string[] = [];
  const inTheClear: Buffer[] = [];
  const server = createServer(options, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (bytes: Buffer) => {
      arrived.push(bytes.toString("latin1"));
      socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
  });
  server.on("tlsClientError", () => undefined);
  const database = createPlainServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (bytes: Buffer) => {
      inTheClear.push(bytes);
      if (!bytes.equals(TLS_WANTED)) return void socket.destroy();
      if (options.cert === undefined) return void socket.end("N");
      socket.write("S");
      server.emit("connection", socket);
    });
  });
  for (const one of [server, database]) await new Promise<void>((up) => one.listen(0, "127.0.0.1", up));
  const portOf = (one: typeof server | typeof database) => (one.address() as AddressInfo).port;
  return {
    url: `https://127.0.0.1:${portOf(server)}`,
    databasePort: portOf(database),
    arrived,
    inTheClear,
    close() {
      server.close();
      database.close();
    },
  };
}

/** What a client that takes anything gets to speak with the server: protocol and cipher suite. */
export function spokenWith({ url }: TlsServer): Promise<string> {
  return new Promise((resolve, reject) => {
    const anything = { minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0", rejectUnauthorized: false } as const;
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port), ...anything }, () => {
      resolve(`${socket.getProtocol() ?? ""} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}
