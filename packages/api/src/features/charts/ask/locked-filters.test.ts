import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChartFilters, Plan } from "@b24kit/client/contract";
import { nothing } from "../planner/planned-measures.ts";
import { sampleCatalogue } from "../test/sample-catalogue.ts";
import { withFilters } from "./locked-filters.ts";

const dates: ChartFilters = {
  ...{ from: "2026-05-01", to: "2026-05-31", funnel: [], responsible: [], source: [] },
};
const count: Plan = {
  ...nothing,
  measures: [{ aggregate: "count", column: null, since: null, filters: [], over: null }],
};
const filtersOf = (plan: Plan, locked: boolean) => {
  const filtered = withFilters(sampleCatalogue, plan, dates, locked);
  return "broken" in filtered ? filtered.broken : filtered.filters;
};

describe("the dates of a page or of a token", () => {
  it("reach records by the date that tells them apart in time", () => {
    const between = (column: string) => [
      { column, operator: "between", values: ["2026-05-01", "2026-05-31"] },
    ];
    for (const locked of [false, true]) {
      assert.deepEqual(filtersOf(count, locked), between("created"));
      assert.deepEqual(filtersOf({ ...count, entity: "stage_moves" }, locked), between("entered"));
    }
    const period = { column: "close_date", kind: "this", unit: "year", count: null, from: null, to: null };
    const won: Plan = { ...count, period: period as Plan["period"] };
    assert.deepEqual(filtersOf(won, false), between("close_date"));
    assert.deepEqual(filtersOf(won, true), between("created"), "a lock does not follow the question");
  });

  it("pass over what has no date, and lock it", () => {
    const funnels: Plan = { ...count, entity: "funnels" };
    assert.deepEqual(filtersOf(funnels, false), []);
    assert.match(String(filtersOf(funnels, true)), /funnels/);
  });
});
