import { createTestDatabase } from "../../database.ts";
import { type Measured, median } from "../goal.ts";
import { judge, type Medians, type Table } from "./goals.ts";
import { VARIANTS, type VariantName } from "./protocol.ts";
import { type Run, Stage } from "./stage.ts";
import { makeTable } from "./table.ts";

const ROWS = Number(process.env.BENCH_ROWS ?? 200_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SMALL_ROWS = Math.min(10_000, ROWS);
const names = Object.keys(VARIANTS) as VariantName[];

/** The Arrow path against its rivals: variants take turns, round after round. */
export async function measureArrow(): Promise<Measured> {
  const database = await createTestDatabase();
  const stages: Stage[] = [];
  try {
    console.log(`Making ${ROWS.toLocaleString("en")} deals…`);
    await makeTable(database.db.pool, ROWS);
    for (const name of names) stages.push(await Stage.open(name, database.url));
    const smallRuns = await takeTurns(stages, SMALL_ROWS, ROUNDS * 3, 60);
    const largeRuns = await takeTurns(stages, ROWS, ROUNDS, 3);
    // Memory comes last: the collection that it needs also drops compiled code.
    const small = await summarise(stages, SMALL_ROWS, smallRuns);
    const large = await summarise(stages, ROWS, largeRuns);
    const slowReaderMb = await measureSlowReader(stages);
    show(SMALL_ROWS, small);
    show(ROWS, large);
    const goals = judge({ rows: ROWS, large, small, slowReaderMb });
    return { goals, details: { rows: ROWS, rounds: ROUNDS, large, small } };
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
    await database.drop();
  }
}

/** Rounds in which each variant runs once; the first ones only warm up. */
async function takeTurns(
  stages: readonly Stage[],
  rows: number,
  rounds: number,
  warmUps: number,
): Promise<Run[]> {
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

async function summarise(stages: readonly Stage[], rows: number, runs: Run[]): Promise<Table> {
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

async function measureSlowReader(stages: readonly Stage[]): Promise<number> {
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

function show(rows: number, table: Table): void {
  console.log(`\n${rows.toLocaleString("en")} rows, medians`);
  console.table(
    Object.fromEntries(names.map((name) => [`${name}  ${VARIANTS[name]}`, shown(table[name], table.h3)])),
  );
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
