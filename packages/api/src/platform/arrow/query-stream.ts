import type { Schema } from "apache-arrow";
import pg, { type PoolClient } from "pg";
import { AppError } from "../http/app-error.ts";
import { arrowEncoding } from "./arrow-encoder.ts";
import { cancelRequest } from "./cancel-request.ts";
import { databaseUnavailable, queryError } from "./query-error.ts";
import { ResultEncoder } from "./result-encoder.ts";
import { type RowReceiver, SocketQuery } from "./socket-query.ts";
import type { ArrowResult, StreamRequest, StreamSummary } from "./stream-query.ts";
import { toTextParameter } from "./text-parameter.ts";
import type { WireError, WireField } from "./wire.ts";

/** Unread bytes at which the database is told to wait. One batch may come on top. */
const ENOUGH_BYTES = 1 << 20;
const STALL_TIMEOUT_MS = 60_000;
/** How long a cancelled connection may take to become quiet before it is thrown away. */
const QUIET_TIMEOUT_MS = 5_000;
const CANCELLED = "57014";

/**
 * One result on its way: rows come from a SocketQuery, leave through a ReadableStream, and whatever ends it (the last
 * row, the reader, the signal, the server, a stalled reader) ends it once, with the connection back in its pool or
 * thrown away.
 */
export class QueryStream implements RowReceiver {
  private readonly client: PoolClient;
  private readonly request: StreamRequest;
  private readonly query: SocketQuery;
  private readonly body: ReadableStream<Uint8Array>;
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  private encoder: ResultEncoder | null = null;
  private outcome: "running" | StreamSummary["outcome"] = "running";
  private truncated = false;
  private error: AppError | null = null;
  private bytes = 0;
  /** Until the first bytes there is only a promise to reject; afterwards there is a body to break. */
  private started = false;
  private resolve!: (result: ArrowResult) => void;
  private reject!: (error: unknown) => void;
  private finish!: (summary: StreamSummary) => void;
  private readonly finished = new Promise<StreamSummary>((resolve) => {
    this.finish = resolve;
  });
  private cancelling: Promise<void> | null = null;
  private stallTimer: NodeJS.Timeout | undefined;
  private quietTimer: NodeJS.Timeout | undefined;

