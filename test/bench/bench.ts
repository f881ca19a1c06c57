/**
 * Measures the Arrow path against its rivals, side by side in one run: variants take turns, round after round.
 * BENCH_ROWS (200,000), BENCH_ROUNDS (7), BENCH_STRICT=1 (a missed goal fails the run).
 */
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { createTestDatabase } from "../database.ts";
import { type Goal, judge, type Medians, type Table } from "./goals.ts";
import { VARIANTS, type VariantName } from "./protocol.ts";
import { type Run, Stage } from "./stage.ts";
import { makeTable } from "./table.ts";

const ROWS = Number(process.env.BENCH_ROWS ?? 200_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SMALL_ROWS = Math.min(10_000, ROWS);
const names = Object.keys(VARIANTS) as VariantName[];

const database = await createTestDatabase();
const stages: Stage[] = [];
try {
  console.log(`Making ${ROWS.toLocaleString("en")} deals…`);
  await makeTable(database.db.pool, ROWS);
  for (const name of names) stages.push(await Stage.open(name, database.url));
  const smallRuns = await takeTurns(SMALL_ROWS, ROUNDS * 3, 60);
  const largeRuns = await takeTurns(ROWS, ROUNDS, 3);
  // Memory comes last: the collection that it needs also drops compiled code.
  const small = await summarise(SMALL_ROWS, smallRuns);
  const large = await summarise(ROWS, largeRuns);
  const slowReaderMb = await measureSlowReader();
  await report(judge({ rows: ROWS, large, small, slowReaderMb }), large, small);
} finally {
  await Promise.all(stages.map((stage) => stage.close()));
  await database.drop();
}

/** Rounds in which each variant runs once; the first ones only warm up. */
async function takeTurns(rows: number, rounds: number, warmUps: number): Promise<Run[]> {
  const runs: Run[] = [];
  for (let round = -warmUps; round < rounds; round++) {
    if (process.stdout.isTTY) process.stdout.write(`\r${rows} rows, round ${round + 1} of ${rounds}   `);
    for (const stage of stages) {
      const run = await stage.run(rows, { inspect: round === rounds - 1 && stage.variant !== "f3" });
      if (round >= 0) runs.push(run);
    }
  }
  if (process.stdout.isTTY) process.stdout.write("\n");
  requireSameAnswers(runs, rows);
  return runs;
}

async function summarise(rows: number, runs: Run[]): Promise<Table> {
  const table: Partial<Table> = {};
  for (const stage of stages) {
    const own = runs.filter((run) => run.variant === stage.variant);
    table[stage.variant] = await medians(stage, rows, own);
  }
  return table as Table;
}

/** A variant that reads something else is no rival. */
function requireSameAnswers(runs: Run[], rows: number): void {
  const sums = new Set(runs.map((run) => run.cents).filter((cents) => !Number.isNaN(cents)));
  if (sums.size !== 1 || runs.some((run) => run.rows !== rows))
    throw new Error("The variants' answers differ.");
}

async function measureSlowReader(): Promise<number> {
  const stage = stages.find(({ variant }) => variant === "h3")!;
  const { server } = await stage.run(ROWS, { pauseMs: 6, memory: true });
  return server.peakRssMb - server.baseRssMb;
}

async function medians(stage: Stage, rows: number, runs: Run[]): Promise<Medians> {
  const of = (pick: (run: Run) => number) => median(runs.map(pick));
  const { server } = await stage.run(rows, { memory: true });
  const last = runs.at(-1)!;
  return {
    wallMs: of((run) => run.wallMs),
    minWallMs: Math.min(...runs.map((run) => run.wallMs)),
    firstMs: of((run) => run.firstMs),
    serverCpuMs: of((run) => run.server.cpuMs),
    clientCpuMs: of((run) => run.cpuMs),
    baseRssMb: server.baseRssMb,
    peakRssMb: server.peakRssMb,
    bytes: last.bytes,
    gzipBytes: last.gzipBytes,
    decodeMs: last.decodeMs,
  };
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

async function report(goals: Goal[], large: Table, small: Table): Promise<void> {
  const machine = {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cpus: cpus().length,
  };
  for (const [rows, table] of [
    [SMALL_ROWS, small],
    [ROWS, large],
  ] as const) {
    console.log(`\n${rows.toLocaleString("en")} rows, medians`);
    console.table(
      Object.fromEntries(names.map((name) => [`${name}  ${VARIANTS[name]}`, shown(table[name], table.h3)])),
    );
  }
  console.table(
    goals.map(({ id, what, target, value, verdict }) => ({ goal: id, what, target, value, verdict })),
  );
  const results = { rows: ROWS, rounds: ROUNDS, machine, goals, large, small };
  await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  const missed = goals.filter((goal) => goal.verdict === "miss").length;
  console.log(`${goals.filter((goal) => goal.verdict === "pass").length} passed, ${missed} missed`);
  if (missed > 0 && process.env.BENCH_STRICT === "1") process.exitCode = 1;
}

function shown(row: Medians, h3: Medians): Record<string, number> {
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    "wall ms": round(row.wallMs),
    "min ms": round(row.minWallMs),
    "first ms": round(row.firstMs),
    "server CPU": round(row.serverCpuMs),
    "client CPU": round(row.clientCpuMs),
    "peak RSS MB": round(row.peakRssMb),
    MB: round(row.bytes / 1e6),
    "wall / h3": round(row.wallMs / h3.wallMs),
  };
}
