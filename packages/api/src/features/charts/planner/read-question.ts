import type { CatalogueTable, ChartForm, ChartGrain, PlanFilter, PlanPeriod } from "@b24kit/client/contract";
import { findColumn } from "../catalogue.ts";
import type { Reader } from "../plan/day.ts";
import {
  BOTH_COUNTED_AND_GROUPED,
  DIMENSIONS,
  EMPTY,
  ENTITIES,
  FORMS,
  GRAINS,
  MOVES,
  OF_STAGES,
  SLANG,
} from "./lexicon.ts";
import { type MeasureWish, readMeasure } from "./read-measure.ts";
import { readPeriod } from "./read-period.ts";
import { gatherValues, type NamedValue, readNumbers, readValues } from "./read-values.ts";
import { ReadingText, words } from "./reading-text.ts";

/** Everything that was understood of a question. */
export interface Reading {
  readonly entities: readonly string[];
  readonly measure: MeasureWish | null;
  readonly results: readonly ("won" | "lost" | "open")[];
  readonly dimensions: readonly string[];
  readonly grains: readonly ChartGrain[];
  readonly period: PlanPeriod | null;
  readonly secondPeriod: PlanPeriod | null;
  readonly compare: "previous_period" | "previous_year" | null;
  readonly contains: string | null;
  readonly quoted: string | null;
  readonly without: string | null;
  readonly withoutEntity: string | null;
  readonly overdue: boolean;
  readonly closed: boolean;
  readonly repeat: boolean;
  /** It is asked how records go from stage to stage. */
  readonly moves: boolean;
  readonly top: number | null;
  readonly ranked: "desc" | "asc" | null;
  readonly running: boolean;
  readonly listed: boolean;
  readonly form: ChartForm | null;
  readonly target: number | null;
  readonly planned: boolean;
  readonly amount: PlanFilter | null;
  readonly followsUp: boolean;
  readonly values: readonly NamedValue[];
  /** Columns of numbers that are named by their labels. */
  readonly numbers: readonly string[];
  /** Words that were not understood and might matter. */
  readonly left: readonly string[];
}

export interface ReadingTables {
  /** The tables whose values may be named; the first is the likeliest. */
  pick(entity: string | null): CatalogueTable | null;
}

/** Reads a question by taking out, one after another, what it is known to say. */
export function readQuestion(question: string, reader: Reader, tables: ReadingTables): Reading {
  const quoted = /[«"“„']([^«»"“”„']{2,60})[»"”“']/.exec(question)?.[1]?.trim() ?? null;
  const text = new ReadingText(
    quoted === null ? question : question.replace(/[«"“„'][^«»"“”„']{2,60}[»"”“']/, " "),
  );
  for (const [pattern, plain] of SLANG) text.text = text.text.replace(new RegExp(pattern, "gu"), plain);

  const followsUp = text.take(/^ (?:а |и )?(?:теперь|еще|а|now|and|what about|then)(?= )/u) !== null;
  const { contains } = readContains(text, quoted);
  const without = readWithout(text);
  const target = readTarget(text);
  const compare = readCompare(text);
  const grains = readGrains(text);
  const period = readPeriod(text, reader);
  const secondPeriod = period && readPeriod(text, reader);
  const running =
    text.take(words("накопительн*(?: итог*)?|нарастающ*(?: итог*)?|running total|cumulative")) !== null;
  const overdue = text.take(words("просроч*|overdue")) !== null;
  const moves = readMoves(text);
  const done = text.has(OF_TASKS) && text.take(DONE) !== null;
  const results = readResults(text);
  const amount = readAmount(text);
  const measure = readMeasure(text);
  const top = readTop(text);
  const form = readForm(text);
  const { entities, dimensions, arrows } = readNouns(text);
  const table = tables.pick(moves ? movesOf(entities) : (entities[0] ?? null));
  const inWork = text.has(words(IN_WORK));
  const named = table ? readValues(text, table).map((value) => orStillOpen(value, inWork)) : [];
  const { values, several } = gatherValues(named);
  if (text.take(words(IN_WORK))) results.push("open");
  const numbers = table ? readNumbers(text, table) : [];
  if (numbers.length > 0) text.take(words("против|зависимость|зависит"));
  // "источник Авито": the noun belongs to the value.
  const grouped = dimensions.filter(
    ({ place, column }) => !values.some(({ filter }) => isOf(filter.column, column) && !place),
  );
  const beside = several.map((column) => findColumn(table!, column)?.words ?? column);
  const room = 2 - grains.length - grouped.length;
  const closed = text.take(words("закрыт*|closed|завершен*")) !== null || done;
  const repeat = text.take(words("повторн*|repeat")) !== null;
  text.take(words("новых|новые|новый|новая|новое|new"));
  const listed = text.take(words("список|списком|перечисли*|перечень|list")) !== null;
  const planned = text.take(words("план|плана|плану|планом|планы|plan|plans")) !== null && target === null;
  text.take(words("факт|факта|fact|выполнени*|прогресс*|progress"));
  return {
    // The best products are those that brought most.
    measure: measure ?? (top !== null && entities.includes("product_rows") ? "revenue" : null),
    ...{ entities, results, grains, period, secondPeriod, compare, contains, quoted },
    ...{
      ...without,
      overdue,
      closed,
      repeat,
      moves,
      running,
      listed,
      form,
      target,
      planned,
      amount,
      followsUp,
      values,
      numbers,
    },
    dimensions: [...new Set([...grouped.map(({ column }) => column), ...beside.slice(0, Math.max(0, room))])],
    top: top?.count ?? null,
    ranked: top?.direction ?? null,
    left: [
      ...text
        .words()
        .map(({ word }) => word)
        .filter((word) => !EMPTY.has(word)),
      ...(arrows ? ["→"] : []),
    ],
  };
}

