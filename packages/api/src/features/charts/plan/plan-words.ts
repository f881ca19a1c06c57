import type {
  Catalogue,
  ChartGrain,
  Label,
  Plan,
  PlanFilter,
  PlanMeasure,
  PlanTerm,
} from "@b24kit/client/contract";
import { type PlanColumn, resolveColumn } from "./columns.ts";
import { lower, nounPhrase, short } from "./noun-phrase.ts";

/** Group of the records without a value, and of what is beyond the top. */
export const UNSET: Label = { ru: "Не указано", en: "Not set" };
export const OTHERS: Label = { ru: "Прочие", en: "Others" };
export const YES: Label = { ru: "Да", en: "Yes" };
export const NO: Label = { ru: "Нет", en: "No" };

export function isUnset(value: string): boolean {
  return value === UNSET.ru || value === UNSET.en;
}

const label = (ru: string, en: string): Label => ({ ru, en });

const BY: Readonly<Record<string, Label>> = {
  stage: label("по стадиям", "by stage"),
  funnel: label("по воронкам", "by funnel"),
  responsible: label("по менеджерам", "by manager"),
  created_by: label("по создателям", "by creator"),
  source: label("по источникам", "by source"),
  company: label("по компаниям", "by company"),
  contact: label("по контактам", "by contact"),
  currency: label("по валютам", "by currency"),
  type: label("по типам", "by type"),
  result: label("по результату", "by result"),
  industry: label("по отраслям", "by industry"),
  city: label("по городам", "by city"),
  department: label("по отделам", "by department"),
  status: label("по статусам", "by status"),
  priority: label("по приоритету", "by priority"),
  direction: label("по направлениям", "by direction"),
  outcome: label("по исходу", "by outcome"),
  product: label("по товарам", "by product"),
  from_stage: label("по прежним стадиям", "by stage before"),
};

const BY_GRAIN: Readonly<Record<ChartGrain, Label>> = {
  day: label("по дням", "by day"),
  week: label("по неделям", "by week"),
  month: label("по месяцам", "by month"),
  quarter: label("по кварталам", "by quarter"),
  year: label("по годам", "by year"),
  weekday: label("по дням недели", "by weekday"),
  hour: label("по часам", "by hour"),
};

/** "Средняя сумма сделок": figures of the amount itself. */
const AMOUNTS: Readonly<Record<string, Label>> = {
  sum: label("сумма", "amount"),
  avg: label("средняя сумма", "average amount"),
  min: label("минимальная сумма", "smallest amount"),
  max: label("максимальная сумма", "largest amount"),
  median: label("медианная сумма", "median amount"),
};

/** Of any other column, whose gender is not known. */
const FIGURES: Readonly<Record<string, Label>> = {
  avg: label("среднее", "average"),
  min: label("минимум", "minimum"),
  max: label("максимум", "maximum"),
  median: label("медиана", "median"),
  count_distinct: label("разных", "distinct"),
};

const DAYS: Readonly<Record<string, Label>> = {
  sum: label("число дней", "days"),
  avg: label("среднее число дней", "average days"),
  min: label("наименьшее число дней", "fewest days"),
  max: label("наибольшее число дней", "most days"),
  median: label("медианное число дней", "median days"),
};

const map = (make: (locale: "ru" | "en") => string): Label => ({
  ru: capital(make("ru")),
  en: capital(make("en")),
});
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a figure is called: "Сумма выигранных сделок". */
export function measureLabel(catalogue: Catalogue, entity: string, measure: PlanMeasure): Label {
  return figureLabel(catalogue, entity, measure, { filters: [], shown: [] });
}

/** What a title says beside the figure: the plan's filters, and the columns that it is grouped by. */
interface Beside {
  readonly filters: readonly PlanFilter[];
  readonly shown: readonly string[];
}

function figureLabel(catalogue: Catalogue, entity: string, measure: PlanMeasure, beside: Beside): Label {
  const noun = (term: PlanTerm) =>
    nounPhrase(catalogue, entity, distinct([...beside.filters, ...term.filters]), beside.shown);
  const { of, tail } = noun(measure);
  const ended = (say: (locale: keyof Label) => string) =>
    map((locale) => say(locale) + (tail[locale] === "" ? "" : `: ${tail[locale]}`));
  if (isShare(measure)) return ended((l) => (l === "ru" ? `доля ${of.ru}` : `share of ${of.en}`));
  const term = termWords(catalogue, entity, measure, of);
  if (measure.over === null) return ended((locale) => term[locale]);
  const over = termWords(catalogue, entity, measure.over, noun(measure.over).of);
  return ended((locale) => `${term[locale]} / ${lower(over[locale])}`);
}

