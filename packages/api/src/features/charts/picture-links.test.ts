import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import type {
  ChartFilters,
  ChartForm,
  Dashboard,
  PictureLink,
  Plan,
  ShareLink,
} from "@b24kit/client/contract";
import { openBoardApp } from "../../../../../test/board-rig.ts";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import type { App } from "../../platform/http/environment.ts";
import type { PictureJob } from "./deps.ts";

const plan: Plan = {
  ...{ entity: "deals", columns: [], filters: [], period: null, compare: null, running: false, order: null },
  ...{ limit: null, others: false, target: null },
  measures: [{ aggregate: "count", column: null, since: null, filters: [], over: null }],
  dimensions: [{ column: "responsible", grain: null }],
};
const HOUR = 3_600_000;

describe("pictures for pages without a script", () => {
  const drawn: PictureJob[] = [];
  let rig: ChartRig;
  let app: App;
  let now = Date.now();
  let lock: ChartFilters;
  before(async () => {
    rig = await openChartRig({ counts: { deals: 60, contacts: 5, companies: 5, leads: 5 } });
    lock = { from: null, to: null, funnel: [], responsible: [await rig.busiest()], source: [] };
    app = openBoardApp(
      rig,
      () => now,
      async (job) => {
        drawn.push(job);
        return `<svg xmlns="http://www.w3.org/2000/svg" width="${job.width}"><title>${job.rows.length}</title></svg>`;
      },
    );
  });
  beforeEach(() => {
    drawn.length = 0;
  });
  after(() => rig.close());

  const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    app.request(`/api/v1/charts/${path}`, {
      method,
      headers: { ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const bodyOf = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T;
  async function keep(form: ChartForm | null = null, definition: object = { lane: "plan", plan }) {
    const id = randomUUID();
    const { status } = await call("POST", "saved", { id, name: "По людям", form, definition });
    assert.equal(status, 201);
    return id;
  }
  const link = async (chart: string, body: object = {}) =>
    bodyOf<PictureLink>(call("POST", `saved/${chart}/picture-links`, body));
  const addressOf = ({ url }: PictureLink) => new URL(url!).pathname.replace("/api/v1/charts/", "");
  const listed = async (chart: string) =>
    (await bodyOf<{ links: PictureLink[] }>(call("GET", `saved/${chart}/picture-links`))).links;
  /** A failure that an `<img>` shows: a picture with words, under the status that it deserves. */
  async function requireFailure(answer: Response, status: number, code: string): Promise<string> {
    const svg = await answer.text();
    assert.deepEqual(
      [answer.status, answer.headers.get("content-type")],
      [status, "image/svg+xml"],
      svg.slice(0, 300),
    );
    assert.match(svg, new RegExp(`^<svg [\\s\\S]*>${code}</text></svg>$`));
    assert.match(answer.headers.get("content-security-policy")!, /^sandbox; default-src 'none'/);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("cross-origin-resource-policy"), "cross-origin");
    return svg;
  }

  it("an address shows its chart to whoever has it, on any page", async () => {
    const chart = await keep();
    const made = await link(chart);
    assert.match(made.url!, /^https:\/\/b24\.example\/api\/v1\/charts\/pictures\/[0-9a-f-]{36}\.[\w-]{43}$/);
    const shown = await call("GET", `${addressOf(made)}?locale=en&theme=dark&width=500`, undefined, {
      Referer: "https://shop.example/prices?visitor=1",
    });
    assert.equal(shown.status, 200);
    const header = (name: string) => shown.headers.get(name);
    assert.equal(header("content-type"), "image/svg+xml");
    assert.equal(header("cross-origin-resource-policy"), "cross-origin");
    assert.equal(header("cache-control"), "private, no-cache");
    assert.match(header("content-security-policy")!, /^sandbox; default-src 'none'/);
    assert.equal(header("x-content-type-options"), "nosniff");
    assert.deepEqual(
      drawn.map(({ locale, theme, width }) => [locale, theme, width]),
      [["en", "dark", 500]],
    );
    const again = await call("GET", `${addressOf(made)}?locale=en&theme=dark&width=500`, undefined, {
      "If-None-Match": header("etag")!,
    });
    assert.deepEqual([again.status, drawn.length], [304, 1]);
    const [listedLink] = await listed(chart);
    assert.deepEqual([listedLink!.used, listedLink!.lastOrigin], [2, "https://shop.example"]);
    assert.equal(listedLink!.url, null, "an address is shown once");
  });

  it("sees within its lock, in every look", async () => {
    const chart = await keep();
    await call("GET", addressOf(await link(chart)));
    await call("GET", addressOf(await link(chart, { filters: lock })));
    const [all, locked] = drawn.map(({ spec }) => spec.source.rows);
    assert.deepEqual([all! > 1, locked], [true, 1]);
    const open = await call("GET", `${addressOf(await link(chart, { filters: lock }))}?responsible=2`);
    await requireFailure(open, 400, "invalid_parameter");
  });

  it("a forged, cut or foreign address is nothing, and costs the database nothing", async () => {
    const [chart, other] = [await keep(), await keep()];
    const address = addressOf(await link(chart));
    const [id = "", mac = ""] = address.slice("pictures/".length).split(".");
    const another = addressOf(await link(other)).split(".")[1]!;
    const dashboard = randomUUID();
    const tiles = [{ chart, x: 0, y: 0, width: 12, height: 4 }];
    const filters = { from: null, to: null, funnel: [], responsible: [], source: [] };
    await bodyOf<Dashboard>(
      call("PUT", `dashboards/${dashboard}`, { name: "Обзор", tiles, filters, refreshSeconds: 0 }),
    );
    const shared = await bodyOf<ShareLink>(call("POST", `dashboards/${dashboard}/links`, {}));
    const text = shared.url!.split("#")[1]!;
    for (const forged of [
      `${id}.${another}`,
      `${chart}.${mac}`,
      `${id}.${mac.slice(0, -1)}${mac.endsWith("A") ? "B" : "A"}`.replace(/.$/, "_"),
      `${id}.${mac}.${mac}`,
      `${id}.`,
      id,
      "x",
      `${id.toUpperCase()}.${mac}`,
      text,
      `${id}%00.${mac}`,
      `<script>.${mac}`,
    ])
      await requireFailure(
        await call("GET", `pictures/${encodeURIComponent(forged)}`),
        404,
        "share_link_invalid",
      );
    await requireFailure(await call("GET", `pictures/${"x".repeat(200)}`), 400, "invalid_parameter");
    const opened = await call("POST", "shared", { link: `${id}.${mac}` });
    assert.deepEqual(
      [opened.status, (await bodyOf<{ code: string }>(opened)).code],
      [404, "share_link_invalid"],
    );
    assert.equal(drawn.length, 0);
  });

  it("ends with its time, with its revocation and with its chart", async () => {
    const chart = await keep();
    const [short, long] = [await link(chart, { expiresInHours: 1 }), await link(chart)];
    now += 2 * HOUR;
    await requireFailure(await call("GET", addressOf(short)), 410, "share_link_expired");
    assert.equal((await call("GET", addressOf(long))).status, 200);
    assert.equal((await call("DELETE", `picture-links/${long.id}`)).status, 204);
    const revoked = await call("GET", addressOf(long), undefined, { "If-None-Match": "*" });
    await requireFailure(revoked, 410, "share_link_expired");
    const third = await link(chart);
    await call("DELETE", `saved/${chart}`);
    await requireFailure(await call("GET", addressOf(third)), 404, "not_found");
    assert.equal((await call("DELETE", `picture-links/${randomUUID()}`)).status, 404);
  });

  it("is not made of what a stranger would not see", async () => {
    const code = async (answer: Response | Promise<Response>) =>
      (await bodyOf<{ code: string }>(answer)).code;
    const table = await keep("table");
    assert.equal(await code(call("POST", `saved/${table}/picture-links`, {})), "chart_not_drawable");
    const sql = await keep(null, {
      lane: "sql",
      sql: "SELECT stage, count(*) AS n FROM deals GROUP BY stage",
    });
    assert.equal(await code(call("POST", `saved/${sql}/picture-links`, { filters: lock })), "sql_off");
    assert.equal((await call("POST", `saved/${sql}/picture-links`, {})).status, 201);
    for (const body of [{ expiresInHours: 0 }, { expiresInHours: 90_000 }, { password: "secret" }])
      assert.equal(await code(call("POST", `saved/${sql}/picture-links`, body)), "invalid_parameter");
  });

  it("says in the asked language what was asked wrongly, and repeats none of it", async () => {
    const address = addressOf(await link(await keep()));
    for (const search of [
      ...["?width=239", "?width=1601", "?width=NaN", "?width=400&width=500", "?theme=blue"],
      ...[
        "?locale=fr",
        "?colour=red",
        "?portal=2",
        "?timeZone=<script>alert(1)</script>",
        "?timeZone=%2B03:00",
      ],
    ]) {
      const svg = await requireFailure(await call("GET", `${address}${search}`), 400, "invalid_parameter");
      assert.ok(!/script>|fr\b|blue|NaN/.test(svg), search);
    }
    assert.match(await (await call("GET", `${address}?locale=en&theme=x`)).text(), /address is wrong/);
    const dark = await (await call("GET", `${address}?width=9999&theme=dark`)).text();
    assert.match(dark, /^<svg [^>]*width="640"[\s\S]*fill="#262626"[\s\S]*Неверный адрес/);
  });

  it("draws new looks and shows known ones at a bounded rate", async () => {
    const address = addressOf(await link(await keep()));
    const look = (width: number) => call("GET", `${address}?width=${width}`);
    for (let i = 0; i < 30; i++) assert.equal((await look(300 + i)).status, 200);
    const refused = await look(900);
    assert.equal(refused.headers.get("retry-after"), "3");
    await requireFailure(refused, 429, "too_many_requests");
    assert.equal((await look(300)).status, 200, "what was drawn is shown on");
    now += 3_000;
    assert.equal((await look(900)).status, 200);
    let seen = 0;
    while ((await look(300)).status === 200) assert.ok(++seen < 1_000);
    await requireFailure(await look(300), 429, "too_many_requests");
  });

  it("is made and ended by those who may read the portal's data, in their own portal", async () => {
    const chart = await keep();
    const token = await bodyOf<{ token: string }>(
      call("POST", "embed-tokens", { content: { kind: "chart", id: chart }, can: ["view", "export"] }),
    );
    const as = { Authorization: `Bearer ${token.token}` };
    const made = await link(chart);
    for (const [method, path, body] of [
      ["POST", `saved/${chart}/picture-links`, {}],
      ["GET", `saved/${chart}/picture-links`, undefined],
      ["DELETE", `picture-links/${made.id}`, undefined],
    ] as const)
      assert.equal((await call(method, path, body, as)).status, 403, path);
    const second = await rig.portals.register("http://127.0.0.1:9/rest/1/abcdefgh12345678/");
    const elsewhere = `?portal=${second.id}`;
    assert.equal((await call("POST", `saved/${chart}/picture-links${elsewhere}`, {})).status, 404);
    assert.equal((await call("DELETE", `picture-links/${made.id}${elsewhere}`)).status, 404);
    const others = await bodyOf<{ links: unknown[] }>(
      call("GET", `saved/${chart}/picture-links${elsewhere}`),
    );
    assert.deepEqual(others.links, []);
  });
});
