import type { Catalogue, Label, PlanFilter } from "@b24kit/client/contract";
import { findTable } from "../catalogue.ts";
import { codesOf, resolveColumn, wordsOf } from "./columns.ts";

/** Records and what is said of them: "выигранных сделок без компании". */
export interface NounPhrase {
  /** After a figure, in the genitive: "сумма выигранных сделок". */
  readonly of: Label;
  /** By itself: "Выигранные сделки". */
  readonly alone: Label;
  /** Values that no grammar holds, to stand at the end: "Авито". */
  readonly tail: Label;
}

interface Adjective {
  readonly of: string;
  readonly alone: string;
  readonly en: string;
}

const label = (ru: string, en: string): Label => ({ ru, en });
const adjective = (of: string, alone: string, en: string): Adjective => ({ of, alone, en });

const OF: Readonly<Record<string, Label>> = {
  deals: label("сделок", "deals"),
  leads: label("лидов", "leads"),
  contacts: label("контактов", "contacts"),
  companies: label("компаний", "companies"),
  stage_moves: label("переходов сделок", "deals' moves"),
  lead_stage_moves: label("переходов лидов", "leads' moves"),
  tasks: label("задач", "tasks"),
  calls: label("звонков", "calls"),
  product_rows: label("товаров в % сделках", "products of % deals"),
};
/** Where it is not the records that are won: `%` is where that is said. */
const ALONE: Readonly<Record<string, Label>> = {
  product_rows: label("товары в % сделках", "products of % deals"),
};

const RESULTS: Readonly<Record<string, Adjective>> = {
  won: adjective("выигранных", "выигранные", "won"),
  lost: adjective("проигранных", "проигранные", "lost"),
  open: adjective("открытых", "открытые", "open"),
};
const OVERDUE = adjective("просроченных", "просроченные", "overdue");
const CLOSED: Readonly<Record<string, Adjective>> = {
  true: adjective("завершённых", "завершённые", "closed"),
  false: adjective("незавершённых", "незавершённые", "open"),
};
const REPEAT = adjective("повторных", "повторные", "repeat");

const WITHOUT: Readonly<Record<string, Label>> = {
  company: label("без компании", "without a company"),
  contact: label("без контакта", "without a contact"),
  source: label("без источника", "without a source"),
  responsible: label("без ответственного", "without a responsible"),
  amount: label("без суммы", "without an amount"),
};

const MOST_LETTERS = 60;
const MOST_VALUES = 3;
const SIGNS: Readonly<Record<string, string>> = { gt: ">", gte: "≥", lt: "<", lte: "≤" };

/** @param shown columns that the chart is grouped by: what they show need not be said */
export function nounPhrase(
  catalogue: Catalogue,
  entity: string,
  filters: readonly PlanFilter[],
  shown: readonly string[] = [],
): NounPhrase {
  const said = new Set(shown.flatMap((name) => [name, `${name}_id`]));
  const phrase = new Phrase(catalogue, entity);
  const late = filters.find(
    ({ column, operator }) => operator === "lt" && /^(close_date|deadline)$/.test(column),
  );
  const overdue = late !== undefined && ["today", "now"].includes(late.values[0] ?? "");
  if (overdue) phrase.adjectives.push(OVERDUE);
  // What is overdue is open; saying both would be saying it twice.
  const rest = filters.filter((filter) => !(overdue && (filter === late || isOpen(filter))));
  for (const filter of rest) if (!said.has(filter.column)) phrase.add(filter);
  return phrase.say();
}

const isOpen = ({ column, values }: PlanFilter) =>
  (column === "result" && values.join() === "open") || (column === "closed" && values.join() === "false");

class Phrase {
  readonly adjectives: Adjective[] = [];
  private readonly after: Label[] = [];
  private readonly tail: Label[] = [];

  constructor(
    private readonly catalogue: Catalogue,
    private readonly entity: string,
  ) {}

