import * as z from "zod";

export const Fault = z.strictObject({
  effect: z.enum(["status", "drop", "delay"]).describe("answer this status; cut the line; be slow"),
  status: z.number().int().min(400).max(599).default(500),
  code: z.string().optional().describe("`code` in the error, e.g. insufficient_quota"),
  retryAfter: z.number().min(0).optional().describe("Seconds, as the Retry-After header"),
  delayMs: z.number().int().min(0).max(120_000).default(0),
  times: z.number().int().min(1).default(1),
  match: z.string().optional().describe("Only questions that contain this"),
});
export type Fault = z.output<typeof Fault>;

/** Faults wait in a row; each strikes as often as it says. */
export function createFaults() {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault: Fault) => void waiting.push({ fault, left: fault.times }),
    clear: () => {
      waiting = [];
    },
    list: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    strike(question: string): Fault | null {
      const found = waiting.find(({ fault: { match } }) => match === undefined || question.includes(match));
      if (!found) return null;
      found.left--;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
}
