import { type B24Client, createClient } from "@b24kit/client";
import { ERRORS, type ErrorCode } from "@b24kit/client/contract";
import { type Table, tableToIPC } from "@uwdata/flechette";

/** What the sample API does with a query: rows, an error code, "silent" (never answers) or "unreachable". */
export type SampleAnswer = Table | ErrorCode | "silent" | "unreachable";

function problem(code: ErrorCode): Response {
  const [status, title, remedy] = ERRORS[code];
  const detail = code === "insufficient_scope" ? "crm" : "sample";
  const body = { type: `/docs#${code}`, code, title, status, detail, remedy, requestId: "req-7f3a" };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** The real client over an API made of ready answers: the first call gets the first, and so on; the last repeats. */
export function sampleClient(...answers: SampleAnswer[]): B24Client {
  let calls = 0;
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms > 1000 ? ms : 0));
  return createClient({
    baseUrl: "https://api.example",
    getToken: () => "sample",
    // Repeats come at once; only real time-outs take their time.
    timing: { now: () => Date.now(), random: () => 0, sleep },
    // Live changes are not sampled: a socket that never opens.
    WebSocket: class extends EventTarget {
      readyState = 0;
      send() {}
      close() {}
    } as unknown as typeof WebSocket,
    fetch: async (input, init) => {
      if (!String(input instanceof Request ? input.url : input).includes("/queries/"))
        return problem("not_found");
      const answer = answers[Math.min(calls++, answers.length - 1)]!;
      if (answer === "unreachable") throw new TypeError("Failed to fetch");
      if (answer === "silent") {
        return new Promise((_, reject) =>
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
        );
      }
      if (typeof answer === "string") return problem(answer);
      return new Response(tableToIPC(answer, { format: "stream" }) as Uint8Array<ArrayBuffer>, {
        headers: { "content-type": "application/vnd.apache.arrow.stream" },
      });
    },
  });
}
