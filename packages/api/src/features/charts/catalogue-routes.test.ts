import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Catalogue, ChartSafety } from "@b24kit/client/contract";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { createApp, type Product } from "../../app.ts";
import { readConfig } from "../../config.ts";
import { createLogger } from "../../platform/log/logger.ts";

const API_KEY = "0123456789abcdef0123456789abcdef";

describe("the catalogue's endpoints", () => {
  let rig: ChartRig;
  let product: Product;
  before(async () => {
    rig = await openChartRig({ counts: { deals: 40, contacts: 10, companies: 5, leads: 10 } });
    const env = {
      DATA_DIR: "/nonexistent",
      SECRET_KEY: "a secret key of the tests only, long enough",
      API_KEY,
    };
    const config = readConfig(env, { demo: false, dir: "/nonexistent" });
    const log = createLogger({ level: "silent", form: "plain" });
    product = createApp({ config, db: rig.db, bus: rig.bus, log, version: "0", checkAnswers: true });
  });
  after(async () => {
    await product.stop(1_000);
    await rig.close();
  });

  const get = (path: string, headers: Record<string, string> = { Authorization: `Bearer ${API_KEY}` }) =>
    product.app.request(path, { headers });

  it("describe the database in Markdown, in both languages", async () => {
    const ru = await get("/api/v1/charts/schema");
    assert.equal(ru.status, 200);
    assert.match(ru.headers.get("Content-Type")!, /^text\/markdown/);
    assert.match(await ru.text(), /## deals: Сделки[\s\S]*Строк: 40/);
    assert.match(await (await get("/api/v1/charts/schema?locale=en&table=leads")).text(), /^## leads: Leads/);
  });

  it("describe it as JSON too", async () => {
    const headers = { Authorization: `Bearer ${API_KEY}`, Accept: "application/json" };
    const same = Catalogue.parse(await (await get("/api/v1/charts/schema", headers)).json());
    assert.deepEqual(Catalogue.parse(await (await get("/api/v1/charts/catalogue")).json()), same);
  });

  it("tell what was tried against the set-up, and health tells the result", async () => {
    const health = async () =>
      ((await (await get("/health")).json()) as { generatedSql: string }).generatedSql;
    assert.equal(await health(), "unchecked");
    const safety = ChartSafety.parse(await (await get("/api/v1/charts/safety")).json());
    assert.deepEqual([safety.generatedSql, safety.reason], ["on", null]);
    assert.ok(safety.attempts.length >= 10);
    assert.equal(await health(), "on");
  });

  it("say what is wrong", async () => {
    for (const [path, status, code] of [
      ["/api/v1/charts/schema?table=calls", 404, "not_found"],
      ["/api/v1/charts/schema?locale=de", 400, "invalid_parameter"],
      ["/api/v1/charts/schema?portal=nobody.example", 404, "unknown_portal"],
      ["/api/v1/charts/schema?enriched=true", 409, "ai_not_configured"],
    ] as const) {
      const answer = await get(path);
      assert.deepEqual(
        [answer.status, ((await answer.json()) as { code: string }).code],
        [status, code],
        path,
      );
    }
    assert.equal((await get("/api/v1/charts/schema", {})).status, 401);
    assert.equal((await get("/api/v1/charts/safety", {})).status, 401);
  });
});
