import type { Connection } from "pg";
import { AppError } from "../http/app-error.ts";
import { MessageWalker } from "./message-walker.ts";
import {
  describeStatement,
  execute,
  MESSAGE,
  readError,
  readRowDescription,
  simpleQuery,
  sync,
  type WireError,
  type WireField,
} from "./wire.ts";

/** What becomes of the rows. */
export interface RowReceiver {
  /** The columns are known; answers which of them are wanted in binary form. */
  onColumns(fields: WireField[]): readonly boolean[];
  onRows(chunk: Buffer, view: DataView, from: number, end: number): number;
  /** All rows have come; `truncated` where there were more than were wanted. */
  onEnd(truncated: boolean): void;
  /** The server refused; no more rows come. */
  onError(error: WireError): void;
  /** The connection is pg's again: `reusable`, or lost or in doubt. Called exactly once, last. */
  onReleased(reusable: boolean, error: Error | null): void;
}

export interface SocketQueryText {
  /** Opens the transaction: statements for one simple query. */
  readonly begin: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
  /** The server stops after so many rows; all of them where absent. */
  readonly maxRows?: number;
}

/** The opening query, the read and COMMIT answer with one ReadyForQuery each. */
const READY_COUNT = 3;
const IN_NO_TRANSACTION = 0x49;
const NO_COLUMNS = { severity: "ERROR", sqlState: "0A000", message: "The statement returns no columns." };

/**
 * A whole read-only transaction as one "query" in the eyes of pg: while it lasts, the socket's bytes come here and
 * not to pg's parser, which would make an object of every row. Two flights: open and describe; bind, run and commit.
 * COMMIT travels right behind the read, so that the transaction ends whatever becomes of the reader.
 */
export class SocketQuery {
  /** Set by pg where the pool has a query_timeout: stops its timer. */
  callback?: (error: Error | null) => void;
  private readonly query: SocketQueryText;
  private readonly receiver: RowReceiver;
  private readonly walker: MessageWalker;
  private connection: Connection | null = null;
  private pgListeners: ((chunk: Buffer) => void)[] = [];
  private ready = 0;
  private phase: "opening" | "reading" | "peeking" | "closing" = "opening";
  private discarding = false;
  private released = false;

  constructor(query: SocketQueryText, receiver: RowReceiver) {
    this.query = query;
    this.receiver = receiver;
    this.walker = new MessageWalker(
      (chunk, view, from, end) =>
        this.discarding || this.phase === "peeking"
          ? skipRows(chunk, view, from, end)
          : receiver.onRows(chunk, view, from, end),
      (type, message) => this.take(type, message),
    );
  }

  /** Whether the connection is pg's again. */
  get isOver(): boolean {
    return this.released;
  }

  /** Called by pg when the connection is free for us. */
  submit(connection: Connection): void {
    this.connection = connection;
    const { stream } = connection;
    this.pgListeners = stream.listeners("data") as ((chunk: Buffer) => void)[];
    stream.removeAllListeners("data");
    stream.on("data", this.onChunk);
    stream.write(Buffer.concat([simpleQuery(this.query.begin), describeStatement(this.query.text)]));
  }

  /** Stops the server's flow until `resume`: TCP's own back-pressure then reaches the backend. */
  pause(): void {
    if (!this.released) this.connection?.stream.pause();
  }

  resume(): void {
    if (!this.released) this.connection?.stream.resume();
  }

  /** Nobody wants the rows any more; what still comes is skipped. */
  discard(): void {
    this.discarding = true;
    this.resume();
  }

  /** Called by pg when the connection breaks. */
  handleError(error: Error): void {
    this.finish(false, error);
  }

  /** Called by pg for the last ReadyForQuery, which it needs to see. */
  handleReadyForQuery(): void {}

  private readonly onChunk = (chunk: Buffer): void => {
    let tail: Buffer | null;
    try {
      tail = this.walker.push(chunk);
    } catch (error) {
      // A fault of ours while the socket is ours: nobody can tell where in the protocol it stands.
      this.finish(false, new AppError("internal", "The result could not be read.", { cause: error }));
      return;
    }
    if (tail && tail.length > 0) this.toPg(tail);
  };

  private take(type: number, message: Buffer): boolean {
    switch (type) {
      case MESSAGE.readyForQuery:
        return this.onReady(message);
      case MESSAGE.rowDescription:
        this.onDescribed(readRowDescription(message.subarray(5)));
        break;
      case MESSAGE.noData:
        this.onRefused(NO_COLUMNS);
        break;
      case MESSAGE.commandComplete:
      case MESSAGE.portalSuspended:
        this.onExecuted(type === MESSAGE.portalSuspended);
        break;
      case MESSAGE.error:
        this.onRefused(readError(message.subarray(5)));
        break;
      case MESSAGE.notice:
      case MESSAGE.parameterStatus:
      case MESSAGE.notification:
        this.toPg(Buffer.from(message));
    }
    return true;
  }

  private onDescribed(fields: WireField[]): void {
    if (this.phase !== "opening") return;
    const binary = this.receiver.onColumns(fields);
    this.phase = "reading";
    const { values, maxRows = 0 } = this.query;
    this.connection!.stream.write(Buffer.concat([execute(values, binary, maxRows), simpleQuery("COMMIT")]));
  }

  private onExecuted(suspended: boolean): void {
    if (this.phase === "reading" && this.query.maxRows) {
      this.phase = "peeking";
    } else if (this.phase === "reading" || this.phase === "peeking") {
      this.phase = "closing";
      if (!this.discarding) this.receiver.onEnd(suspended);
    }
  }

  private onRefused(error: WireError): void {
    if (this.phase === "closing") return;
    if (this.phase === "opening")
      this.connection!.stream.write(Buffer.concat([sync, simpleQuery("ROLLBACK")]));
    this.phase = "closing";
    this.receiver.onError(error);
  }

  /** The last one is handed to pg, in a copy: it runs the next query of this connection. */
  private onReady(message: Buffer): boolean {
    if (++this.ready < READY_COUNT) return true;
    const last = Buffer.from(message);
    const reusable = last[5] === IN_NO_TRANSACTION;
    this.giveBack();
    this.toPg(last);
    this.finish(reusable, null);
    return false;
  }

  private giveBack(): void {
    const { stream } = this.connection!;
    stream.removeListener("data", this.onChunk);
    for (const listener of this.pgListeners) stream.on("data", listener);
    stream.resume();
  }

  private toPg(bytes: Buffer): void {
    for (const listener of this.pgListeners) listener(bytes);
  }

  private finish(reusable: boolean, error: Error | null): void {
    if (this.released) return;
    this.released = true;
    if (!reusable) this.connection?.stream.destroy();
    this.callback?.(error);
    this.receiver.onReleased(reusable, error);
  }
}

/** Steps over DataRow messages. */
function skipRows(chunk: Buffer, view: DataView, from: number, end: number): number {
  let position = from;
  while (position + 5 <= end && chunk[position] === MESSAGE.dataRow) {
    const next = position + 1 + view.getInt32(position + 1);
    if (next > end) break;
    position = next;
  }
  return position;
}
