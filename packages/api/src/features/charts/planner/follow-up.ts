import type { Catalogue, Plan } from "@b24kit/client/contract";
import { findTable } from "../catalogue.ts";
import { mainDate } from "../plan/columns.ts";
import { filtersOf } from "./planned-filters.ts";
import { measuresOf } from "./planned-measures.ts";
import type { Reading } from "./read-question.ts";

/** "А теперь по неделям": what is said replaces its like in the plan before; null where a new question is asked. */
export function followUp(reading: Reading, before: Plan | null, catalogue: Catalogue): Plan | null {
  const table = before && findTable(catalogue, before.entity);
  if (!before || !table || before.columns.length > 0) return null;
  const { entities, measure, grains, dimensions, period, compare, followsUp, top, form, withoutEntity } =
    reading;
  const filters = filtersOf(reading, table);
  const changes =
    grains.length + dimensions.length + filters.length > 0 ||
    [period, compare, top, form, followsUp ? measure : null].some((said) => said !== null);
  const own = entities.length > 0 || withoutEntity !== null || (measure !== null && !followsUp);
  if (own || !changes || (!followsUp && reading.left.length > 0)) return null;
  const date =
    before.dimensions.find(({ grain }) => grain !== null)?.column ??
    before.period?.column ??
    mainDate(table)?.name ??
    "created";
  const timed =
    grains.length > 0
      ? grains.map((grain) => ({ column: date, grain }))
      : before.dimensions.filter(({ grain }) => grain !== null);
  const grouped =
    dimensions.length > 0
      ? dimensions.map((column) => ({ column, grain: null }))
      : before.dimensions.filter(({ grain }) => grain === null);
  const fields = filters.map(({ column }) => column);
  return {
    ...before,
    measures: (measure === null ? null : measuresOf(reading, table)) ?? before.measures,
    dimensions: [...timed, ...grouped].slice(0, 2),
    filters: [...before.filters.filter(({ column }) => !fields.includes(column)), ...filters],
    period: period ? { ...period, column: date } : before.period,
    compare: compare ?? before.compare,
    limit: top ?? before.limit,
  };
}