  add(filter: PlanFilter): void {
    const { column, operator, values } = filter;
    const one = operator === "eq" || operator === "in";
    if (column === "result" && one) this.adjectives.push(...values.flatMap((value) => RESULTS[value] ?? []));
    else if (column === "closed" && operator === "eq" && CLOSED[values[0]!])
      this.adjectives.push(CLOSED[values[0]!]!);
    else if (column === "repeat_customer" && values[0] === "true") this.adjectives.push(REPEAT);
    else if (operator === "is_null") this.after.push(this.without(column));
    else if (operator === "has_none") this.after.push(this.withoutRecords(column));
    else if (operator === "contains") this.after.push(this.containing(column, values[0]!));
    else if (one || operator in SIGNS) this.tail.push(this.valuesOf(filter));
  }

  private without(column: string): Label {
    const name = column.replace(/_id$/, "");
    const { ru, en } = this.nameOf(column);
    return WITHOUT[name] ?? label(`без поля «${short(ru)}»`, `without “${short(en)}”`);
  }

  private withoutRecords(view: string): Label {
    const of = OF[view] ?? findTable(this.catalogue, view)?.label ?? label(view, view);
    return label(`без ${lower(of.ru)}`, `without ${lower(of.en)}`);
  }

  private containing(column: string, text: string): Label {
    const { ru, en } = this.nameOf(column);
    const title = column === "title";
    return label(
      `с «${short(text)}» в ${title ? "названии" : `поле «${short(ru)}»`}`,
      `with “${short(text)}” in ${title ? "the title" : `“${short(en)}”`}`,
    );
  }

  private valuesOf({ column, operator, values }: PlanFilter): Label {
    const named = resolveColumn(this.catalogue, this.entity, column);
    const known = named && codesOf(named).column.values;
    const words = values
      .slice(0, MOST_VALUES)
      .map((value) => known?.find(({ code }) => code === value)?.label ?? label(value, value));
    const join = (locale: keyof Label) => [...new Set(words.map((word) => short(word[locale])))].join(", ");
    const more = values.length > MOST_VALUES ? "…" : "";
    const sign = SIGNS[operator];
    if (sign === undefined) return label(`${join("ru")}${more}`, `${join("en")}${more}`);
    const name = this.nameOf(column);
    return label(`${lower(name.ru)} ${sign} ${join("ru")}`, `${lower(name.en)} ${sign} ${join("en")}`);
  }

  private nameOf(column: string): Label {
    const named = resolveColumn(this.catalogue, this.entity, column);
    return named ? wordsOf(named).column.label : label(column, column);
  }

  say(): NounPhrase {
    const own =
      ALONE[this.entity] ?? findTable(this.catalogue, this.entity)?.label ?? label(this.entity, this.entity);
    const of = OF[this.entity] ?? label(`записей «${short(own.ru)}»`, lower(own.en));
    const end = (locale: keyof Label) => this.after.map((one) => ` ${one[locale]}`).join("");
    const en = and(
      this.adjectives.map((one) => one.en),
      "and",
    );
    const before = (form: "of" | "alone") =>
      and(
        this.adjectives.map((one) => one[form]),
        "и",
      );
    const put = (adjectives: string, noun: string) =>
      (noun.includes("%") ? noun.replace("%", () => adjectives) : `${adjectives} ${noun}`)
        .replace(/ {2,}/g, " ")
        .trim();
    return {
      of: label(put(before("of"), of.ru) + end("ru"), put(en, of.en) + end("en")),
      alone: label(put(before("alone"), lower(own.ru)) + end("ru"), put(en, lower(own.en)) + end("en")),
      tail: label(this.tail.map(({ ru }) => ru).join(", "), this.tail.map((one) => one.en).join(", ")),
    };
  }
}

/** "выигранных и проигранных" */
function and(words: readonly string[], conjunction: string): string {
  return [...new Set(words)].join(` ${conjunction} `);
}

/** Words of a portal's people on one line, and no more of them than a title holds. */
export function short(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return [...line].length > MOST_LETTERS ? `${[...line].slice(0, MOST_LETTERS).join("")}…` : line;
}

/** An abbreviation stays one. */
export function lower(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
