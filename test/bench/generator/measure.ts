import { stopGeneration } from "../../../packages/api/src/features/generator/control-run.ts";
import { startRun } from "../../../packages/api/src/features/generator/start-run.ts";
import { STANDARD_PLAN } from "../../../packages/api/src/platform/bitrix/bucket.ts";
import { type GeneratorRig, openGeneratorRig } from "../../generator-rig.ts";
import { atMost, type Measured } from "../goal.ts";

const COUNT = Number(process.env.BENCH_GENERATOR ?? 1_000);

/** Companies and as many linked contacts, on a portal with its real limits, against the least time these allow. */
export async function measureGenerator(): Promise<Measured> {
  const rig = await openGeneratorRig();
  try {
    rig.generator.work();
    const { run, seconds, requests } = await makeAll(rig);
    const least = Math.max(0, requests - STANDARD_PLAN.capacity) / STANDARD_PLAN.drain;
    const stop = await makeAndStop(rig);
    const refused = rig.portal.control.stats().refusedByRate;
    return {
      goals: [
        atMost("GEN1", `${COUNT} + ${COUNT} records against the limits' least time`, seconds / least, 1.15),
        atMost("GEN2", "requests that the portal refused", refused, 0),
        atMost("GEN3", "records made beyond those under way at a stop", stop.beyond, 0),
      ],
      details: {
        records: 2 * COUNT,
        linked: run.linked,
        requests,
        seconds,
        least,
        underWayAtStop: stop.underWay,
      },
    };
  } finally {
    await rig.close();
  }
}

const order = (companies: number, contacts: number) => ({
  companies,
  contacts,
  leads: 0,
  deals: 0,
  locale: "ru" as const,
  seed: 1,
});

async function makeAll(rig: GeneratorRig) {
  const before = rig.portal.control.stats().requests;
  const begun = Date.now();
  const { id } = await startRun(
    rig.generator.deps,
    { portalId: rig.portalId, person: "bench" },
    order(COUNT, COUNT),
  );
  const run = await rig.ended(id);
  if (run.state !== "completed" || run.linked !== COUNT)
    throw new Error(`the run is ${run.state}: ${run.error?.detail}`);
  return {
    run,
    seconds: (Date.now() - begun) / 1_000,
    requests: rig.portal.control.stats().requests - before,
  };
}

async function makeAndStop(rig: GeneratorRig) {
  const owner = { portalId: rig.portalId, person: "bench-stop" };
  const { id } = await startRun(rig.generator.deps, owner, order(0, COUNT));
  await rig.until(id, ({ counts }) => (counts.contact?.created ?? 0) >= 40);
  const { counts, underWay } = await stopGeneration(rig.generator.deps, owner, id);
  await rig.ended(id);
  return { underWay, beyond: rig.madeIn("contact", id).length - counts.contact!.created - underWay };
}
