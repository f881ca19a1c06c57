import {
  type Catalogue,
  type CatalogueColumn,
  ChartGrain,
  PeriodUnit,
  type Plan,
  PlanAggregate,
  type PlanFilter,
} from "@b24kit/client/contract";
import fc from "fast-check";
import { isDate, isMeasurable, isNumber } from "../columns.ts";

/** Plans over a catalogue: most are valid, and all are shaped as a model might answer. */
export function anyPlan(catalogue: Catalogue): fc.Arbitrary<Plan> {
  const tables = catalogue.tables.filter(({ entity }) => entity !== null);
  return fc.constantFrom(...tables).chain(({ name: entity, columns }) => {
    const column = fc.constantFrom(...columns);
    const measurable = columns.filter(isMeasurable);
    if (measurable.length === 0) measurable.push(columns[0]!);
    const date = fc.constantFrom(...columns.filter(isDate));
    const number = fc.constantFrom(...measurable);
    const filters = fc.array(column.chain(anyFilter), { maxLength: 2 });
    const term = fc
      .tuple(fc.constantFrom(...PlanAggregate.options.filter((one) => one !== "target")), number, filters)
      .map(([aggregate, { name }, own]) => ({
        aggregate,
        column: aggregate === "count" ? null : name,
        since: null,
        filters: own,
      }));
    const measure = fc.tuple(term, fc.option(term, { freq: 4 })).map(([one, over]) => ({ ...one, over }));
    const dimension = fc.oneof(
      column.map(({ name, ...rest }) => ({
        column: name,
        grain: isDate(rest as CatalogueColumn) ? ("month" as const) : null,
      })),
      fc
        .tuple(date, fc.constantFrom(...ChartGrain.options))
        .map(([{ name }, grain]) => ({ column: name, grain })),
    );
    const period = fc
      .tuple(
        date,
        fc.constantFrom("last", "this", "previous", "between"),
        fc.constantFrom(...PeriodUnit.options),
        fc.nat(20),
      )
      .map(([{ name }, kind, unit, count]) => ({
        ...{ column: name, kind: kind as "last", unit, count: count + 1 },
        ...{ from: "2026-01-15", to: "2026-06-30" },
      }));
    const order = fc.tuple(
      fc.constantFrom("measure", "dimension"),
      fc.nat(1),
      fc.constantFrom("asc", "desc"),
    );
    const grouped = fc
      .tuple(
        fc.array(measure, { minLength: 1, maxLength: 3 }),
        fc.array(dimension, { maxLength: 2 }),
        filters,
        fc.option(period),
        fc.constantFrom(null, null, "previous_period", "previous_year"),
        fc.option(order),
        fc.option(fc.integer({ min: 1, max: 8 })),
        fc.boolean(),
      )
      .map(([measures, dimensions, all, when, compare, by, limit, others]) => ({
        ...{
          entity,
          measures,
          dimensions,
          columns: [],
          filters: all,
          period: when,
          running: false,
          others,
          limit,
        },
        compare: (when ? compare : null) as Plan["compare"],
        order: by && { by: by[0] as "measure", index: by[1], direction: by[2] as "asc" },
        target: null,
      }));
    const listed = fc
      .tuple(fc.uniqueArray(column, { minLength: 1, maxLength: 5, selector: ({ name }) => name }), filters)
      .map(([list, all]) => ({
        ...{
          entity,
          measures: [],
          dimensions: [],
          columns: list.map(({ name }) => name),
          filters: all,
          period: null,
        },
        ...{ compare: null, running: false, order: null, limit: 5, others: false, target: null },
      }));
    return fc.oneof({ weight: 4, arbitrary: grouped }, { weight: 1, arbitrary: listed });
  });
}

function anyFilter(column: CatalogueColumn): fc.Arbitrary<PlanFilter> {
  const filter = (operator: PlanFilter["operator"], values: string[]) => ({
    column: column.name,
    operator,
    values,
  });
  const always = [filter("is_null", []), filter("not_null", [])];
  if (isDate(column)) {
    return fc.constantFrom<PlanFilter>(
      ...[
        ...always,
        filter("gte", ["2026-01-31"]),
        filter("lt", ["today"]),
        filter("between", ["2025-03-01", "today"]),
      ],
      ...[filter("last_n", ["3", "week"]), filter("this_period", ["quarter"]), filter("ne", ["2026-01-31"])],
    );
  }
  const values = column.values?.map(({ code }) => code) ?? [];
  if (values.length > 0) {
    return fc.constantFrom<PlanFilter>(
      ...always,
      filter("eq", values.slice(0, 1)),
      filter("not_in", values.slice(0, 2)),
    );
  }
  if (isNumber(column))
    return fc.constantFrom<PlanFilter>(...always, filter("gt", ["5"]), filter("between", ["1", "100"]));
  if (column.type === "boolean") return fc.constantFrom<PlanFilter>(...always, filter("eq", ["true"]));
  if (column.type === "text")
    return fc.constantFrom<PlanFilter>(...always, filter("contains", ["о%'"]), filter("in", ["а", "б"]));
  return fc.constantFrom<PlanFilter>(...always);
}
