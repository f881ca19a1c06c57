import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type GeneratorRig, openGeneratorRig } from "../../../../../test/generator-rig.ts";
import type { Caller } from "../../platform/auth/caller.ts";
import { type Owner, ownerOf } from "./deps.ts";
import { createGenerator, type Generator } from "./generator.ts";
import { getRun, getSession, getSessions } from "./get-status.ts";
import { startRun } from "./start-run.ts";

const ORDER = { leads: 0, deals: 0, locale: "ru" as const, seed: 7 };
const callerOf = (subject: string): Caller => ({
  kind: "user",
  subject,
  rights: new Set(["data:read", "generator:run"]),
  portals: "all",
});

describe("tabs of a generation", () => {
  let rig: GeneratorRig;
  /** Another process: it holds the tabs, the rig's works. */
  let api: Generator;
  before(async () => {
    // Long enough to come back in, on busy cores too.
    rig = await openGeneratorRig({ settings: { graceMs: 2_000 } });
    rig.portal.control.limits({ rate: { enabled: false } });
    api = createGenerator({ ...rig, db: rig.generator.deps.db, settings: rig.generator.deps.settings });
    rig.generator.work();
    rig.portal.control.addFault({ match: "crm.*", effect: "delay", delayMs: 30, times: 10_000 });
  });
  after(async () => {
    await api.stop();
    await rig.close();
  });

  /** A tab of a person, seen by the API's process. */
  async function openTab(person: string, session: string): Promise<() => void> {
    const leave = api.topic.attend!(rig.portalId, callerOf(person), session);
    const owner = ownerOf(rig.portalId, callerOf(person));
    while (!(await getSessions(api.deps, owner)).sessions.some(({ session_id }) => session_id === session));
    return leave;
  }
  const start = (owner: Owner, session_id: string, contacts = 60) =>
    startRun(api.deps, owner, { ...ORDER, companies: 20, contacts, session_id });
  const codes = async (owner: Owner, id: string) =>
    (await getRun(api.deps, owner, id)).log.map(({ code, details }) => [code, details["reason"]]);

  it("belongs to one tab of a person, and another person has their own", async () => {
    const ann = ownerOf(rig.portalId, callerOf("ann"));
    const leave = await Promise.all(Array.from({ length: 10 }, (_, at) => openTab("ann", `ann-tab-${at}`)));
    const first = await start(ann, "ann-tab-0");
    const refused = await Promise.allSettled(
      Array.from({ length: 9 }, (_, at) => start(ann, `ann-tab-${at + 1}`)),
    );
    assert.ok(refused.every((one) => one.status === "rejected" && one.reason.code === "generation_active"));
    const other = await start(ownerOf(rig.portalId, callerOf("bob")), "bob-tab-1");
    assert.equal((await getSessions(api.deps, ann)).active_sessions, 10);
    assert.deepEqual((await getSession(api.deps, ann, "ann-tab-0")).is_generating, true);
    assert.deepEqual((await getSession(api.deps, ann, "ann-tab-5")).run, null);
    const runs = await Promise.all([first, other].map(({ id }) => rig.ended(id)));
    assert.deepEqual(
      runs.map(({ state }) => state),
      ["completed", "completed"],
    );
    for (const one of leave) one();
  });

  it("stops when its tab goes and does not come back: no batch starts after", async () => {
    const owner = ownerOf(rig.portalId, callerOf("carl"));
    const leave = await openTab("carl", "carl-tab-1");
    const { id } = await start(owner, "carl-tab-1", 200);
    await rig.until(id, ({ counts }) => (counts.contact?.created ?? 0) >= 20);
    leave();
    const held = await rig.until(id, ({ state }) => state === "held");
    const stopped = await rig.ended(id);
    assert.deepEqual([stopped.state, stopped.reason], ["stopped", "disconnected"]);
    const made = (run: typeof held) => run.counts.contact!.created;
    assert.ok(made(stopped) - made(held) <= 20, `${made(stopped)} after ${made(held)}`);
    assert.equal(rig.madeIn("contact", id).length, made(stopped), "what was on its way is known");
    assert.deepEqual((await codes(owner, id)).slice(-2), [
      ["tab_gone", undefined],
      ["generation_cancelled", "disconnected"],
    ]);
  });

  it("goes on when the same tab is back in time", async () => {
    const owner = ownerOf(rig.portalId, callerOf("dora"));
    const leave = await openTab("dora", "dora-tab-1");
    const { id } = await start(owner, "dora-tab-1");
    await rig.until(id, ({ counts }) => (counts.company?.created ?? 0) >= 20);
    leave();
    await rig.until(id, ({ state }) => state === "held");
    const again = await openTab("dora", "dora-tab-1");
    const run = await rig.ended(id);
    assert.deepEqual([run.state, run.counts.contact?.created], ["completed", 60]);
    assert.equal(rig.madeIn("contact", id).length, 60);
    again();
  });

  it("is not held by another tab, nor by another person who names the same session", async () => {
    const owner = ownerOf(rig.portalId, callerOf("emil"));
    const leave = await openTab("emil", "emil-tab-1");
    const others = [await openTab("emil", "emil-tab-2"), await openTab("fred", "emil-tab-1")];
    const { id } = await start(owner, "emil-tab-1", 200);
    await rig.until(id, ({ counts }) => (counts.company?.created ?? 0) >= 20);
    leave();
    assert.equal((await rig.ended(id)).reason, "disconnected");
    for (const one of others) one();
  });

  it("is missed also where the process that held it was killed", async () => {
    const owner = ownerOf(rig.portalId, callerOf("gina"));
    await openTab("gina", "gina-tab-1");
    const { id } = await start(owner, "gina-tab-1", 200);
    await rig.until(id, ({ counts }) => (counts.company?.created ?? 0) >= 20);
    await api.deps.db.pool.query(
      "UPDATE b24kit.generator_sessions SET seen_at = now() - interval '11 seconds', connection = gen_random_uuid() WHERE session = 'gina-tab-1'",
    );
    assert.equal((await rig.ended(id)).reason, "disconnected");
  });

  it("needs no tab where none has asked: a script's run runs to its end", async () => {
    const owner = ownerOf(rig.portalId, callerOf("script"));
    const { id } = await start(owner, "never-connected");
    assert.equal((await rig.ended(id)).state, "completed");
  });
});
