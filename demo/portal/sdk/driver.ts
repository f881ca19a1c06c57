import * as scenarios from "./scenarios.ts";

/**
 * The process in which the official SDK runs: it trusts the portal's certificate only where NODE_EXTRA_CA_CERTS named
 * it at the start.
 */
export type Scenarios = typeof scenarios;

export interface Order {
  number: number;
  scenario: keyof Scenarios;
  input: unknown;
}

export type Report = { number: number; result: unknown } | { number: number; failure: string };

const known: Scenarios = { ...scenarios };

process.on("message", async ({ number, scenario, input }: Order) => {
  const run = known[scenario] as (input: unknown) => Promise<unknown>;
  const report: Report = await run(input).then(
    (result) => ({ number, result }),
    (error: Error) => ({ number, failure: error.stack ?? String(error) }),
  );
  process.send?.(report);
});
process.once("disconnect", () => process.exit(0));
