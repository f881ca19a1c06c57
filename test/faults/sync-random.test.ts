import { describe, it } from "node:test";
import { type Load, runSeed } from "./random/run-seed.ts";

/** A third of what `npm run test:sync-random` does in a seed. */
const LOAD: Load = {
  operations: 400,
  faults: 10,
  counts: { deals: 350, contacts: 120, companies: 60, leads: 150 },
};

describe("after any schedule of changes and faults and one quiet cycle, portal and mirror are equal", () => {
  for (let seed = 1; seed <= 8; seed++) it(`seed ${seed}`, () => runSeed(seed, LOAD).then(() => {}));
});
