import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import type {
  GeneratorChange,
  GeneratorPreview,
  GeneratorRun,
  GeneratorStatus,
} from "@b24kit/client/contract";
import { WebSocket } from "ws";
import { ADMIN_KEY, admin, openStand, type Stand } from "../../../../../test/portal-stand.ts";

interface Json {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  json: any;
}

describe("the endpoints of the generator", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand({ work: true, env: { NUM_CONTACTS: "7", NUM_COMPANIES: "4" } });
    await stand.product.portals.register(stand.portal.webhookUrl);
  });
  after(() => stand.close());

  async function ask(method: string, path: string, body?: unknown, headers: object = admin): Promise<Json> {
    const answer = await stand.call(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: await answer.json() };
  }

  /** A tab: its frames, and how it goes. */
  async function openTab(session: string) {
    const socket = new WebSocket(`${stand.url.replace("http", "ws")}/ws`);
    const frames: { type: string; data: GeneratorStatus & GeneratorChange }[] = [];
    const hear = new Set<() => void>();
    socket.on("message", (text) => {
      frames.push(JSON.parse(String(text)));
      for (const one of hear) one();
    });
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "auth", token: ADMIN_KEY }));
    socket.send(JSON.stringify({ type: "subscribe", topic: "generator", session }));
    const until = (holds: (run: GeneratorRun | null) => boolean) =>
      new Promise<GeneratorRun>((resolve) => {
        const look = () => {
          const found = frames.find(({ type, data }) => /snapshot|change/.test(type) && holds(data.run));
          if (!found) return;
          hear.delete(look);
          resolve(found.data.run!);
        };
        hear.add(look);
        look();
      });
    await until(() => true);
    return { socket, frames, until };
  }

  const untilEnded = async (id: string): Promise<GeneratorRun> => {
    for (;;) {
      const { json } = await ask("GET", `/api/v1/generator/runs/${id}`);
      if (["completed", "stopped", "failed", "undone"].includes(json.run.state)) return json.run;
    }
  };

  it("answer at the seed's addresses, with the counts of the settings", async () => {
    const started = await ask("POST", "/create-test-data");
    assert.equal(started.status, 202, JSON.stringify(started.json));
    assert.deepEqual(started.json.plan.counts, { company: 4, contact: 7, lead: 0, deal: 0 });
    const again = await ask("POST", "/create-test-data", {});
    assert.deepEqual(
      [again.status, again.json.code].filter((one) => one !== 202),
      [409, "generation_active"],
    );
    const run = await untilEnded(started.json.id);
    assert.deepEqual([run.state, run.linked], ["completed", 7]);
    const status = await ask("GET", "/generation-status");
    assert.equal(status.json.run.id, run.id);
    assert.equal(status.json.log.at(-1).code, "generation_done");
    const session = await ask("GET", `/generation-status/${run.session}`);
    assert.deepEqual([session.status, session.json.run.id, session.json.is_generating], [200, run.id, false]);
    assert.equal((await ask("GET", "/generation-status/nobody-knows-it")).json.run, null);
    assert.deepEqual((await ask("GET", "/session-info")).json, { active_sessions: 0, sessions: [] });
  });

  it("show what was made as a table, with links to the records", async () => {
    const { json: status } = await ask("GET", "/api/v1/generator/status");
    const query = await ask("GET", `/api/v1/queries/generator-results?run=${status.run.id}`, undefined, {
      ...admin,
      Accept: "application/json",
    });
    assert.ok(query.json.length >= 7, "a row for each contact's company");
    const [row] = query.json;
    assert.match(row.legal, /ИНН/);
    assert.ok(row.company_id && row.contact_id && row.email.includes("@"));
    const csv = await stand.call(`/api/v1/queries/generator-results?run=${status.run.id}`, {
      headers: { ...admin, Accept: "text/csv" },
    });
    assert.match(await csv.text(), /^company,contact,.*\r\n.*ООО|АО/);
  });

  it("refuse strangers, those who may only look, and what makes no sense", async () => {
    assert.equal((await ask("POST", "/create-test-data", {}, {})).status, 401);
    const { json } = await ask("POST", "/api/v1/keys", { name: "reader", rights: ["data:read"] });
    const reader = { "X-API-Key": json.secret };
    const refused = await ask("POST", "/create-test-data", {}, reader);
    assert.deepEqual([refused.status, refused.json.code], [403, "forbidden"]);
    assert.equal(
      (await ask("GET", "/generation-status", undefined, reader)).json.run,
      null,
      "another person's run is not shown",
    );
    for (const body of [
      { contacts: -1 },
      { contacts: 0, companies: 0 },
      { locale: "xx" },
      { session_id: "short" },
      { people: 3 },
    ])
      assert.equal(
        (await ask("POST", "/create-test-data", body)).json.code,
        "invalid_parameter",
        JSON.stringify(body),
      );
    const missing = await ask("POST", "/api/v1/generator/runs/00000000-0000-4000-8000-000000000000/stop");
    assert.deepEqual([missing.status, missing.json.code], [404, "not_found"]);
    const { json: status } = await ask("GET", "/api/v1/generator/status");
    const resumed = await ask("POST", `/api/v1/generator/runs/${status.run.id}/resume`);
    assert.deepEqual([resumed.status, resumed.json.code], [409, "generation_state"]);
  });

  it("show a plan without carrying it out", async () => {
    const { status, json } = await ask("POST", "/api/v1/generator/preview", {
      companies: 1_000,
      contacts: 1_000,
      seed: 1,
    });
    const preview: GeneratorPreview = json;
    assert.equal(status, 200);
    assert.deepEqual([preview.requests, preview.seconds], [103, 29]);
    assert.equal(preview.samples.length, 6);
  });

  it("stop a run whose tab closes its connection, and tell the other tab live", async () => {
    stand.portal.control.addFault({
      match: "crm.item.batchImport",
      effect: "delay",
      delayMs: 50,
      times: 1_000,
    });
    const [one, two] = [await openTab("tab-session-1"), await openTab("tab-session-2")];
    const { json: started } = await ask("POST", "/create-test-data", {
      companies: 1,
      contacts: 2_000,
      session_id: "tab-session-1",
    });
    assert.equal((await ask("GET", "/session-info")).json.active_sessions, 2);
    await two.until((run) => run?.id === started.id && (run?.counts.contact?.created ?? 0) >= 20);
    one.socket.close();
    await two.until((run) => run?.id === started.id && run!.state === "held");
    const batches = () => stand.portal.control.stats().methods["crm.item.batchImport"]?.calls ?? 0;
    await two.until((run) => run?.state === "held");
    const seen = batches();
    const back = await openTab("tab-session-1");
    await two.until((run) => run?.id === started.id && run!.counts.contact!.created > 20 * seen);
    assert.ok(batches() > seen, "the same tab has come back");
    await ask("POST", `/api/v1/generator/runs/${started.id}/stop`);
    const stopped = await untilEnded(started.id);
    assert.deepEqual([stopped.state, stopped.reason], ["stopped", "request"]);
    await ask("POST", `/api/v1/generator/runs/${started.id}/undo`);
    assert.equal((await untilEnded(started.id)).undone?.kept, 0);
    for (const { socket } of [back, two]) socket.close();
  });
});
