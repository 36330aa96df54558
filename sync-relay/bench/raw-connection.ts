// One kept connection to a web server, written by hand: what a load costs its sender is taken from the processor time of
// what it measures, and Node's own client costs as much as the relay does.

import { connect, type Socket } from "node:net";

/** One request, but for its body. */
export interface RequestHead {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RawConnection {
  /** Sends a POST and resolves with the status of its answer. One at a time. Rejects when the connection is lost. */
  post(head: RequestHead, body: string): Promise<number>;
  /** False before the first request, after the relay hung up, and when the connection was lost. */
  isOpen(): boolean;
  end(): void;
}

interface Waiting {
  readonly answered: (status: number) => void;
  readonly lost: (reason: Error) => void;
}

const HEAD_END = "\r\n\r\n";

/** Connects at the first request, and again after a connection was lost. */
export function createRawConnection(hostname: string, port: number): RawConnection {
  let socket: Socket | null = null;
  let waiting: Waiting | null = null;
  let received = "";

  const lose = (reason: Error): void => {
    socket?.destroy();
    socket = null;
    received = "";
    const lost = waiting?.lost;
    waiting = null;
    lost?.(reason);
  };

  const take = (chunk: string): void => {
    received += chunk;
    const answer = completeAnswer(received);
    if (answer === null) return;
    received = "";
    const answered = waiting?.answered;
    waiting = null;
    if (answer.closes) {
      socket?.destroy();
      socket = null;
    }
    answered?.(answer.status);
  };

  const open = (): Socket => {
    const opened = connect({ host: hostname, port, noDelay: true }).setEncoding("latin1");
    opened.on("data", take);
    opened.on("error", (failure) => opened === socket && lose(failure));
    opened.on("close", () => opened === socket && lose(new Error("the connection was closed")));
    return opened;
  };

  return {
    post: (head, body) =>
      new Promise((answered, lost) => {
        waiting = { answered, lost };
        socket ??= open();
        socket.write(requestText({ hostname, port, head, body }));
      }),
    isOpen: () => socket !== null,
    end() {
      socket?.destroy();
      socket = null;
    },
  };
}

interface WholeRequest {
  readonly hostname: string;
  readonly port: number;
  readonly head: RequestHead;
  readonly body: string;
}

function requestText({ hostname, port, head, body }: WholeRequest): string {
  const lines = Object.entries(head.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = Buffer.byteLength(body);
  return `POST ${head.path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${lines.join("")}content-length: ${length}${HEAD_END}${body}`;
}

/** Null while a part is missing. */
function completeAnswer(text: string): { readonly status: number; readonly closes: boolean } | null {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd).toLowerCase();
  const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? "0");
  if (text.length < headEnd + HEAD_END.length + length) return null;
  return { status: Number(head.slice(9, 12)), closes: head.includes("\r\nconnection: close") };
}