/** A part of the same: told in percent. */
export function isShare({ over, ...term }: PlanMeasure): boolean {
  return over !== null && over.aggregate === term.aggregate && over.column === term.column;
}

function termWords(
  catalogue: Catalogue,
  entity: string,
  { aggregate, column, since }: PlanTerm,
  of: Label,
): Label {
  if (aggregate === "target") return label("план", "plan");
  if (aggregate === "count") return label(`количество ${of.ru}`, of.en);
  const days = since === null ? undefined : DAYS[aggregate];
  if (days) return label(`${days.ru} у ${of.ru}`, `${days.en} of ${of.en}`);
  const amount = column === "amount" ? AMOUNTS[aggregate] : undefined;
  if (amount) return label(`${amount.ru} ${of.ru}`, `${amount.en} of ${of.en}`);
  const named = column === null ? null : resolveColumn(catalogue, entity, column);
  const name = named?.column.label ?? label(column ?? "", column ?? "");
  const figure = FIGURES[aggregate];
  const [ru, en] = [lower(short(name.ru)), lower(short(name.en))];
  return figure ? label(`${figure.ru}: ${ru}`, `${figure.en}: ${en}`) : label(ru, en);
}

const distinct = (filters: readonly PlanFilter[]) =>
  filters.filter(
    (one, at) => filters.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
  );

/** "по стадиям" */
export function byLabel(named: PlanColumn, grain: ChartGrain | null): Label {
  if (grain !== null) return BY_GRAIN[grain];
  const name = named.column.words ?? named.column.name;
  const { ru, en } = named.column.label;
  // Tasks and calls are everybody's, not the sellers' alone.
  if (name === "responsible" && ["tasks", "calls"].includes(named.table.name))
    return label("по сотрудникам", "by employee");
  return BY[name] ?? label(`по полю «${short(ru)}»`, `by ${lower(short(en))}`);
}

/** A chart's title: what is shown, and by what. */
export function planTitle(catalogue: Catalogue, plan: Plan): Label {
  const by = plan.dimensions.flatMap(({ column, grain }) => {
    const named = resolveColumn(catalogue, plan.entity, column);
    return named ? [byLabel(named, grain)] : [];
  });
  const shown = plan.dimensions.map(({ column }) => column);
  if (shown.join() === "from_stage,stage") return flowTitle(catalogue, plan);
  const { alone, of, tail } = nounPhrase(catalogue, plan.entity, plan.filters, shown);
  const figures = plan.measures.map((measure) =>
    figureLabel(catalogue, plan.entity, measure, { filters: plan.filters.filter(isGrammar), shown }),
  );
  return map((locale) => {
    const and = locale === "ru" ? " и " : " and ";
    const several = locale === "ru" ? `показатели ${of.ru}` : `figures of ${of.en}`;
    const what =
      figures.length === 0
        ? alone[locale]
        : figures.length > 2
          ? several
          : [...new Set(figures.map((one) => lower(one[locale])))].join(and);
    const groups = [...new Set(by.map((one) => one[locale]))].join(and);
    const rest = tail[locale] === "" ? "" : `: ${tail[locale]}`;
    return [what, groups].filter(Boolean).join(" ") + rest;
  });
}

/** What stands beside the noun, not at the title's end. */
const isGrammar = ({ column, operator, values }: PlanFilter) =>
  column === "result" ||
  column === "closed" ||
  column === "repeat_customer" ||
  (operator === "lt" && ["today", "now"].includes(values[0] ?? "")) ||
  ["is_null", "has_none", "contains"].includes(operator);

/** "Переходы сделок между стадиями" */
function flowTitle(catalogue: Catalogue, { entity, filters }: Plan): Label {
  const { tail } = nounPhrase(catalogue, entity, filters, ["from_stage", "stage"]);
  const of = entity === "lead_stage_moves" ? label("лидов", "leads") : label("сделок", "deals");
  const rest = (text: string) => (text === "" ? "" : `: ${text}`);
  return label(
    `Переходы ${of.ru} между стадиями${rest(tail.ru)}`,
    `Moves of ${of.en} between stages${rest(tail.en)}`,
  );
}
