import type { PeriodUnit, PlanPeriod } from "@b24kit/client/contract";
import { add, isDay, type Reader, today } from "../plan/day.ts";
import { type ReadingText, words } from "./reading-text.ts";

const UNITS: readonly (readonly [PeriodUnit, string])[] = [
  ["day", "дня|дней|день|дни|сутки|суток|days|day"],
  ["week", "неделю|недели|недель|неделя|неделе|weeks|week"],
  ["month", "месяца|месяцев|месяц|месяце|мес|months|month"],
  ["quarter", "квартала|кварталов|квартал|квартале|кв|quarters|quarter"],
  ["year", "года|лет|год|году|годы|years|year"],
];
const ANY_UNIT = UNITS.map(([, forms]) => forms).join("|");

const unitOf = (word: string): PeriodUnit =>
  UNITS.find(([, forms]) => forms.split("|").includes(word))?.[0] ?? "month";

const MONTHS: readonly string[] = [
  ...["январ(?:ь|я|е|ю)|january|jan", "феврал(?:ь|я|е|ю)|february|feb", "март(?:а|е|у)?|march|mar"],
  ...[
    "апрел(?:ь|я|е|ю)|april|apr",
    "ма(?:й|я|е|ю)|may",
    "июн(?:ь|я|е|ю)|june|jun",
    "июл(?:ь|я|е|ю)|july|jul",
  ],
  ...[
    "август(?:а|е|у)?|august|aug",
    "сентябр(?:ь|я|е|ю)|september|sep|sept",
    "октябр(?:ь|я|е|ю)|october|oct",
  ],
  ...["ноябр(?:ь|я|е|ю)|november|nov", "декабр(?:ь|я|е|ю)|december|dec"],
];

const plain = { column: null, unit: null, count: null, from: null, to: null } as const;
const last = (unit: PeriodUnit, count: number): PlanPeriod => ({ ...plain, kind: "last", unit, count });
const between = (from: string, to: string): PlanPeriod => ({ ...plain, kind: "between", from, to });

/** A stretch of a bare unit, back from now: "за год" is twelve months, "за месяц" thirty days. */
const STRETCHES: Readonly<Record<PeriodUnit, PlanPeriod>> = {
  day: last("day", 1),
  week: last("day", 7),
  month: last("day", 30),
  quarter: last("day", 90),
  year: last("month", 12),
};

type Rule = readonly [RegExp, (match: RegExpExecArray, reader: Reader) => PlanPeriod | null];

const QUARTER_WORDS = ["перв", "втор", "трет", "четверт"];

const RULES: readonly Rule[] = [
  [
    words(
      "(?:за |в |во |in )?(?:q([1-4])|([1-4])-?(?:й|ый|ой|м|ом)? (?:квартал|квартале|кв))(?: (\\d{4}))?(?: год*| г)?",
    ),
    quarter,
  ],
  [words("(?:за |в |во )?(перв|втор|трет|четверт)* квартал*(?: (\\d{4}))?(?: год*)?"), namedQuarter],
  [
    words(
      "(?:с|from) (\\d{4}-\\d\\d-\\d\\d|\\d\\d?\\.\\d\\d?\\.\\d{4}) (?:по|до|to|till|until) (\\d{4}-\\d\\d-\\d\\d|\\d\\d?\\.\\d\\d?\\.\\d{4})",
    ),
    ([, from, to]) => dates(from!, to!),
  ],
  [
    words(
      `(?:за |в |for |in |over )?(?:the )?(?:последн*|крайн*|last|past|прошедш*) (\\d{1,3}) (${ANY_UNIT})`,
    ),
    ([, count, unit]) => last(unitOf(unit!), Number(count)),
  ],
  [
    words(`(?:за|for|in|over) (\\d{1,3}) (${ANY_UNIT})`),
    ([, count, unit]) => last(unitOf(unit!), Number(count)),
  ],
  [words("(?:с начала года|year to date|ytd)"), () => ({ ...plain, kind: "this", unit: "year" })],
  [words("(?:с начала месяца|month to date|mtd)"), () => ({ ...plain, kind: "this", unit: "month" })],
  [
    words(`(?:за |в |на |for |in )?(?:эт(?:ом|от|у|ой|ого)|текущ*|нынешн*|this|current) (${ANY_UNIT})`),
    ([, unit]) => ({ ...plain, kind: "this", unit: unitOf(unit!) }),
  ],
  [
    words(`(?:за |в |на |for |in )?(?:прошл*|предыдущ*|last|previous) (${ANY_UNIT})`),
    ([, unit]) => ({ ...plain, kind: "previous", unit: unitOf(unit!), count: 1 }),
  ],
  [words(`(?:за )?последн* (${ANY_UNIT})`), ([, unit]) => STRETCHES[unitOf(unit!)]],
  [words("(?:за )?(?:сегодня|today)"), () => ({ ...plain, kind: "this", unit: "day" })],
  [words("(?:за )?(?:вчера|yesterday)"), () => ({ ...plain, kind: "previous", unit: "day", count: 1 })],
  [words("(?:за|в|in|for|during) (\\d{4})(?: год*| г)?"), ([, year]) => wholeYear(year!)],
  [words("(\\d{4}) (?:год*|г)"), ([, year]) => wholeYear(year!)],
  [
    words("(?:за |на |for (?:the )?)(неделю|месяц|квартал|год|week|month|quarter|year)"),
    ([, unit]) => STRETCHES[unitOf(unit!)],
  ],
];