const OF_TASKS = words("задач*|tasks|task");
const DONE = words("закрыл*|завершил*|выполнил*|выполнен*|сделал*|completed|finished|done");

/** "Движение сделок по стадиям": the stages are those that are moved between, not what is grouped by. */
function readMoves(text: ReadingText): boolean {
  const ofStages = text.has(OF_STAGES) || text.has(words("воронк* (?:переход*|движени*)"));
  if (!ofStages || !text.take(MOVES)) return false;
  text.take(OF_STAGES);
  return true;
}

/** The view of the moves of these. */
export function movesOf(entities: readonly string[]): string {
  return entities.includes("leads") ? "lead_stage_moves" : "stage_moves";
}

const IN_WORK = "в работе|in progress|in work";

/** "В работе" is what a stage may be called, and what every deal is that has not ended. */
function orStillOpen(value: NamedValue, inWork: boolean): NamedValue {
  if (!inWork || !/работ|progress|work/.test(value.word)) return value;
  return { ...value, others: [...value.others, { column: "result", operator: "eq", values: ["open"] }] };
}

const isOf = (column: string, dimension: string) => column === dimension || column === `${dimension}_id`;

function readContains(text: ReadingText, quoted: string | null): { contains: string | null } {
  const said = text.take(
    words(
      "(?:с|со|в)? ?(?:назван*|заголов*|имен*)|(?:with )?(?:titles?|names?)(?: containing| contains?| with)?|containing|contains|содержа*",
    ),
  );
  return { contains: said && quoted ? quoted : null };
}

const LACKED: readonly (readonly [string, RegExp])[] = [
  ["company", words("без компани*|(?:with no|without(?: a| any)?|no) company")],
  ["contact", words("без контакт*|(?:with no|without(?: a| any)?|no) contacts?")],
  ["source", words("без источник*|(?:with no|without(?: a| any)?|no) source")],
  ["amount", words("без сумм*|(?:with no|without(?: an| any)?|no) amount")],
  ["responsible", words("без ответственн*|(?:with no|without(?: a| any)?|no) (?:responsible|manager)")],
];

function readWithout(text: ReadingText): { without: string | null; withoutEntity: string | null } {
  const entity = text.take(
    words("без (сделок|сделки|лидов|контактов)|(?:with no|without(?: any)?) (deals|leads|contacts)"),
  );
  const word = entity?.[1] ?? entity?.[2];
  const withoutEntity =
    word === undefined
      ? null
      : /сдел|deal/.test(word)
        ? "deals"
        : /лид|lead/.test(word)
          ? "leads"
          : "contacts";
  return { without: LACKED.find(([, pattern]) => text.take(pattern))?.[0] ?? null, withoutEntity };
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:млрд|миллиард|b|bn|billion)/, 1e9],
  [/^(?:млн|миллион|m|mln|million)/, 1e6],
  [/^(?:тыс|тысяч|k|к|thousand)/, 1e3],
];
const FIGURE =
  "(\\d+(?:[ .,]\\d+){0,5}) ?(млрд|миллиард*|млн|миллион*|тыс*|к|k|m|mln|bn|million|thousand|billion)?(?: (?:руб*|р|₽|rub))?";

function figure(digits: string, scale: string | undefined): number {
  const number = Number(digits.replace(/ (?=\d{3})/g, "").replace(",", "."));
  return number * (SCALES.find(([pattern]) => scale && pattern.test(scale))?.[1] ?? 1);
}

function readTarget(text: ReadingText): number | null {
  const match =
    text.take(
      words(`(?:план*|цель|целью|target|goal|plan)(?: на месяц| на год| на квартал| of)? ${FIGURE}`),
    ) ?? text.take(words(`${FIGURE} (?:target|goal|plan)`));
  return match ? figure(match[1]!, match[2]) : null;
}

function readAmount(text: ReadingText): PlanFilter | null {
  const more = text.take(
    words(`(?:дороже|больше|более|свыше|крупнее|over|above|more than|larger than) ${FIGURE}`),
  );
  if (more) return { column: "amount", operator: "gt", values: [String(figure(more[1]!, more[2]))] };
  const less = text.take(words(`(?:дешевле|меньше|менее|under|below|less than) ${FIGURE}`));
  return less ? { column: "amount", operator: "lt", values: [String(figure(less[1]!, less[2]))] } : null;
}

