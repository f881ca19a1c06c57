import { expect } from "@open-wc/testing";
import { DateDay, Float64, TimestampMillisecond, Utf8 } from "apache-arrow";
import { dictionary, type SampleColumn, sampleTable } from "../../../../../stories/sample/deals.ts";
import { readTable } from "../data/column.ts";
import { aggregate, type ChartData } from "./aggregate.ts";
import { type ChartRequest, chooseColumns } from "./choose-columns.ts";
import { groupRest } from "./group-rest.ts";
import { monthTicks } from "./month-ticks.ts";
import { chooseGrain, type Grain, nextPeriod } from "./time-grain.ts";

const AS_OF = Date.parse("2026-05-12T11:05:00Z");

function column(
  name: string,
  kind: string,
  type: SampleColumn["type"],
  values: unknown[],
  more = {},
): SampleColumn {
  return { name, kind, type, values, label: { ru: name, en: name }, ...more };
}

function chart(columns: SampleColumn[], request: Partial<ChartRequest> = {}): ChartData {
  const data = readTable(sampleTable(columns, { ru: "", en: "" }, ""));
  const chosen = chooseColumns(data, { type: "auto", x: undefined, y: [], series: undefined, ...request });
  return aggregate(data, chosen!, "Europe/Moscow", AS_OF);
}

const keys = (data: ChartData) => data.categories.map(({ key }) => key);

describe("aggregate", () => {
  it("never adds different currencies", () => {
    const amount = column("amount", "money", new Float64(), [10, 20, 5], { unit: "{currency}" });
    const stage = column("stage", "stage", dictionary(), ["A", "B", "A"]);
    const mixed = chart([stage, amount, column("currency", "status", dictionary(), ["RUB", "USD", "USD"])]);
    expect(mixed.series.map(({ unit, values }) => [unit, [...values]])).to.deep.equal([
      ["RUB", [10, 0]],
      ["USD", [5, 20]],
    ]);
    const alike = chart([stage, amount, column("currency", "status", dictionary(), ["EUR", "EUR", "EUR"])]);
    expect(alike.series.map(({ unit, values }) => [unit, [...values]])).to.deep.equal([["EUR", [15, 20]]]);
  });

  it("prefers stages to other texts and keeps the order they come in", () => {
    const data = chart([
      column("funnel", "status", dictionary(), ["F", "F", "G"]),
      column("stage", "stage", dictionary(), ["Z", "A", "M"], { colors: { Z: "#abc" } }),
      column("count", "count", new Float64(), [1, 9, 3]),
    ]);
    expect(keys(groupRest(data))).to.deep.equal(["Z", "A", "M"]);
    expect(data.categories[0]?.colour).to.equal("#aabbcc");
  });

  it("gives days that brought nothing their place, in the reader's zone", () => {
    const times = ["2026-01-31T21:30:00Z", "2026-04-10T10:00:00Z", "2026-05-02T10:00:00Z"].map(Date.parse);
    const data = chart([
      column("at", "datetime", new TimestampMillisecond("UTC"), times),
      column("sum", "number", new Float64(), [1, 2, 4]),
    ]);
    // Half past nine in the evening in UTC is the next day in Moscow.
    expect(data.grain).to.equal("day");
    expect(keys(data)[0]).to.equal("2026-02-01");
    expect(keys(data)).to.have.length(91);
  });

  it("tells whether the last period has ended", () => {
    const months = (last: string) => ["2025-12-01", last].map((day) => new Date(day));
    const of = (last: string) =>
      chart([column("m", "date", new DateDay(), months(last)), column("n", "count", new Float64(), [1, 2])]);
    expect([of("2026-05-01").incomplete, of("2026-04-01").incomplete]).to.deep.equal([true, false]);
  });

  it("averages percents and leaves absent ones absent", () => {
    const data = chart([
      column("who", "user", new Utf8(), ["A", "A", "B"]),
      column("rate", "percent", new Float64(), [40, 60, null]),
    ]);
    expect([...data.series[0]!.values]).to.deep.equal([50, Number.NaN]);
  });

  it("counts rows where there is no quantity, rows without a value too", () => {
    const data = chart([column("source", "status", dictionary(), ["A", null, "A"])]);
    expect(keys(data)).to.deep.equal(["A", undefined]);
    expect([...data.series[0]!.values]).to.deep.equal([2, 1]);
  });

  it("leaves a rest out that would dwarf every bar, and gathers it in a pie", () => {
    const names = Array.from({ length: 100 }, (_, i) => `n${i}`);
    const columns = [
      column("who", "user", new Utf8(), names),
      column(
        "n",
        "count",
        new Float64(),
        names.map((_, i) => 100 - i),
      ),
    ];
    const bars = groupRest(chart(columns));
    expect([bars.categories.length, bars.categories.some(({ isOther }) => isOther)]).to.deep.equal([
      15,
      false,
    ]);
    const pie = groupRest(chart(columns, { type: "pie" }));
    expect([pie.categories.length, pie.categories.at(-1)?.isOther]).to.deep.equal([7, true]);
    expect(pie.series[0]!.values.reduce((a, b) => a + b)).to.equal(5050);
  });
});

describe("time grain", () => {
  it("is coarse enough for the span to be read", () => {
    const days = (count: number) => Float64Array.from({ length: count }, (_, i) => AS_OF - i * 86_400_000);
    expect([30, 300, 3000].map((n) => chooseGrain(days(n), "UTC"))).to.deep.equal(["day", "month", "year"]);
  });
  it("counts on over ends of months and years", () => {
    const cases: [string, Grain, string][] = [
      ["2024-02-28", "day", "2024-02-29"],
      ["2025-12", "month", "2026-01"],
      ["2025", "year", "2026"],
      ["2025-12-31", "day", "2026-01-01"],
      ["2025-12-29", "week", "2026-01-05"],
      ["2025-Q4", "quarter", "2026-Q1"],
      ["2025-12-31T23", "hour", "2026-01-01T00"],
    ];
    for (const [key, grain, next] of cases) expect(nextPeriod(key, grain)).to.equal(next);
  });
  it("is what the values themselves keep to", () => {
    const days = (...list: string[]) => Float64Array.from(list, (day) => Date.parse(`${day}T00:00:00Z`));
    expect(chooseGrain(days("2026-05-04", "2026-05-11", "2026-05-25"), "UTC")).to.equal("week");
    expect(chooseGrain(days("2025-10-01", "2026-01-01", "2026-04-01"), "UTC")).to.equal("quarter");
    expect(chooseGrain(days("2026-03-01", "2026-04-01"), "UTC")).to.equal("month");
  });
});

describe("month ticks", () => {
  const months = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      key: new Date(Date.UTC(2024, 10 + i, 1)).toISOString().slice(0, 7),
    }));
  it("names as many months as there is room for, Januaries among them", () => {
    expect([...monthTicks(months(6), 600)]).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect([...monthTicks(months(25), 460)]).to.deep.equal([2, 8, 14, 20]);
    expect([...monthTicks(months(25), 200)]).to.deep.equal([2, 14]);
  });
});
