import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { ChartForm, Plan } from "@b24kit/client/contract";
import { openBoardApp } from "../../../../../test/board-rig.ts";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { openPictureThread } from "../../pictures/draw-picture.ts";
import type { App } from "../../platform/http/environment.ts";
import type { PictureJob } from "./deps.ts";

const plan: Plan = {
  ...{ entity: "deals", columns: [], filters: [], period: null, compare: null, running: false, order: null },
  ...{ limit: null, others: false, target: null },
  measures: [{ aggregate: "count", column: null, since: null, filters: [], over: null }],
  dimensions: [{ column: "responsible", grain: null }],
};

describe("pictures of kept charts", () => {
  const thread = openPictureThread();
  const drawn: PictureJob[] = [];
  let rig: ChartRig;
  let app: App;
  before(async () => {
    rig = await openChartRig({ counts: { deals: 60, contacts: 5, companies: 5, leads: 5 } });
    app = openBoardApp(rig, Date.now, (job, signal) => {
      drawn.push(job);
      return thread.draw(job, signal);
    });
  });
  after(async () => {
    await thread.stop();
    await rig.close();
  });

  const send = (method: string, path: string, body: object) =>
    app.request(`/api/v1/charts/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  async function keep(name: string, form: ChartForm | null = null): Promise<string> {
    const id = randomUUID();
    const definition = { lane: "plan", plan };
    const { status } = await send("POST", "saved", { id, name, form, definition });
    assert.equal(status, 201);
    return id;
  }
  const picture = async (id: string, search = "", headers: Record<string, string> = {}): Promise<Response> =>
    app.request(`/api/v1/charts/saved/${id}/picture${search}`, { headers });
  const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
  async function tokenFor(body: object): Promise<string> {
    const answer = await send("POST", "embed-tokens", body);
    return ((await answer.json()) as { token: string }).token;
  }

  it("is an image of the database's figures that can do nothing", async () => {
    const id = await keep(`Кто ведёт "><script>alert(1)</script>`);
    const answer = await picture(id, "?width=500");
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "image/svg+xml");
    assert.match(answer.headers.get("content-security-policy") ?? "", /^sandbox; default-src 'none'/);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("cache-control"), "private, no-cache");
    const svg = await answer.text();
    assert.match(svg, /^<svg [^>]*width="500"/);
    assert.match(svg, />60<\/tspan>/, "all deals are counted in the headline");
    assert.ok(svg.includes("Кто ведёт &quot;&gt;&lt;script&gt;") && !svg.includes("<script"));
  });

  it("is drawn once, until its data or its look changes", async () => {
    const id = await keep("Once");
    drawn.length = 0;
    const all = await Promise.all([1, 2, 3].map(() => picture(id)));
    const texts = new Set(await Promise.all(all.map((answer) => answer.text())));
    assert.deepEqual([texts.size, drawn.length], [1, 1], "equal pictures at once are one");
    const etag = all[0]!.headers.get("etag")!;
    const same = await picture(id, "", { "If-None-Match": etag });
    assert.deepEqual([same.status, await same.text(), drawn.length], [304, "", 1]);
    for (const look of ["?theme=dark", "?width=320", "?locale=en", "?timeZone=Asia/Tokyo"])
      assert.notEqual((await picture(id, look)).headers.get("etag"), etag, look);
    assert.equal(drawn.length, 5);
    await send("PATCH", `saved/${id}`, { name: "Renamed" });
    const renamed = await picture(id, "", { "If-None-Match": etag });
    assert.match(await renamed.text(), /Renamed/);
    await rig.run("deal");
    const synced = await picture(id, "", { "If-None-Match": renamed.headers.get("etag")! });
    assert.equal(synced.status, 200, "a sync makes it new");
  });

  it("is shown to whom the chart is", async () => {
    const [mine, other] = [await keep("Mine"), await keep("Other")];
    const content = { kind: "chart", id: mine };
    const person = await rig.busiest();
    const filters = { from: null, to: null, funnel: [], responsible: [person], source: [] };
    const origins = ["https://shop.example"];
    const token = await tokenFor({ content, can: ["view"], filters, origins });
    const as = (id: string, origin: string) =>
      picture(id, "", { Authorization: `Bearer ${token}`, Origin: origin });
    assert.equal(await codeOf(await as(mine, "https://evil.example")), "origin_not_allowed");
    assert.equal(await codeOf(await as(other, "https://shop.example")), "forbidden");
    const locked = await as(mine, "https://shop.example");
    const { rows } = await rig.db.pool.query<{ n: string }>(
      "SELECT count(*)::text AS n FROM crm_chart.deals WHERE responsible_id = $1",
      [person],
    );
    assert.match(await locked.text(), new RegExp(`>${rows[0]!.n}</t`));
    assert.notEqual(locked.headers.get("etag"), (await picture(mine)).headers.get("etag"));
  });

  it("says what cannot be drawn, and what was asked wrongly", async () => {
    const table = await picture(await keep("Rows", "table"));
    assert.deepEqual([table.status, await codeOf(table)], [422, "chart_not_drawable"]);
    const id = await keep("Chart");
    for (const search of ["?width=10", "?width=9999", "?theme=blue", "?locale=fr", "?colour=red"])
      assert.equal(await codeOf(await picture(id, search)), "invalid_parameter", search);
    assert.equal(await codeOf(await picture(randomUUID())), "not_found");
  });
});
