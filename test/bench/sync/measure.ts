import type { Measured } from "../goal.ts";
import { measureMemory } from "./memory.ts";
import { measureSpeed } from "./speed.ts";
import { measureWriter } from "./writer.ts";

const DEALS = Number(process.env.BENCH_DEALS ?? 100_000);
const MEMORY_DEALS = Number(process.env.BENCH_MEMORY_DEALS ?? 200_000);
const WRITER_ROWS = Number(process.env.BENCH_WRITER_ROWS ?? 50_000);
/** Seconds of the portal's clock in one of ours. */
const SPEED = Number(process.env.BENCH_SPEED ?? 1);

/** Reading at the portal's limit, writing, and memory. */
export async function measureSync(): Promise<Measured> {
  const parts = {
    writer: await measureWriter(WRITER_ROWS),
    memory: await measureMemory(MEMORY_DEALS),
    speed: await measureSpeed(DEALS, SPEED),
  };
  return {
    goals: Object.values(parts).flatMap(({ goals }) => goals),
    details: Object.fromEntries(Object.entries(parts).map(([name, { details }]) => [name, details])),
  };
}
