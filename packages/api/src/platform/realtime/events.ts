import { type ServerFrame, StreamSubscriptions } from "@b24kit/client/contract";
import type { Caller } from "../auth/caller.ts";
import { AppError } from "../http/app-error.ts";
import type { AppContext } from "../http/environment.ts";
import type { Logger } from "../log/logger.ts";
import { openChannel } from "./channel.ts";
import type { Connections } from "./connections.ts";
import type { Hub } from "./topics.ts";

export interface EventStreamOptions {
  readonly hub: Hub;
  readonly connections: Connections;
  readonly log: Logger;
  readonly now: () => number;
}

const COMMENT_MS = 15_000;
const QUEUE_BYTES = 1024 * 1024;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The frames of the WebSocket as server-sent events. What may not be subscribed to is refused before the stream begins. */
export async function streamEvents(
  c: AppContext,
  caller: Caller,
  text: string,
  options: EventStreamOptions,
): Promise<Response> {
  const { hub, connections, log, now } = options;
  const requests = parseSubscriptions(text);
  for (const { portal } of requests) await hub.resolvePortal(caller, portal);

  const encoder = new TextEncoder();
  let finish = () => {};
  let write = (_text: string) => {};
  let buffered = () => 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        write = (chunk) => controller.enqueue(encoder.encode(chunk));
        buffered = () => QUEUE_BYTES - (controller.desiredSize ?? QUEUE_BYTES);
        finish = () => controller.close();
      },
      cancel: () => end(),
    },
    { highWaterMark: QUEUE_BYTES, size: (chunk) => chunk.byteLength },
  );
  let ended = false;
  const send = (frame: ServerFrame) => {
    if (ended) return;
    const id = "seq" in frame ? `id: ${frame.seq}\n` : "";
    write(`${id}data: ${JSON.stringify(frame)}\n\n`);
  };
  const channel = openChannel({
    hub,
    log,
    requestId: c.var.requestId,
    outlet: { send, buffered: () => buffered() },
  });

  const leave = connections.enter(caller, () => end());
  const comments = setInterval(() => write(": still here\n\n"), COMMENT_MS);
  const expiry =
    caller.expiresAt === undefined
      ? undefined
      : setTimeout(expire, Math.min(Math.max(caller.expiresAt - now(), 0), MAX_TIMER_MS));
  const { signal } = c.req.raw;
  signal.addEventListener("abort", () => end(), { once: true });
  if (signal.aborted) end();

  function expire(): void {
    channel.fail(new AppError("token_expired"));
    end();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    clearInterval(comments);
    clearTimeout(expiry);
    channel.close();
    leave();
    try {
      finish();
    } catch {
      // The client left first.
    }
  }

  await channel.setCaller(caller);
  send({ type: "ready", rights: [...caller.rights] });
  for (const request of requests)
    await channel.subscribe(request).catch((error) => channel.fail(error, request));
  c.header("Content-Type", "text/event-stream; charset=utf-8");
  c.header("Cache-Control", "no-store, no-transform");
  c.header("X-Accel-Buffering", "no");
  return c.body(body);
}

function parseSubscriptions(text: string) {
  try {
    return StreamSubscriptions.parse(JSON.parse(text));
  } catch {
    throw new AppError("invalid_parameter", 'query subscriptions: a JSON array like [{"topic":"sync"}]');
  }
}
