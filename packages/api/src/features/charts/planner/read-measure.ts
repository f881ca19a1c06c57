import { type ReadingText, words } from "./reading-text.ts";

/** What a question wants to know, before it is known of what. */
export type MeasureWish =
  | "count"
  | "amount"
  | "revenue"
  | "average"
  | "median_amount"
  | "maximum"
  | "minimum"
  | "days_median"
  | "days_average"
  | "conversion"
  | "loss_rate"
  | "win_rate"
  | "share"
  | "overview"
  | "sales_count_or_sum";

/** In this order: the longer expression holds the shorter one. */
const MEASURES: readonly (readonly [MeasureWish, RegExp])[] = [
  ["sales_count_or_sum", words("сколько(?: было| у нас)? продаж|how many sales")],
  [
    "days_median",
    words(
      "медиан* (?:дней|срок*|времени)(?: до)?(?: закрыти*| сделк*)?(?: сделк*)?|median (?:days|time)(?: to)?(?: close| closing)?",
    ),
  ],
  [
    "days_average",
    words(
      "средн* (?:срок*|цикл*|время|длительност*)(?: до)?(?: закрыти*| сделк*| продаж*| разговор*)?|average (?:days|time|cycle|duration|length)(?: to)?(?: close| closing)?|sales cycle",
    ),
  ],
  [
    "average",
    words(
      "средн* (?:чек*|сумм*|размер*)(?: сделк*)?|average (?:deal size|deal amount|deal value|deal|check|amount)|avg (?:deal|amount)",
    ),
  ],
  ["median_amount", words("медиан* (?:сумм*|чек*)|median (?:amount|deal)")],
  [
    "conversion",
    words(
      "конверси*(?: из)?(?: лид*)?(?: в сделки)?|(?:lead )?conversion(?: rate)?(?: of leads)?(?: to deals)?",
    ),
  ],
  [
    "loss_rate",
    words(
      "(?:доля|долю|процент*|%) (?:отказ*|проигр*|провал*|потер*)|(?:loss|lost) (?:rate|share)|share of lost",
    ),
  ],
  ["win_rate", words("(?:доля|долю|процент*|%) (?:выигр*|успех*|успешн*)|win rate|won rate|share of won")],
  [
    "overview",
    words("(?:по |on )?(?:#|нескольк*|основн*|ключев*|key|main)? ?(?:показател*|метрик*|metrics|kpis)"),
  ],
  [
    "revenue",
    words(
      "выручк*|revenue|продаж(?:и|а|у|ам|ах)?|продали|прода(?:ю|е)тся|selling|sell|sales|оборот*|заработ*|доход*|(?:по )?деньги|won amount|закрыли|closed deals amount",
    ),
  ],
  ["maximum", words("максимальн*(?: сумм*)?|maximum(?: amount)?|max(?: amount)?")],
  ["minimum", words("минимальн*(?: сумм*)?|minimum(?: amount)?|min(?: amount)?")],
  ["amount", words("(?:на )?(?:какую )?сумм*|объем*|стоимост*|(?:deal |total )?amount*|value")],
  ["share", words("доля|доли|долю|структур*|share|breakdown|split|distribution|распределени*")],
  ["count", words("сколько|количеств*|число|числа|how many|number of|count")],
];

/** Takes what is asked for out; "сколько" beside another wish only asks. */
export function readMeasure(text: ReadingText): MeasureWish | null {
  const first = MEASURES.find(([, pattern]) => text.take(pattern))?.[0] ?? null;
  if (first !== null && first !== "count" && first !== "sales_count_or_sum")
    text.take(words("сколько|how much|how many"));
  return first;
}
