/**
 * `npm run bench [-- part …]`: every part measures the product and its rivals side by side in this one run and is judged
 * by ratios. BENCH_STRICT=1: a missed goal fails the run. Parts have settings of their own; README.md lists them.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import type { Measured } from "./goal.ts";

const PARTS: Readonly<Record<string, () => Promise<Measured>>> = {
  arrow: async () => (await import("./arrow/measure.ts")).measureArrow(),
  charts: async () => (await import("./charts/measure.ts")).measureCharts(),
  generator: async () => (await import("./generator/measure.ts")).measureGenerator(),
  inbox: async () => (await import("./inbox/measure.ts")).measureInbox(),
  sync: async () => (await import("./sync/measure.ts")).measureSync(),
};

const RESULTS = new URL("results.json", import.meta.url);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0)
  throw new Error(`No part of the bench is called ${unknown}; there are ${Object.keys(PARTS).join(", ")}.`);

const measured: Record<string, Measured> = {};
for (const name of wanted.length > 0 ? wanted : Object.keys(PARTS)) {
  console.log(`\n${name}`);
  measured[name] = await PARTS[name]!();
}

const goals = Object.values(measured).flatMap((part) => part.goals);
console.table(
  goals.map(({ id, what, target, value, verdict }) => ({ goal: id, what, target, value, verdict })),
);
await keep(measured);
const missed = goals.filter(({ verdict }) => verdict === "miss").length;
console.log(`${goals.filter(({ verdict }) => verdict === "pass").length} passed, ${missed} missed`);
if (missed > 0 && process.env.BENCH_STRICT === "1") process.exitCode = 1;

/** A part that was not measured now keeps what it came to before. */
async function keep(parts: Record<string, Measured>): Promise<void> {
  const before = await readFile(RESULTS, "utf8").then(JSON.parse, () => ({}));
  const machine = {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cpus: cpus().length,
  };
  const now = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, { machine, goals: part.goals, ...part.details }]),
  );
  await writeFile(RESULTS, `${JSON.stringify({ ...before, ...now }, null, 2)}\n`);
}
