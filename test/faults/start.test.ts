import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { EntityStatus, SyncRun, SyncStatus } from "../../packages/client/src/contract/index.ts";
import { CRM_ENTITIES, type CrmEntity } from "../mirror-equals.ts";
import { until } from "../until.ts";
import {
  findPortPair,
  isFree,
  type Launch,
  makeDataDir,
  npmStart,
  postmasterOf,
  sweep,
} from "./npm-start.ts";

type Row = Record<string, unknown>;

/** What a record and a row of the query have to agree in. */
const QUERIES: Record<CrmEntity, { query: string; record(r: Row): unknown[]; row(r: Row): unknown[] }> = {
  deal: {
    query: "deals",
    record: (r) => [r.TITLE, amount(r.OPPORTUNITY), r.STAGE_ID, link(r.COMPANY_ID), time(r.DATE_CREATE)],
    row: (r) => [r.title, amount(r.amount), r.stage_id, r.company_id, time(r.created)],
  },
  contact: {
    query: "contacts",
    record: (r) => [link(r.COMPANY_ID), first(r.PHONE), first(r.EMAIL), time(r.DATE_MODIFY)],
    row: (r) => [r.company_id, r.phone, r.email, time(r.modified)],
  },
  lead: {
    query: "leads",
    record: (r) => [r.TITLE, amount(r.OPPORTUNITY), r.STATUS_ID, time(r.DATE_CREATE)],
    row: (r) => [r.title, amount(r.amount), r.stage_id, time(r.created)],
  },
  company: {
    query: "companies",
    record: (r) => [r.TITLE, amount(r.REVENUE), first(r.PHONE), time(r.DATE_MODIFY)],
    row: (r) => [r.title, amount(r.revenue), r.phone, time(r.modified)],
  },
};
const posix = { skip: process.platform === "win32" ? "signals" : false };

const amount = (value: unknown) =>
  value === null || value === "" || value === undefined ? null : Number(value);
const link = (value: unknown) => (Number(value) === 0 ? null : Number(value));
const time = (value: unknown) => Date.parse(String(value));
const first = (values: unknown) => (values as { VALUE: string }[] | undefined)?.[0]?.VALUE ?? null;

/** Long enough to be caught in the middle, and short enough to wait for. */
const SLOW = { pageSeconds: 0.03, real: true };
const FAST = { pageSeconds: 0.02, real: false };

let dataDir: string;
let portalPort: number;
let running: Launch;
let api: Api;

before(async () => {
  dataDir = makeDataDir();
  portalPort = await findPortPair();
});
after(sweep);

/** Starts the demo on the installation that all tests here share, and signs in. */
async function start(): Promise<void> {
  running = npmStart({ DATA_DIR: dataDir, PORT: "0", PORTAL_PORT: String(portalPort) });
  api = await signIn(await running.ready);
}

interface Api {
  readonly url: string;
  request(path: string, init?: RequestInit): Promise<Response>;
}

async function signIn(url: string): Promise<Api> {
  const session = await fetch(`${url}/demo/session`, { method: "POST", headers: { Origin: url } });
  const { token } = (await session.json()) as { token: string };
  const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
  return { url, request: (path, init) => fetch(`${url}/api/v1${path}`, { ...init, headers }) };
}

async function statusOf(entity: CrmEntity): Promise<EntityStatus> {
  const answer = await api.request("/sync/status");
  const { entities } = (await answer.json()) as SyncStatus;
  return entities.find((status) => status.entity === entity)!;
}

async function startSync(entity: CrmEntity): Promise<SyncRun> {
  const answer = await api.request(`/sync/start/${entity}`, { method: "POST" });
  assert.equal(answer.status, 202, await answer.clone().text());
  return (await answer.json()) as SyncRun;
}

/** Resolves with the run while it has read some rows and not yet all. */
async function inTheMiddle(entity: CrmEntity): Promise<SyncRun> {
  let run: SyncRun | null = null;
  await until(async () => {
    run = (await statusOf(entity)).run;
    return (run?.rowsRead ?? 0) > 0;
  }, `rows of ${entity}`);
  const { state, rowsRead, rowsExpected } = run!;
  assert.equal(state, "running");
  assert.ok(rowsRead < rowsExpected!, `${rowsRead} of ${rowsExpected} rows are not the middle`);
  return run!;
}

/** The run of that entity when it ended, which nobody has asked for again. */
async function finished(entity: CrmEntity, id: number): Promise<SyncRun> {
  let run: SyncRun | null = null;
  await until(async () => {
    const answer = await api.request("/sync/status");
    // While the database is away that is what callers are told; anything else would be a fault of ours.
    if (answer.status === 503) return false;
    assert.equal(answer.status, 200, await answer.clone().text());
    run = ((await answer.json()) as SyncStatus).entities.find((status) => status.entity === entity)!.run;
    return run !== null && run.finishedAt !== null;
  }, `the end of the sync of ${entity}`);
  const { state, error } = run!;
  assert.deepEqual({ state, error, id: run!.id }, { state: "completed", error: null, id });
  return run!;
}

async function emulator<T>(path: string, body?: object): Promise<T> {
  const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch(`http://127.0.0.1:${portalPort}/_emulator/${path}`, init);
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as T;
}