  constructor(client: PoolClient, request: StreamRequest) {
    this.client = client;
    this.request = request;
    const { text, values = [], limits } = request;
    const begin = openingOf(limits);
    this.query = new SocketQuery(
      {
        begin,
        text,
        values: values.map(toTextParameter),
        ...(limits.maxRows ? { maxRows: limits.maxRows } : {}),
      },
      this,
    );
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller;
        },
        pull: () => this.onPull(),
        cancel: () => this.stop("cancelled"),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: ENOUGH_BYTES }),
    );
  }

  /** Starts the query. */
  result(): Promise<ArrowResult> {
    this.client.on("error", ignore);
    this.request.signal?.addEventListener("abort", this.onAbort, { once: true });
    return new Promise<ArrowResult>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.client.query(this.query);
    });
  }

  onColumns(fields: WireField[]): readonly boolean[] {
    const { columns, metadata, encoding = arrowEncoding() } = this.request;
    const emit = (bytes: Uint8Array, schema: Schema) => this.emit(bytes, schema);
    this.encoder = new ResultEncoder(fields, { columns, metadata, encoding }, emit);
    return this.encoder.binary;
  }

  onRows(chunk: Buffer, view: DataView, from: number, end: number): number {
    return this.encoder!.takeRows(chunk, view, from, end);
  }

  onEnd(truncated: boolean): void {
    this.truncated = truncated;
    this.encoder!.end();
    this.outcome = "completed";
    clearTimeout(this.stallTimer);
    this.controller.close();
  }

  onError(error: WireError): void {
    this.fail(queryError(error));
  }

  onReleased(reusable: boolean, error: Error | null): void {
    if (error) this.fail(error instanceof AppError ? error : databaseUnavailable(error));
    void this.release(reusable);
  }

  private emit(bytes: Uint8Array, schema: Schema): void {
    this.bytes += bytes.length;
    if (bytes.length > 0) this.controller.enqueue(bytes);
    if (!this.started) {
      this.started = true;
      this.resolve({ schema, body: this.body, finished: this.finished });
    }
    if (this.controller.desiredSize! <= 0) this.wait();
  }

  /** The reader has enough: the socket rests until it asks for more, or until it is given up. */
  private wait(): void {
    this.query.pause();
    clearTimeout(this.stallTimer);
    this.stallTimer = setTimeout(() => {
      this.fail(new AppError("query_timeout", "The reader took nothing for too long."));
      this.stop("failed");
    }, this.request.limits.stallTimeoutMs ?? STALL_TIMEOUT_MS);
  }

  private onPull(): void {
    clearTimeout(this.stallTimer);
    this.query.resume();
  }

  private readonly onAbort = (): void => {
    if (this.outcome !== "running") return;
    this.breakOff(this.request.signal!.reason);
    this.stop("cancelled");
  };

  /** Ends the server's work. What it still sends is skipped; the connection goes back when it is quiet. */
  private stop(outcome: "cancelled" | "failed"): void {
    if (this.outcome === "running") this.outcome = outcome;
    clearTimeout(this.stallTimer);
    if (this.cancelling || this.query.isOver) return;
    this.query.discard();
    this.cancelling = cancelRequest(this.client);
    this.quietTimer = setTimeout(() => {
      this.query.handleError(new Error("The cancelled query did not stop."));
    }, QUIET_TIMEOUT_MS);
  }

  private fail(error: AppError): void {
    if (this.outcome !== "running") return;
    this.outcome = "failed";
    this.error = error;
    clearTimeout(this.stallTimer);
    // Servers print what breaks a body: our log has the cause already, from the summary.
    this.breakOff(this.started ? new AppError(error.code, error.detail) : error);
  }

  /** Tells the consumer that there will be no whole result. */
  private breakOff(reason: unknown): void {
    if (this.started) this.controller.error(reason);
    else this.reject(reason);
  }

  private async release(reusable: boolean): Promise<void> {
    clearTimeout(this.quietTimer);
    this.request.signal?.removeEventListener("abort", this.onAbort);
    let healthy = reusable;
    if (this.cancelling) {
      await this.cancelling;
      healthy &&= await this.isQuiet();
    }
    // A connection that goes away may still report its end: the listener stays with it.
    if (healthy) this.client.removeListener("error", ignore);
    this.client.release(!healthy);
    const { outcome, bytes, truncated, error, encoder } = this;
    const { rows = 0, batches = 0 } = encoder ?? {};
    const ended = outcome === "running" ? "failed" : outcome;
    this.finish({ outcome: ended, rows, truncated, batches, bytes, error });
  }

  /** A cancel signal that comes late must hit this query and not the next user's. */
  private async isQuiet(): Promise<boolean> {
    try {
      await this.client.query("SELECT 1");
      return true;
    } catch (error) {
      return (error as { code?: string }).code === CANCELLED;
    }
  }
}

/** Statements that open the transaction. Names of settings are the program's own, values may be anybody's. */
export function openingOf({ statementTimeoutMs, settings = {} }: StreamRequest["limits"]): string {
  const milliseconds = Math.max(1, Math.ceil(statementTimeoutMs));
  const all = {
    statement_timeout: milliseconds,
    idle_in_transaction_session_timeout: milliseconds,
    ...settings,
  };
  const lines = Object.entries(all).map(
    ([name, value]) => `SET LOCAL ${name} = ${pg.escapeLiteral(String(value))}`,
  );
  return ["BEGIN READ ONLY", ...lines].join("; ");
}

function ignore(): void {}
