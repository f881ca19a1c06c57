import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Plan } from "@b24kit/client/contract";
import { type ChartRig, openChartRig } from "../../../../../../test/charts/chart-rig.ts";
import { NOW, ZONE } from "../../../../../../test/charts/seeded-mirror.ts";
import { toTextParameter } from "../../../platform/arrow/text-parameter.ts";
import { findTable } from "../catalogue.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import { readStatistics } from "./statistics.ts";
import { bestOfAll, suggestPlans } from "./suggest-plans.ts";

describe("suggestions", () => {
  let rig: ChartRig;
  before(async () => {
    rig = await openChartRig({ more: true });
  });
  after(() => rig.close());

  const suggest = async (entity: string) => {
    const statistics = await readStatistics(rig.db.pool, "crm_chart", findTable(rig.catalogue, entity)!);
    return suggestPlans(rig.catalogue, entity, statistics);
  };

  for (const [entity, least] of [
    ["deals", 8],
    ["leads", 6],
    ["contacts", 5],
    ["companies", 5],
    ["tasks", 4],
    ["calls", 3],
    ["product_rows", 3],
    ["stage_moves", 2],
    ["lead_stage_moves", 2],
  ] as const) {
    it(`of ${entity} are some, have a title in both languages, and all have rows`, async () => {
      const suggestions = await suggest(entity);
      assert.ok(suggestions.length >= least && suggestions.length <= 10, String(suggestions.length));
      for (const { plan, title, id } of suggestions) {
        assert.match(title.ru, /[а-яё]/i);
        assert.doesNotMatch(title.en, /[а-яё]/i, id);
        const reader = { now: NOW, timeZone: ZONE, locale: "ru" } as const;
        assert.deepEqual(Plan.parse(plan), plan);
        const { sql, params } = compilePlan(plan, { catalogue: rig.catalogue, reader });
        assert.ok((await rig.run(sql, params.map(toTextParameter))).rows.length > 0, id);
      }
    });
  }

  it("of everything hold the best of each, flows between stages among them", async () => {
    const all = (await Promise.all(rig.catalogue.tables.map(({ name }) => suggest(name)))).flat();
    const best = bestOfAll(all);
    assert.equal(best.length, 10);
    const first = best.slice(0, 6).map(({ plan }) => plan.entity);
    assert.equal(new Set(first).size, 6, first.join());
    assert.ok(best.some(({ form }) => form === "sankey"));
  });

  it("leave out what nobody fills in, and are none where there is nothing", async () => {
    const statistics = await readStatistics(rig.db.pool, "crm_chart", findTable(rig.catalogue, "deals")!);
    const columns = new Map(statistics.columns).set("source", { filled: 0, distinct: 0 });
    const without = suggestPlans(rig.catalogue, "deals", { ...statistics, columns });
    assert.ok(without.every(({ plan }) => !plan.dimensions.some(({ column }) => column === "source")));
    assert.deepEqual(suggestPlans(rig.catalogue, "deals", { rows: 0, columns: new Map() }), []);
  });
});
