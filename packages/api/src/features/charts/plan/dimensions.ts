import type { CatalogueColumn, ChartGrain, Label, PlanDimension } from "@b24kit/client/contract";
import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import { codesOf, isDate, isNumber, type PlanColumn, sqlOf, twin, wordsOf } from "./columns.ts";
import type { ShapeDimension } from "./compiled-plan.ts";
import { localTime } from "./conditions.ts";
import { NO, UNSET, YES } from "./plan-words.ts";
import type { Scope } from "./scope.ts";

/** One dimension: SQL of its value, code and place in the order for a record, and the columns that it becomes. */
export interface DimensionSql {
  readonly value: string;
  /** What tells groups apart beside the value; null where the value does. */
  readonly code: string | null;
  readonly codeType: string;
  /** Number by which groups are ordered; null where the figures order them. */
  readonly sort: string | null;
  readonly type: "text" | "date" | "integer";
  /** Condition under which a record has a place here; null where what has no value is a group, too. */
  readonly known: string | null;
  readonly info: ColumnInfo;
  readonly codeInfo: ColumnInfo | null;
  readonly shape: ShapeDimension;
}

export function dimensionSql({ column: name, grain }: PlanDimension, scope: Scope): DimensionSql {
  const named = scope.use(name);
  return grain === null ? groups(wordsOf(named), scope) : moments(named, grain, scope);
}

const CLOCK: Readonly<Record<string, { part: string; label: Label }>> = {
  weekday: { part: "isodow", label: { ru: "День недели", en: "Weekday" } },
  hour: { part: "hour", label: { ru: "Час", en: "Hour" } },
};

function moments(named: PlanColumn, grain: ChartGrain, scope: Scope): DimensionSql {
  const field = `${fieldName(named)}_${grain}`;
  const local = shifted(named, localTime(named, scope.parameters, scope.reader), scope);
  // Asked of the column itself: asked of the period, the period would be reckoned twice for each record.
  const known = `${sqlOf(named)} IS NOT NULL`;
  const rest = { code: null, codeType: "text", sort: null, known, codeInfo: null };
  const clock = CLOCK[grain];
  if (clock) {
    return {
      ...rest,
      value: `extract(${clock.part} FROM ${local})::integer`,
      type: "integer",
      info: { name: field, label: clock.label, kind: "number" },
      shape: { field, label: clock.label, kind: "clock", grain, codes: null },
    };
  }
  const { label } = named.column;
  return {
    ...rest,
    value: `date_trunc('${grain}', ${local})::date`,
    type: "date",
    info: { name: field, label, kind: "date" },
    shape: { field, label, kind: "time", grain, codes: null },
  };
}

/** Records of the compared period are counted where they would be in the current one. */
function shifted(named: PlanColumn, local: string, scope: Scope): string {
  const { shift, date } = scope;
  if (shift === null || date === null || sqlOf(date) !== sqlOf(named)) return local;
  const unit = shift.unit === "quarter" ? `${shift.count * 3} month` : `${shift.count} ${shift.unit}`;
  return `(CASE WHEN ${scope.isCurrent} THEN ${local} ELSE ${local} + interval '${unit}' END)`;
}

function groups(words: PlanColumn, scope: Scope): DimensionSql {
  const { column } = words;
  const codes = codesOf(words);
  const field = fieldName(words);
  const stage = column.kind === "stage";
  const info = {
    name: field,
    label: column.label,
    kind: groupKind(column),
    ...colours(codes.column, words !== codes),
  };
  const link = column.link && codes !== words ? { link: column.link } : {};
  const ownCodes = codes !== words && !stage;
  return {
    value: `coalesce(${valueSql(words, scope)}, ${scope.parameters.add(UNSET[scope.reader.locale], "text")})`,
    code: ownCodes ? sqlOf(codes) : null,
    codeType: codes.column.type,
    sort: sortSql(words, codes, scope),
    type: "text",
    known: null,
    info: linksOnly(link, codes) ? { ...info, ...link } : info,
    codeInfo: ownCodes
      ? {
          name: fieldName(codes),
          label: codes.column.label,
          kind: codes.column.kind === "stage" ? "stage" : "id",
        }
      : null,
    shape: {
      field,
      label: column.label,
      kind: stage ? "stage" : "category",
      grain: null,
      codes: ownCodes ? fieldName(codes) : null,
    },
  };
}

/** A link that needs other columns than the group's code leads nowhere from a group. */
function linksOnly({ link }: { link?: string }, codes: PlanColumn): boolean {
  const slots = [...(link ?? "").matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot);
  return slots.length > 0 && slots.every((slot) => slot === codes.column.name) && codes.alias === "t";
}

function groupKind(column: CatalogueColumn): ColumnInfo["kind"] {
  if (column.kind === "boolean" || isNumber(column) || isDate(column)) return "status";
  return column.kind;
}

function colours({ values = [] }: CatalogueColumn, byLabel: boolean): Pick<ColumnInfo, "colors"> {
  const coloured = values.filter(({ color }) => color !== undefined);
  if (coloured.length === 0) return {};
  return {
    colors: Object.fromEntries(coloured.map(({ code, label, color }) => [byLabel ? label.ru : code, color!])),
  };
}

/** SQL of what people read: words of the reader's language where the view holds codes of ours. */
export function valueSql(words: PlanColumn, { parameters, reader }: Scope): string {
  const { column } = words;
  const sql = sqlOf(words);
  const word = (label: Label) => parameters.add(label[reader.locale], "text");
  if (column.type === "boolean")
    return `CASE WHEN ${sql} THEN ${word(YES)} WHEN NOT ${sql} THEN ${word(NO)} END`;
  // Sums beside it name their unit by this column: it stays a code.
  const isUnit = words.table.columns.some(({ unit }) => unit === `{${column.name}}`);
  if (isUnit) return `${sql}::text`;
  const named = column.values?.filter(({ code, label }) => label[reader.locale] !== code) ?? [];
  if (named.length === 0 || named.length > 50) return `${sql}::text`;
  const cases = named.map(({ code, label }) => `WHEN ${parameters.add(code, "text")} THEN ${word(label)}`);
  return `CASE ${sql}::text ${cases.join(" ")} ELSE ${sql}::text END`;
}

/** Stages as the portal orders them, numbers by size, short closed lists as they are given. */
function sortSql(words: PlanColumn, codes: PlanColumn, { parameters }: Scope): string | null {
  const { column } = words;
  if (column.kind === "stage") {
    const order = twin(words, `${column.name}_order`);
    return order ? sqlOf(order) : null;
  }
  if (isNumber(column)) return `${sqlOf(words)}::numeric`;
  const semantic = codes === words && column.values?.every(({ semantic: known }) => known !== undefined);
  if (!semantic || !column.values?.length) return null;
  const places = column.values.map(({ code, order }) => `WHEN ${parameters.add(code, "text")} THEN ${order}`);
  return `CASE ${sqlOf(words)} ${places.join(" ")} END`;
}

/** The column's name, with the view it comes from where that is another one. */
export function fieldName({ alias, column }: PlanColumn): string {
  return (alias === "t" ? column.name : `${alias}_${column.name}`).slice(0, 50);
}
