import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChartForm } from "@b24kit/client/contract";
import type { ShapeDimension, ShapeMeasure } from "../plan/compiled-plan.ts";
import { chooseForm, type FormQuestion } from "./choose-form.ts";

const label = { ru: "", en: "" };
const dimension = (kind: ShapeDimension["kind"], grain: ShapeDimension["grain"] = null): ShapeDimension => ({
  ...{ field: kind, label, kind, grain, codes: null },
});
const count: ShapeMeasure = {
  field: "count",
  label,
  kind: "count",
  unit: null,
  before: null,
  additive: true,
  isTarget: false,
};
const sum: ShapeMeasure = { ...count, field: "sum", kind: "money", unit: "RUB" };
const average: ShapeMeasure = { ...sum, field: "avg", additive: false };

function choose(
  dimensions: ShapeDimension[],
  measures: ShapeMeasure[],
  distinct: number[] = [],
  more: Partial<FormQuestion> = {},
) {
  const rows = distinct.reduce((product, n) => product * n, 1);
  const stats = { rows, distinct, longest: distinct.map(() => 5), negative: false, falling: true };
  const shape = { dimensions, measures, listed: [], partial: null };
  return chooseForm({
    shape,
    stats,
    listedNumbers: [],
    running: false,
    targeted: false,
    mixedFunnels: false,
    asked: null,
    ...more,
  });
}

const notFalling = { rows: 6, distinct: [6], longest: [5], negative: false, falling: false };

describe("the form of a chart", () => {
  const cases: [what: string, expected: ChartForm, ReturnType<typeof choose>][] = [
    ["one number", "kpi", choose([], [count])],
    ["a number to be reached", "gauge", choose([], [sum], [], { targeted: true })],
    ["fact and plan", "gauge", choose([], [sum, { ...sum, isTarget: true }])],
    ["months", "line", choose([dimension("time", "month")], [sum], [12])],
    ["two months", "bar", choose([dimension("time", "month")], [sum], [2])],
    ["a running total", "area", choose([dimension("time", "month")], [sum], [12], { running: true })],
    ["money and number by month", "combo", choose([dimension("time", "month")], [sum, count], [12])],
    ["stages that fewer and fewer reach", "funnel", choose([dimension("stage")], [count], [6])],
    ["stages as they fill up", "bar", choose([dimension("stage")], [count], [6], { stats: notFalling })],
    ["stages of several funnels", "bar", choose([dimension("stage")], [count], [16], { mixedFunnels: true })],
    ["means of stages", "bar", choose([dimension("stage")], [average], [6])],
    ["sources", "bar", choose([dimension("category")], [count], [8])],
    [
      "five figures of managers",
      "radar",
      choose([dimension("category")], [count, sum, average, count, sum], [6]),
    ],
    [
      "weekday and hour",
      "heatmap",
      choose([dimension("clock", "weekday"), dimension("clock", "hour")], [count], [7, 24]),
    ],
    [
      "result by quarter",
      "bar",
      choose([dimension("time", "quarter"), dimension("category")], [count], [6, 2]),
    ],
    ["funnel and stage", "bar", choose([dimension("category"), dimension("stage")], [count], [2, 11])],
    ["many cells", "heatmap", choose([dimension("category"), dimension("category")], [count], [10, 11])],
    ["nothing came", "table", choose([dimension("category")], [count], [0])],
  ];
  for (const [what, expected, { forms }] of cases) {
    it(`of ${what} is ${expected}`, () => assert.equal(forms[0], expected));
  }

  it("is the one asked for, where the result can take it", () => {
    const asked = choose([dimension("category")], [count], [5], { asked: "pie" });
    assert.deepEqual([asked.forms[0], asked.reason], ["pie", "form_asked"]);
    const impossible = choose([dimension("category")], [average], [5], { asked: "pie" });
    assert.deepEqual([impossible.forms[0], impossible.reason], ["bar", "form_not_possible"]);
  });

  it("never makes parts of a whole of different currencies, nor stacks them", () => {
    const each = { ...sum, unit: "{currency}" };
    assert.ok(!choose([dimension("category")], [each], [2]).forms.includes("pie"));
    assert.equal(choose([dimension("time", "month"), dimension("category")], [each], [12, 2]).stack, "none");
  });

  it("always offers the table, and no form twice", () => {
    for (const [what, , { forms }] of cases) {
      assert.ok(forms.includes("table"), what);
      assert.equal(new Set(forms).size, forms.length, what);
    }
  });
});