function readCompare(text: ReadingText): Reading["compare"] {
  const year = words(
    "(?:по сравнению |в сравнении |сравн* )?(?:с |со |к |против |vs )?(?:прошл* год*|год* назад|last year|a year ago|year over year|yoy)",
  );
  const against = words("против|vs|versus|по сравнению|сравн*|относительно|compared|compare|against");
  if (!text.has(against)) return null;
  const matched = text.take(
    words(
      "(?:против|vs|versus|по сравнению с|по сравнению со|сравн* с|сравн* со|относительно|compared to|compared with|against) (?:прошл*|предыдущ*|last|previous|the previous|the last)(?: (?:недел*|месяц*|квартал*|период*|week|month|quarter|period))?",
    ),
  );
  if (matched) return /год|year/.test(matched[0]) ? "previous_year" : "previous_period";
  return text.take(year) ? "previous_year" : null;
}

function readGrains(text: ReadingText): ChartGrain[] {
  const found = GRAINS.flatMap(([grain, pattern]) => {
    const match = pattern.exec(text.text);
    if (!match) return [];
    text.take(pattern);
    return [grain];
  });
  // "по дням недели и часам", "by weekday and hour"
  return [...new Set(found)];
}

function readResults(text: ReadingText): ("won" | "lost" | "open")[] {
  const won = text.take(words("выигран*|выиграл*|успешн*|won|win|заключен*"));
  const lost = text.take(words("проигран*|проиграл*|провал*|lost|потерян*|сорван*"));
  const open = text.take(words("открыт*|незакрыт*|активн*|open"));
  return [
    ...(won ? (["won"] as const) : []),
    ...(lost ? (["lost"] as const) : []),
    ...(open ? (["open"] as const) : []),
  ];
}

function readTop(text: ReadingText): { count: number | null; direction: "desc" | "asc" } | null {
  const counted = text.take(
    words(
      "(?:топ|top)[- ]?(\\d+)|(\\d+) (?:лучш*|крупнейш*|больш*|best|largest|biggest|top)|(?:лучш*|первые|best|first) (\\d+)",
    ),
  );
  if (counted) return { count: Number(counted[1] ?? counted[2] ?? counted[3]), direction: "desc" };
  if (
    text.take(
      words(
        "топ|top|лучше всего|лучше всех|лучш*|best|больше всех|больше всего|крупнейш*|самые крупные|самый|самая|largest|biggest|the most",
      ),
    )
  )
    return { count: null, direction: "desc" };
  return text.take(words("худш*|worst|меньше всех|меньше всего")) ? { count: null, direction: "asc" } : null;
}

function readForm(text: ReadingText): ChartForm | null {
  return FORMS.find(([, pattern]) => text.take(pattern))?.[0] ?? null;
}

interface Noun {
  readonly column: string;
  /** Whether a preposition says that it is to be grouped by. */
  readonly place: boolean;
}

const BY = "(?:по|by|per|в разрезе|на каждого|на каждую|на каждый|у каждого|across|for each|among|between)";

/** What is counted, and by what: "сделки по воронкам и стадиям". */
function readNouns(text: ReadingText): { entities: string[]; dimensions: Noun[]; arrows: boolean } {
  const arrows = /→|->|=>/.test(text.text);
  const dimensions: Noun[] = [];
  if (
    text.take(
      words("откуда(?: приходят| пришли| берутся)?|where do|where (?:are|do) .{0,20}come from|come from"),
    )
  )
    dimensions.push({ column: "source", place: true });
  if (text.has(words("(?:какие|каких|which|what) (?:товар*|products|goods)")))
    dimensions.push({ column: "product", place: true });
  if (text.take(words("кто"))) dimensions.push({ column: "responsible", place: true });
  for (const { column, words: forms } of DIMENSIONS) {
    const chained = text.take(words(`${BY} (?:${forms})`));
    if (chained) dimensions.push({ column, place: true });
  }
  for (const { column, words: forms } of DIMENSIONS) {
    if (BOTH_COUNTED_AND_GROUPED.has(column)) continue;
    if (!dimensions.some((one) => one.column === column) && text.take(words(`(?:и|and|,)? ?(?:${forms})`))) {
      dimensions.push({ column, place: false });
    }
  }
  const said = ENTITIES.filter(([, pattern]) => text.has(pattern));
  // Leads that came by a call: a source is called so, too.
  const meant = said.filter(([name]) => name !== "calls" || said.length === 1);
  const places = meant.map(([name, pattern]) => ({ name, at: pattern.exec(text.text)!.index }));
  for (const [, pattern] of meant) while (text.take(pattern));
  return { entities: places.sort((a, b) => a.at - b.at).map(({ name }) => name), dimensions, arrows };
}