const emulatorsAreGone = async () => (await isFree(portalPort)) && (await isFree(portalPort + 1));

/** Compares what the portal holds with what the API answers. */
async function assertSameAsPortal(entity: CrmEntity): Promise<void> {
  const { query, record, row } = QUERIES[entity];
  const records = await emulator<Row[]>(`records?entity=${entity}&limit=100000`);
  const answer = await api.request(`/queries/${query}?limit=100000`);
  const rows = (await answer.json()) as Row[];
  const { count } = await emulator<{ count: number }>(`checksum?entity=${entity}`);
  assert.ok(count > 1_000);
  assert.equal((await statusOf(entity)).rows, count, `rows of ${entity}`);
  const portal = new Map(records.map((it) => [Number(it.ID), record(it)]));
  const mirror = new Map(rows.reverse().map((it) => [Number(it.id), row(it)]));
  assert.equal(rows.length, mirror.size, "no row twice");
  assert.deepEqual(mirror, portal, entity);
}

describe("npm start", () => {
  it("survives kill -9 in the middle of a sync: the next start ends it by itself, with every row", async () => {
    await start();
    await emulator("limits", { cost: SLOW });
    const begun = new Map<CrmEntity, number>();
    for (const entity of CRM_ENTITIES) begun.set(entity, (await startSync(entity)).id);
    const caught = await inTheMiddle("deal");
    running.process.kill("SIGKILL");
    assert.deepEqual(await running.ended, { code: null, signal: "SIGKILL" });
    await until(emulatorsAreGone, "the emulators to end with it");

    await start();
    for (const entity of CRM_ENTITIES) {
      const run = await finished(entity, begun.get(entity)!);
      if (entity === "deal") {
        assert.equal(run.resumed, 1, "the interruption is told");
        assert.ok(
          run.rowsRead >= caught.rowsRead && run.rowsRead === run.rowsExpected,
          "no row was counted twice",
        );
      }
      await assertSameAsPortal(entity);
    }
    const ids = [...begun.values()];
    const next = await startSync("company");
    assert.equal(next.id, Math.max(...ids) + 1, "no run was made in between");
    await finished("company", next.id);
  });

  it(
    "survives kill -9 of the database server: the API stays, the sync ends with every row",
    posix,
    async () => {
      await emulator("mutate", { seed: 2, operations: 300 });
      await emulator("limits", { cost: SLOW });
      const { id } = await startSync("deal");
      await inTheMiddle("deal");
      const killed = postmasterOf(dataDir)!;
      process.kill(killed, "SIGKILL");
      assert.equal((await fetch(`${api.url}/health`)).status, 200);
      await until(() => ![killed, undefined].includes(postmasterOf(dataDir)), "a new server");
      await emulator("limits", { cost: FAST });
      const run = await finished("deal", id);
      assert.ok(run.resumed >= 1, "the interruption is told");
      assert.equal(running.process.exitCode, null);
      await assertSameAsPortal("deal");
    },
  );

  it(
    "ends within an orchestrator's grace (30 s) of SIGTERM in the middle of a sync, and goes on at the next start",
    posix,
    async () => {
      await emulator("mutate", { seed: 3, operations: 300 });
      await emulator("limits", { cost: SLOW });
      const { id } = await startSync("deal");
      await inTheMiddle("deal");
      const told = Date.now();
      running.process.kill("SIGTERM");
      assert.deepEqual(await running.ended, { code: 0, signal: null }, running.output());
      assert.ok(Date.now() - told < 30_000, `it took ${Date.now() - told} ms`);
      await until(emulatorsAreGone, "the emulators to end with it");
      assert.equal(postmasterOf(dataDir), undefined, "the database is shut down");

      await start();
      const run = await finished("deal", id);
      assert.equal(run.resumed, 1);
      await assertSameAsPortal("deal");
    },
  );

  it("says which port is taken, and leaves the one that runs alone", async () => {
    const port = new URL(api.url).port;
    const other = makeDataDir();
    const samePorts = npmStart({ DATA_DIR: other, PORT: port, PORTAL_PORT: String(portalPort) });
    assert.deepEqual(await samePorts.ended, { code: 1, signal: null });
    const taken = `(A did not start\\. Is port ${portalPort}|B did not start\\. Is port ${portalPort + 1}) taken\\? Set`;
    assert.match(samePorts.output(), new RegExp(`^Portal emulator ${taken} PORTAL_PORT`, "m"));
    assert.doesNotMatch(samePorts.output(), /^ +at /m, "no stack trace around it");

    const free = await findPortPair();
    const samePort = npmStart({ DATA_DIR: other, PORT: port, PORTAL_PORT: String(free) });
    assert.deepEqual(await samePort.ended, { code: 1, signal: null });
    assert.match(
      samePort.output(),
      new RegExp(`^Port ${port} on \\S+ is in use by another program: set PORT`, "m"),
    );
    assert.doesNotMatch(samePort.output(), /^ +at /m);
    await until(async () => (await isFree(free)) && (await isFree(free + 1)), "its emulators to end");
    assert.equal(postmasterOf(other), undefined, "its database is shut down");

    assert.equal((await statusOf("deal")).run?.state, "completed");
    running.process.kill("SIGTERM");
    await running.ended;
  });
});