/** Takes the period out of a question; null where it names none. */
export function readPeriod(text: ReadingText, reader: Reader): PlanPeriod | null {
  return month(text, reader) ?? ruled(text, reader);
}

function ruled(text: ReadingText, reader: Reader): PlanPeriod | null {
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(text.text);
    const period = match && make(match, reader);
    if (!period) continue;
    text.take(pattern);
    return period;
  }
  return null;
}

function month(text: ReadingText, reader: Reader): PlanPeriod | null {
  for (const [index, forms] of MONTHS.entries()) {
    const match = text.take(words(`(?:за |в |for |in |during )?(?:${forms})(?: (\\d{4}))?(?: год*| г)?`));
    if (match) return wholeMonth(index + 1, match[1], reader);
  }
  return null;
}

/** Without a year: the latest one that has begun. */
function wholeMonth(number: number, year: string | undefined, reader: Reader): PlanPeriod {
  const now = today(reader);
  const of = (y: number) => `${y}-${String(number).padStart(2, "0")}-01`;
  const thisYear = Number(now.slice(0, 4));
  const first = of(year ? Number(year) : of(thisYear) <= now ? thisYear : thisYear - 1);
  return between(first, add(add(first, "month", 1), "day", -1));
}

function quarter([, latin, digit, year]: RegExpExecArray, reader: Reader): PlanPeriod {
  return wholeQuarter(Number(latin ?? digit), year, reader);
}

function namedQuarter([, word, year]: RegExpExecArray, reader: Reader): PlanPeriod {
  return wholeQuarter(QUARTER_WORDS.indexOf(word!) + 1, year, reader);
}

function wholeQuarter(number: number, year: string | undefined, reader: Reader): PlanPeriod {
  const now = today(reader);
  const of = (y: number) => `${y}-${String(number * 3 - 2).padStart(2, "0")}-01`;
  const thisYear = Number(now.slice(0, 4));
  const first = of(year ? Number(year) : of(thisYear) <= now ? thisYear : thisYear - 1);
  return between(first, add(add(first, "quarter", 1), "day", -1));
}

function wholeYear(year: string): PlanPeriod | null {
  return Number(year) >= 1900 && Number(year) <= 2100 ? between(`${year}-01-01`, `${year}-12-31`) : null;
}

function dates(from: string, to: string): PlanPeriod | null {
  const [first, second] = [from, to].map(isoDay) as [string, string];
  return isDay(first) && isDay(second) && first <= second ? between(first, second) : null;
}

function isoDay(text: string): string {
  const russian = /^(\d\d?)\.(\d\d?)\.(\d{4})$/.exec(text);
  if (!russian) return text;
  return `${russian[3]}-${russian[2]!.padStart(2, "0")}-${russian[1]!.padStart(2, "0")}`;
}
