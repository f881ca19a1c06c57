import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { after, before, beforeEach, describe, it } from "node:test";
import { builtProgram } from "../../../../../test/built-program.ts";
import { createFastClock } from "../../../../../test/fast-clock.ts";
import { type GeneratorRig, openGeneratorRig } from "../../../../../test/generator-rig.ts";
import { stopGeneration } from "./control-run.ts";
import type { Owner } from "./deps.ts";
import { getStatus } from "./get-status.ts";
import { startRun } from "./start-run.ts";

const workerSource = new URL("../../../../../test/generator-worker.ts", import.meta.url);

/** On a clock this fast every batch looks slow, so that several are sent at once. */
const SPEED = 100;

describe("a generation with several batches under way", () => {
  let rig: GeneratorRig;
  let owner: Owner;
  let pass: typeof fetch = fetch;
  let people = 0;

  before(async () => {
    rig = await openGeneratorRig({
      station: {
        fetch: (input, init) => pass(input, init),
        clock: createFastClock({ origin: Date.now(), speed: SPEED }),
        // Busy cores are no portal that is silent.
        timeoutMs: 60_000 * SPEED,
      },
      // Longer than the portal takes for what a killed process has sent.
      settings: { breathMs: 1_000 * SPEED },
    });
    rig.portal.control.limits({ rate: { enabled: false } });
    rig.generator.work();
  });
  beforeEach(() => {
    pass = fetch;
    owner = { portalId: rig.portalId, person: `user:${people++}` };
  });
  after(() => rig.close());

  const start = (contacts: number) =>
    startRun(rig.generator.deps, owner, {
      companies: 0,
      contacts,
      leads: 0,
      deals: 0,
      locale: "ru",
      seed: 7,
    });
  const isWrite = (input: unknown) => String(input).includes("batchImport");

  function assertMadeOnce(runId: string, contacts: number): void {
    const origins = rig.madeIn("contact", runId).map((record) => record["ORIGIN_ID"]);
    assert.deepEqual([origins.length, new Set(origins).size], [contacts, contacts]);
  }

  it("says at a stop what is under way, and begins nothing more", async () => {
    let sent = 0;
    let let3 = () => {};
    let release = () => {};
    const three = new Promise<void>((resolve) => (let3 = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    pass = async (input, init) => {
      if (isWrite(input) && ++sent > 1) {
        if (sent === 4) let3();
        await released;
      }
      return fetch(input, init);
    };
    const { id } = await start(400);
    await three;
    await stopGeneration(rig.generator.deps, owner, id);
    const { run } = await getStatus(rig.generator.deps, owner);
    const atStop = sent;
    assert.deepEqual([run?.state, run?.underWay], ["stopping", (atStop - 1) * 20]);
    release();
    const stopped = await rig.ended(id);
    assert.deepEqual([stopped.state, stopped.underWay, sent], ["stopped", 0, atStop]);
    assertMadeOnce(id, atStop * 20);
  });

  it("makes nothing twice where several answers are lost at once", async () => {
    rig.portal.control.addFault({ match: "crm.item.batchImport", effect: "loseResponse", times: 7 });
    const run = await rig.ended((await start(300)).id);
    assert.deepEqual([run.state, run.counts.contact?.created], ["completed", 300]);
    assertMadeOnce(run.id, 300);
  });

  it("is continued after kill -9 without a gap or a double", async () => {
    await rig.generator.stop();
    const worker = fork(await builtProgram(workerSource), [rig.url], { execArgv: [] });
    await once(worker, "message");
    rig.portal.control.addFault({
      match: "crm.item.batchImport",
      effect: "delay",
      delayMs: 700,
      times: 1_000,
    });
    const { id } = await start(300);
    await rig.until(id, ({ underWay }) => underWay >= 60);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    rig.portal.control.clearFaults();
    rig.generator.work();
    const run = await rig.ended(id);
    assert.deepEqual([run.state, run.counts.contact?.created], ["completed", 300]);
    assertMadeOnce(id, 300);
  });
});
