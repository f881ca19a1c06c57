/** The sender: a process of its own, so that the emulated portal's work does not count as the answer's time. */
import { type StormOptions, storm } from "../../event-storm.ts";

export type Order = Omit<StormOptions, "form"> & { readonly forms: readonly Record<string, string>[] };

process.on("message", async ({ forms, ...options }: Order) => {
  process.send?.(await storm({ ...options, form: (n) => forms[n]! }));
});
