import { createPortalClient, type PortalClientOptions } from "../client.ts";
import { createMemoryLimiter } from "../memory-limiter.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export const CODE = "s3cr3tc0d3abcdef";

export interface Sent {
  url: string;
  method: string;
  body: Record<string, unknown>;
  headers: Headers;
}

export type Step = Response | Error | ((sent: Sent, signal: AbortSignal) => Response | Promise<Response>);

/** A client whose portal gives the prepared answers, one a request. */
export function openScripted(steps: readonly Step[], options: Partial<PortalClientOptions> = {}) {
  const sent: Sent[] = [];
  const clock = createVirtualClock();
  const limiter = createMemoryLimiter({ clock });
  const logged: unknown[] = [];
  const note = (fields: object, message: string) => logged.push({ fields, message });
  const fetch = (async (input: unknown, init: RequestInit) => {
    const url = String(input);
    const body = JSON.parse(String(init.body)) as Record<string, unknown>;
    const request = {
      url,
      method: url.slice(url.lastIndexOf("/") + 1),
      body,
      headers: new Headers(init.headers),
    };
    sent.push(request);
    const step = steps[sent.length - 1];
    if (!step) throw new Error(`request ${sent.length} was not expected`);
    if (step instanceof Error) throw step;
    return typeof step === "function" ? step(request, init.signal as AbortSignal) : step;
  }) as typeof globalThis.fetch;
  const client = createPortalClient({
    portalId: 1,
    credential: { kind: "webhook", url: `https://acme.bitrix24.ru/rest/1/${CODE}/` },
    fetch,
    clock,
    limiter,
    random: () => 0.5,
    log: { debug: note, info: note, warn: note },
    ...options,
  });
  return { client, sent, clock, limiter, logged };
}

export const json = (body: unknown, status = 200) => Response.json(body, { status });
export const page = (status: number) =>
  new Response("<html><body>gateway</body></html>", { status, headers: { "content-type": "text/html" } });

/** As fetch fails: the system's code is in the cause. */
export const broken = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(`connect ${code}`), { code }) });
