// Where connections go. Every socket of Node, TLS included, is connected through one method; it is watched here, and
// nothing but connections to this machine is let through.

import { Socket } from "node:net";

interface Target {
  readonly host?: string;
  readonly port?: number;
  readonly lookup?: Lookup;
}

type Lookup = (host: string, options: { all: true }, done: (error: Error | null) => void) => void;

/** `host:port` of every connection that was tried while the work ran. */
export async function connectionsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const connect = Object.getOwnPropertyDescriptor(Socket.prototype, "connect")?.value as Connect;
  const spy = jest.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [target] = (Array.isArray(args[0]) ? args[0] : args) as [Target];
    seen.push(`${String(target.host)}:${String(target.port)}`);
    if (target.host === "127.0.0.1") return connect.apply(this, args);
    // Nothing leaves this machine; the look-up still says whether the connection would have been made.
    if (target.lookup === undefined) this.destroy(new Error("no network in this test"));
    else target.lookup(String(target.host), { all: true }, (error) => this.destroy(error ?? new Error("allowed")));
    return this;
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return seen;
}

type Connect = (this: Socket, ...args: unknown[]) => Socket;
