// Random schedules against random faults: `npm run test:sync-random -- --seeds 200`, or `--seed 17` for one of them.
import { parseArgs } from "node:util";
import { runSeed } from "./random/run-seed.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    seed: { type: "string" },
    from: { type: "string", default: "1" },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
let failed = 0;
for (let seed = first; seed < first + count; seed++) {
  const started = performance.now();
  try {
    const report = await runSeed(seed);
    console.log(
      `seed ${seed}: ${report.values} values equal, ${report.events} events, ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  } catch (error) {
    failed += 1;
    console.log(`seed ${seed} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
console.log(`${count - failed} of ${count} seeds passed`);
process.exitCode = failed === 0 ? 0 : 1;
