import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import {
  type ChartAnswer,
  type ChartEmbed,
  type ChartSettings,
  type ChartSettingsChange,
  type Dashboard,
  type Plan,
  type SavedChart,
  type SavedChartVersion,
  SCHEMA_METADATA,
  type ShareLink,
} from "@b24kit/client/contract";
import { tableFromIPC } from "apache-arrow";
import { openBoardApp } from "../../../../../test/board-rig.ts";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import type { App } from "../../platform/http/environment.ts";

const plan: Plan = {
  ...{ entity: "deals", columns: [], filters: [], period: null, compare: null, running: false, order: null },
  ...{ limit: null, others: false, target: null },
  measures: [{ aggregate: "count", column: null, since: null, filters: [], over: null }],
  dimensions: [{ column: "responsible", grain: null }],
};
const lock = { from: null, to: null, funnel: [], responsible: ["1"], source: [] };

describe("kept charts, dashboards and their strangers", () => {
  let rig: ChartRig;
  let app: App;
  let now = Date.now();
  before(async () => {
    rig = await openChartRig({ counts: { deals: 200, contacts: 10, companies: 10, leads: 10 } });
    app = openBoardApp(
      rig,
      () => now,
      async () => assert.fail("no picture is asked for"),
    );
  });
  after(() => rig.close());

  async function call<T>(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
    more: Record<string, string> = {},
  ) {
    const response = await app.request(`/api/v1/charts/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : text;
    const { status, headers } = response;
    return { status, headers, body: json as T & { code?: string }, text };
  }
  const save = async (definition: object = { lane: "plan", plan }) => {
    const id = randomUUID();
    const { status, body } = await call<SavedChart>("POST", "saved", { id, name: "По людям", definition });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  };
  const board = async (...charts: string[]) => {
    const id = randomUUID();
    const tiles = charts.map((chart, i) => ({ chart, x: 0, y: i * 4, width: 12, height: 4 }));
    const filters = { from: null, to: null, funnel: [], responsible: [], source: [] };
    const layout = { name: "Обзор", tiles, filters, refreshSeconds: 0 };
    const { status, body } = await call<Dashboard>("PUT", `dashboards/${id}`, layout);
    assert.equal(status, 200, JSON.stringify(body));
    return { ...body, layout };
  };
  const total = async (answer: ChartAnswer, token?: string) => {
    assert.ok("result" in answer, JSON.stringify(answer));
    const { body } = await call<Record<string, unknown>[]>(
      "GET",
      `results/${answer.result}`,
      undefined,
      token,
      { Accept: "application/json" },
    );
    return body.reduce((sum, row) => sum + Number(row[answer.spec.y[0]!.field]), 0);
  };

  it("a kept chart is a query of its own", async () => {
    const { id, name } = await save();
    const query = (address: string, accept = "application/json") =>
      app.request(`/api/v1/queries/${address}`, { headers: { Accept: accept } });
    const languageOf = async (address: string) =>
      tableFromIPC(await (await query(address, "*/*")).arrayBuffer()).schema.metadata.get(
        SCHEMA_METADATA.language,
      );
    const { queries } = (await (await app.request("/api/v1/queries")).json()) as {
      queries: { name: string; title: object }[];
    };
    assert.deepEqual(queries.find((one) => one.name === `chart-${id}`)?.title, { ru: name, en: name });
    const rows = (await (await query(`chart-${id}`)).json()) as Record<string, unknown>[];
    assert.ok(rows.length > 1 && "responsible" in rows[0]!);
    const csv = await (await query(`chart-${id}?limit=2`, "text/csv")).text();
    assert.equal(csv.trim().split("\r\n").length, 3);
    const table = tableFromIPC(await (await query(`chart-${id}`, "*/*")).arrayBuffer());
    assert.equal(table.numRows, rows.length);
    assert.equal(table.schema.metadata.get(SCHEMA_METADATA.query), `chart-${id}`);
    assert.deepEqual(
      [table.schema.metadata.get(SCHEMA_METADATA.language), await languageOf(`chart-${id}?language=en`)],
      ["ru", "en"],
      "in the chart's own language, or the reader's",
    );
    for (const [address, status, code] of [
      ["chart-none", 404, "unknown_query"],
      [`chart-${randomUUID()}`, 404, "not_found"],
      [`chart-${id}?limit=100001`, 422, "limit_too_large"],
      [`chart-${id}?stage=1`, 400, "invalid_parameter"],
    ] as const) {
      const refused = await query(address);
      assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [status, code]);
    }
    assert.equal((await call("DELETE", `saved/${id}`)).status, 204);
    assert.equal((await query(`chart-${id}`)).status, 404);
  });

  it("a chart is kept, changed with a history, removed and brought back", async () => {
    const chart = await save();
    assert.equal(
      (await call("POST", "saved", { id: chart.id, name: "Another", definition: { lane: "plan", plan } }))
        .status,
      201,
    );
    const renamed = await call<SavedChart>("PATCH", `saved/${chart.id}`, { name: "Люди", version: 1 });
    assert.deepEqual([renamed.body.name, renamed.body.version], ["Люди", 2], "the repeat changed nothing");
    assert.equal(
      (await call("PATCH", `saved/${chart.id}`, { name: "X", version: 1 })).body.code,
      "version_conflict",
    );
    await call("PATCH", `saved/${chart.id}`, {
      definition: { lane: "sql", sql: "SELECT count(*) AS n FROM deals" },
    });
    const refused = await call("PATCH", `saved/${chart.id}`, {
      definition: { lane: "sql", sql: "SELECT * FROM pg_shadow" },
    });
    assert.equal(refused.body.code, "sql_refused");
    const { body } = await call<{ versions: SavedChartVersion[] }>("GET", `saved/${chart.id}/history`);
    assert.deepEqual(
      body.versions.map(({ change }) => change),
      ["edited", "renamed", "created"],
    );
    const run = await call<ChartAnswer>("POST", `saved/${chart.id}/run`, {});
    assert.equal(await total(run.body), 200);
    assert.equal((await call("DELETE", `saved/${chart.id}`)).status, 204);
    assert.equal((await call("GET", `saved/${chart.id}`)).status, 404);
    assert.equal(
      (await call("POST", "saved", { id: chart.id, name: "Back", definition: { lane: "plan", plan } }))
        .status,
      201,
    );
    assert.equal((await call("GET", `saved/${chart.id}`)).status, 200);
  });

  it("a dashboard is not overwritten by whoever saw an older one", async () => {
    const made = await board((await save()).id);
    assert.equal(
      (await call<Dashboard>("PUT", `dashboards/${made.id}`, { ...made.layout, version: 1 })).body.version,
      2,
    );
    assert.equal(
      (await call("PUT", `dashboards/${made.id}`, { ...made.layout, version: 1 })).body.code,
      "version_conflict",
    );
  });

  it("a link opens its dashboard and nothing else, within its lock", async () => {
    const [chart, other] = [await save(), await save()];
    const made = await board(chart.id);
    const link = await call<ShareLink>("POST", `dashboards/${made.id}/links`, { filters: lock });
    const text = link.body.url!.split("#")[1]!;
    const opened = await call<{ token: string }>("POST", "shared", { link: text });
    const { token } = opened.body;
    assert.equal((await call("GET", `dashboards/${made.id}`, undefined, token)).status, 200);
    const run = await call<ChartAnswer>("POST", `saved/${chart.id}/run`, {}, token);
    const { rows } = await rig.db.pool.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM crm_chart.deals WHERE responsible_id = 1",
    );
    assert.equal(await total(run.body, token), rows[0]!.n);
    const wider = await call<ChartAnswer>(
      "POST",
      `saved/${chart.id}/run`,
      { filters: { responsible: ["2"] } },
      token,
    );
    assert.equal(await total(wider.body, token), 0, "a filter narrows a lock and never widens it");
    for (const [method, path, body] of [
      ["POST", `saved/${other.id}/run`, {}],
      ["GET", `dashboards/${(await board(other.id)).id}`, undefined],
      ["GET", "saved", undefined],
      ["POST", "ask", { question: "Сколько сделок?" }],
      ["POST", "plans/run", { plan }],
      ["POST", "sql/run", { sql: "SELECT count(*) AS n FROM deals" }],
      ["PUT", "settings", { sharing: "off" }],
      ["GET", "settings/changes", undefined],
    ] as const)
      assert.ok(
        ["forbidden"].includes((await call(method, path, body, token)).body.code ?? JSON.stringify(path)) ||
          path === "ask",
        path,
      );
    assert.match(
      (await call("POST", "ask", { question: "Сколько сделок?" }, token)).text,
      /"code":"forbidden"/,
    );
    await call("DELETE", `links/${link.body.id}`);
    assert.equal(
      (await call("GET", `dashboards/${made.id}`, undefined, token)).body.code,
      "share_link_expired",
    );
    assert.equal((await call("POST", "shared", { link: text })).body.code, "share_link_expired");
    const forged = `${link.body.id}.${"A".repeat(43)}`;
    for (const bad of [forged, `${randomUUID()}.${text.split(".")[1]}`, text.slice(0, -2), "x"])
      assert.equal((await call("POST", "shared", { link: bad })).body.code, "share_link_invalid", bad);
  });

  it("a link's password cannot be guessed, and its time ends", async () => {
    const made = await board((await save()).id);
    const link = await call<ShareLink>("POST", `dashboards/${made.id}/links`, {
      password: "верно-1",
      expiresInHours: 1,
    });
    const text = link.body.url!.split("#")[1]!;
    const open = (password: string | null) => call("POST", "shared", { link: text, password });
    assert.equal((await open(null)).body.code, "share_password_wrong");
    const codes = [];
    for (let i = 0; i < 7; i++) codes.push((await open(`guess ${i}`)).body.code);
    assert.deepEqual(codes, [
      ...Array(5).fill("share_password_wrong"),
      "too_many_requests",
      "too_many_requests",
    ]);
    assert.equal((await open("верно-1")).body.code, "too_many_requests");
    now += 61_000;
    assert.equal((await open("верно-1")).status, 200);
    const { rows } = await rig.db.pool.query<{ password: string }>(
      "SELECT password FROM b24kit.charts_links WHERE id = $1",
      [link.body.id],
    );
    assert.doesNotMatch(rows[0]!.password, /верно/);
    now += 3_600_000;
    assert.equal((await open("верно-1")).body.code, "share_link_expired");
  });

  it("an embedded element does what its token says, on its pages", async () => {
    const chart = await save();
    const content = { kind: "chart", id: chart.id };
    const view = await call<{ token: string }>("POST", "embed-tokens", {
      content,
      can: ["view"],
      filters: lock,
      origins: ["https://shop.example"],
    });
    const { token } = view.body;
    const run = (origin: string) =>
      call<ChartAnswer>("POST", `saved/${chart.id}/run`, {}, token, { Origin: origin });
    assert.equal((await run("https://evil.example")).body.code, "origin_not_allowed");
    const answer = (await run("https://shop.example")).body;
    assert.ok("result" in answer && answer.spec.notes.some(({ code }) => code === "locked_filters"));
    const read = (accept: string) =>
      call("GET", `results/${answer.result}`, undefined, token, {
        Accept: accept,
        Origin: "https://shop.example",
      });
    assert.equal((await read("text/csv")).body.code, "forbidden");
    assert.equal((await read("application/vnd.apache.arrow.stream")).status, 200);
    const asks = await call<{ token: string }>("POST", "embed-tokens", {
      content: { kind: "ask", entities: ["deals"] },
      can: ["view", "ask"],
      filters: lock,
    });
    const planOf = (entity: string) =>
      call("POST", "plans/run", { plan: { ...plan, entity } }, asks.body.token);
    assert.equal((await planOf("deals")).status, 200);
    assert.equal((await planOf("leads")).body.code, "forbidden");
    const past = { ...plan, filters: [{ column: "deals", operator: "has_none", values: [] }] };
    assert.equal((await call("POST", "plans/run", { plan: past }, asks.body.token)).body.code, "forbidden");
    now += 601_000;
    assert.equal((await planOf("deals")).body.code, "token_expired");
  });

  it("the use of links and embeddings is counted, and an embedding can be ended and allowed again", async () => {
    const chart = await save();
    const made = await board(chart.id);
    const link = await call<ShareLink>("POST", `dashboards/${made.id}/links`, {});
    assert.deepEqual([link.body.opened, link.body.lastUsedAt, link.body.lastOrigin], [0, null, null]);
    const opened = await call<{ token: string }>("POST", "shared", { link: link.body.url!.split("#")[1]! });
    const from = { Origin: "https://b24.example" };
    await call("GET", `dashboards/${made.id}`, undefined, opened.body.token, from);
    const listed = await call<{ links: ShareLink[] }>("GET", `dashboards/${made.id}/links`);
    const [{ opened: times, lastUsedAt, lastOrigin }] = listed.body.links as [ShareLink];
    assert.deepEqual([times, typeof lastUsedAt, lastOrigin], [1, "string", "https://b24.example"]);

    const origins = ["https://counted.example"];
    const grant = { content: { kind: "dashboard", id: made.id }, can: ["view"], origins };
    const issue = () => call<{ token: string; code?: string }>("POST", "embed-tokens", grant);
    const { token } = (await issue()).body;
    await issue();
    const look = () =>
      call("GET", `dashboards/${made.id}`, undefined, token, { Origin: "https://counted.example" });
    for (let i = 0; i < 3; i++) assert.equal((await look()).status, 200);
    const mine = async () =>
      (await call<{ embeds: ChartEmbed[] }>("GET", "embeds")).body.embeds.find(
        ({ content }) => content.kind === "dashboard" && content.id === made.id,
      )!;
    const embed = await mine();
    assert.deepEqual(
      [embed.issued, embed.used, embed.lastOrigin, embed.revokedAt, embed.createdBy],
      [2, 3, "https://counted.example", null, "key:test"],
    );
    assert.equal((await call("GET", "embeds", undefined, token, { Origin: origins[0]! })).status, 403);
    const change = (revoked: boolean) => call<ChartEmbed>("PATCH", `embeds/${embed.id}`, { revoked });
    assert.notEqual((await change(true)).body.revokedAt, null);
    assert.deepEqual(
      [(await look()).body.code, (await issue()).body.code],
      ["embed_revoked", "embed_revoked"],
    );
    assert.equal((await change(false)).body.revokedAt, null);
    assert.deepEqual([(await look()).status, (await issue()).status, (await mine()).used], [200, 201, 4]);
    assert.equal((await call("PATCH", `embeds/${randomUUID()}`, { revoked: true })).body.code, "not_found");
  });

  it("files leave at a person's haste", async () => {
    const { body } = await call<ChartAnswer>("POST", "plans/run", { plan });
    assert.ok("result" in body);
    const read = (accept = "text/csv") =>
      call("GET", `results/${body.result}`, undefined, undefined, { Accept: accept });
    const statuses = [];
    for (let i = 0; i < 22; i++) statuses.push((await read()).status);
    assert.deepEqual([statuses.indexOf(429), statuses.filter((one) => one === 200).length], [20, 20]);
    const refused = await read();
    assert.deepEqual([refused.body.code, refused.headers.get("Retry-After")], ["too_many_requests", "3"]);
    assert.equal((await read("application/vnd.apache.arrow.stream")).status, 200, "what is drawn is no file");
    now += 3_000;
    assert.deepEqual([(await read()).status, (await read()).status], [200, 429]);
    now += 60_000;
  });

  it("settings are shown, changed and noted", async () => {
    const before = (await call<{ sharing: string; model: string | null }>("GET", "settings")).body;
    assert.deepEqual([before.sharing, before.model], ["values", null]);
    const { body } = await call<{ sharing: string; tokensPerDay: number; sql: string }>("PUT", "settings", {
      sharing: "schema",
      tokensPerDay: 5,
      sql: "off",
    });
    assert.deepEqual([body.sharing, body.tokensPerDay, body.sql], ["schema", 5, "off"]);
    assert.equal(
      (await call("POST", "sql/run", { sql: "SELECT count(*) AS n FROM deals" })).body.code,
      "sql_off",
    );
    const { rows } = await rig.db.pool.query("SELECT who, change FROM b24kit.charts_settings_log");
    assert.deepEqual(rows, [{ who: "key:test", change: { sharing: "schema", sql: false, tokensPerDay: 5 } }]);
  });

  it("notes who changed what the model may see, and what it may spend", async () => {
    const { body } = await call<ChartSettings>("PUT", "settings", { sharing: "schema", tokensPerDay: 5_000 });
    assert.deepEqual([body.sharing, body.tokensPerDay], ["schema", 5_000]);
    await call("PUT", "settings", { sql: "off", sharing: "values" });
    const { changes } = (await call<{ changes: ChartSettingsChange[] }>("GET", "settings/changes")).body;
    assert.deepEqual(
      changes.slice(0, 2).map(({ at: _, ...change }) => change),
      [
        { who: "key:test", sharing: "values", sql: "off" },
        { who: "key:test", sharing: "schema", tokensPerDay: 5_000 },
      ],
    );
    const refused = await call("PUT", "settings", { sharing: "rows" });
    assert.equal(refused.status, 400);
    await call("PUT", "settings", { sql: "on" });
  });
});
