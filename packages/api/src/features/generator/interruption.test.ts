import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { after, before, beforeEach, describe, it } from "node:test";
import { builtProgram } from "../../../../../test/built-program.ts";
import { type GeneratorRig, openGeneratorRig } from "../../../../../test/generator-rig.ts";
import { resumeGeneration, stopGeneration, undoGeneration } from "./control-run.ts";
import type { Owner } from "./deps.ts";
import { getRun } from "./get-status.ts";
import { startRun } from "./start-run.ts";

const workerSource = new URL("../../../../../test/generator-worker.ts", import.meta.url);
const ORDER = { leads: 0, deals: 0, locale: "ru" as const, seed: 7 };

describe("a generation that meets trouble", () => {
  let rig: GeneratorRig;
  let owner: Owner;
  /** Stands between us and the portal: lets a test spoil what is sent, or come in between. */
  let pass: typeof fetch = fetch;
  let people = 0;

  before(async () => {
    rig = await openGeneratorRig({ station: { fetch: (input, init) => pass(input, init) } });
    rig.portal.control.limits({ rate: { enabled: false } });
    rig.generator.work();
  });
  beforeEach(() => {
    pass = fetch;
    owner = { portalId: rig.portalId, person: `user:${people++}` };
  });
  after(() => rig.close());

  const start = (companies: number, contacts: number) =>
    startRun(rig.generator.deps, owner, { ...ORDER, companies, contacts });

  /** Records of a run by their ORIGIN_ID; one made twice fails here. */
  function assertMadeOnce(runId: string, companies: number, contacts: number): void {
    for (const [entity, count] of [
      ["company", companies],
      ["contact", contacts],
    ] as const) {
      const origins = rig.madeIn(entity, runId).map((record) => record["ORIGIN_ID"]);
      assert.equal(origins.length, count, entity);
      assert.equal(new Set(origins).size, count, `a ${entity} was made twice`);
    }
  }

  /** Lets the n-th write through and then calls `then`, before its answer is seen. */
  function onWrite(n: number, then: () => unknown): void {
    let writes = 0;
    pass = async (input, init) => {
      const answer = await fetch(input, init);
      if (/company\.add|batchImport/.test(String(init?.body ?? "") + String(input)) && ++writes === n)
        await then();
      return answer;
    };
  }

  it("makes nothing twice where an answer is lost", async () => {
    rig.portal.control.addFault({ match: "crm.item.batchImport", effect: "loseResponse", times: 2 });
    rig.portal.control.addFault({ match: "crm.company.add", effect: "loseResponse", times: 1 });
    const run = await rig.ended((await start(30, 50)).id);
    assert.deepEqual([run.state, run.linked], ["completed", 50]);
    assertMadeOnce(run.id, 30, 50);
    const { log } = await getRun(rig.generator.deps, owner, run.id);
    assert.deepEqual(
      log.filter(({ code }) => code === "records_adopted").map(({ details }) => details),
      [
        { entity: "company", count: 20 },
        { entity: "contact", count: 20 },
        { entity: "contact", count: 20 },
      ],
    );
  });

  it("tells of every record that the portal refuses, with its field, and makes the others", async () => {
    let sent = 0;
    // Every tenth record loses what the portal cannot do without.
    pass = (input, init) => {
      const body = String(init?.body ?? "");
      if (!String(input).includes("batchImport")) return fetch(input, init);
      const { data, ...rest } = JSON.parse(body);
      const spoiled = data.map((fields: Record<string, unknown>) =>
        ++sent % 10 === 0 ? { ...fields, begindate: "вчера" } : fields,
      );
      return fetch(input, { ...init, body: JSON.stringify({ ...rest, data: spoiled }) });
    };
    const { id } = await startRun(rig.generator.deps, owner, {
      ...ORDER,
      companies: 0,
      contacts: 0,
      deals: 50,
    });
    const run = await rig.ended(id);
    assert.equal(run.state, "completed");
    assert.deepEqual(run.counts.deal, { planned: 50, created: 45, failed: 5 });
    const { failures } = await getRun(rig.generator.deps, owner, id);
    assert.deepEqual(
      failures.map(({ no, code, field }) => [no, code, field]),
      [10, 20, 30, 40, 50].map((no) => [no, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "begindate"]),
    );
  });

  it("stops within a batch when it is asked to, and goes on later", async () => {
    const { id } = await start(40, 40);
    onWrite(2, () => stopGeneration(rig.generator.deps, owner, id));
    const stopped = await rig.ended(id);
    assert.deepEqual(
      [stopped.state, stopped.reason, stopped.counts.company],
      ["stopped", "request", { planned: 40, created: 40, failed: 0 }],
    );
    assertMadeOnce(id, 40, 0);
    pass = fetch;
    await resumeGeneration(rig.generator.deps, owner, id);
    assert.equal((await rig.until(id, ({ state }) => state === "completed")).linked, 40);
    assertMadeOnce(id, 40, 40);
  });

  it("fails with the portal's reason, and goes on from there", async () => {
    rig.portal.control.addFault({
      match: "crm.item.batchImport",
      effect: "resultError",
      error: "ACCESS_DENIED",
      description: "Доступ запрещён",
      times: 1,
    });
    const { id } = await start(5, 30);
    const failed = await rig.ended(id);
    assert.deepEqual(
      [failed.state, failed.reason, failed.error?.code],
      ["failed", "error", "portal_access_denied"],
    );
    await resumeGeneration(rig.generator.deps, owner, id);
    assert.equal((await rig.until(id, ({ state }) => state === "completed")).counts.contact?.created, 30);
    assertMadeOnce(id, 5, 30);
  });

  it("is continued by another process after kill -9, and so is its undo", async () => {
    await rig.generator.stop();
    const worker = fork(await builtProgram(workerSource), [rig.url], { execArgv: [] });
    await once(worker, "message");
    // Each write takes its time, so that there is something to interrupt.
    rig.portal.control.addFault({ match: "crm.*", effect: "delay", delayMs: 60, times: 1_000 });
    const { id } = await start(60, 80);
    const seen = await rig.until(id, ({ counts }) => (counts.contact?.created ?? 0) >= 20);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    assert.equal(seen.state, "running");
    rig.portal.control.clearFaults();
    rig.generator.work();
    const run = await rig.ended(id);
    assert.deepEqual([run.state, run.resumed, run.linked], ["completed", 1, 80]);
    assertMadeOnce(id, 60, 80);

    let deletes = 0;
    pass = async (input, init) => {
      const answer = await fetch(input, init);
      if (String(init?.body).includes("crm.item.delete") && ++deletes === 2) throw new TypeError("cut off");
      return answer;
    };
    await undoGeneration(rig.generator.deps, owner, id, false);
    assert.deepEqual((await rig.until(id, ({ state }) => state === "undone")).undone, {
      deleted: 140,
      kept: 0,
      missing: 0,
    });
    assertMadeOnce(id, 0, 0);
  });
});

it("a stop ends the wait for a limit, and what has waited is never sent", async () => {
  const rig = await openGeneratorRig();
  try {
    rig.portal.control.addFault({ match: "crm.item.batchImport", effect: "429", times: 1 });
    rig.generator.work();
    const owner = { portalId: rig.portalId, person: "user:ann" };
    const { id } = await startRun(rig.generator.deps, owner, { ...ORDER, companies: 0, contacts: 60 });
    await rig.until(id, ({ waitingUntil }) => waitingUntil !== null);
    await stopGeneration(rig.generator.deps, owner, id);
    const stopped = await rig.ended(id);
    assert.deepEqual([stopped.state, stopped.counts.contact?.created], ["stopped", 0]);
    assert.equal(rig.madeIn("contact", id).length, 0);
  } finally {
    await rig.close();
  }
});
