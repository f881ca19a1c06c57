import { Agent, request } from "node:http";

export interface StormOptions {
  /** Where the events go. */
  readonly url: string;
  readonly count: number;
  readonly perSecond: number;
  /** The form of the n-th event. */
  readonly form: (n: number) => Record<string, string>;
  /** Connections that the sender keeps; a portal's queue servers keep some. */
  readonly connections?: number;
}

/** What became of one event. */
export interface Sent {
  readonly n: number;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** From the moment at which it was due, so that a sender held up by slow answers does not flatter them. */
  readonly milliseconds: number;
}

/** Sends events at a steady rate, whether or not the earlier ones were answered, and never twice. */
export async function storm({
  url,
  count,
  perSecond,
  form,
  connections = 64,
}: StormOptions): Promise<Sent[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const bodies = Array.from({ length: count }, (_, n) => new URLSearchParams(form(n)).toString());
  const begun = performance.now();
  const dueAt = (n: number) => begun + (n * 1_000) / perSecond;
  const sent: Promise<Sent>[] = [];
  await new Promise<void>((resolve) => {
    const tick = setInterval(() => {
      while (sent.length < count && dueAt(sent.length) <= performance.now()) {
        const n = sent.length;
        sent.push(
          post(url, bodies[n]!, agent).then((status) => ({
            n,
            status,
            milliseconds: performance.now() - dueAt(n),
          })),
        );
      }
      if (sent.length < count) return;
      clearInterval(tick);
      resolve();
    }, 1);
  });
  const all = await Promise.all(sent);
  agent.destroy();
  return all;
}

function post(url: string, body: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", () => resolve(0));
    });
    outgoing.once("error", () => resolve(0));
    outgoing.end(body);
  });
}

/** The value that this share of the sorted ones does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
