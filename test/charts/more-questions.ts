import { inWords, type Question, single } from "./questions.ts";

const local = (column: string) => `(${column} AT TIME ZONE 'Europe/Moscow')`;
const moscow = (day: string) => `timestamptz '${day} 00:00 Europe/Moscow'`;
const now = "timestamptz '2026-06-15T12:00:00+03:00'";

const late = `SELECT responsible, count(*) FROM tasks WHERE NOT closed AND deadline < ${now} GROUP BY 1`;
const status = `SELECT CASE status WHEN 'waiting' THEN '{Ждёт выполнения|Waiting}' WHEN 'in_progress' THEN '{Выполняется|In progress}'
  WHEN 'awaiting_control' THEN '{Ждёт контроля|Awaiting control}' WHEN 'completed' THEN '{Завершена|Completed}'
  WHEN 'deferred' THEN '{Отложена|Deferred}' END, count(*) FROM tasks GROUP BY 1`;
const daily = `SELECT d::date, w.word, count(c.id) FROM (VALUES ('incoming', '{Входящий|Incoming}'), ('outgoing', '{Исходящий|Outgoing}')) w(code, word)
  CROSS JOIN generate_series('2026-05-17'::timestamp, '2026-06-15', '1 day') d
  LEFT JOIN calls c ON c.direction = w.code AND ${local("c.started")}::date = d::date GROUP BY 1, 2`;
const missed = "SELECT responsible, count(*) FROM calls WHERE outcome = 'missed' GROUP BY 1";
const best = `SELECT product, sum(amount_base) FROM product_rows WHERE result = 'won' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`;
const moves =
  "SELECT from_stage, stage, count(*) FROM stage_moves WHERE from_stage IS NOT NULL GROUP BY 1, 2";
const leadMoves = moves.replace("stage_moves", "lead_stage_moves");
const closed = `SELECT count(*), count(*) FILTER (WHERE false) FROM tasks WHERE closed AND closed_at >= ${moscow("2026-06-01")} AND closed_at < ${moscow("2026-07-01")}`;

type Pair = readonly [
  id: number,
  ru: string,
  en: string,
  gold: string,
  ...forms: Question["forms"][number][],
];

const PAIRS: readonly Pair[] = [
  [61, "Сколько задач просрочено по сотрудникам", "Overdue tasks by employee", late, "bar"],
  [63, "Задачи по статусам", "Tasks by status", status, "bar", "pie"],
  [
    65,
    "Звонки за последние 30 дней по дням: входящие и исходящие",
    "Calls for the last 30 days by day: incoming and outgoing",
    daily,
    "line",
    "bar",
  ],
  [67, "Пропущенные звонки по сотрудникам", "Missed calls by employee", missed, "bar"],
  [69, "Какие товары продаются лучше всего?", "Top products by revenue", best, "bar"],
  [71, "Переходы между стадиями сделок", "How do deals move between stages?", moves, "sankey"],
  [73, "Воронка переходов сделок", "Flow of deals between stages", moves, "sankey"],
  [75, "Движение лидов по стадиям", "How do leads move from stage to stage?", leadMoves, "sankey"],
];

/** Of what not every portal has: tasks, calls, products of deals, ways from stage to stage. */
export const MORE_QUESTIONS: readonly Question[] = [
  ...PAIRS.flatMap(([id, ru, en, gold, ...forms]) => [
    single(id, "ru", ru, "rows", translated(gold, "ru"), ...forms),
    single(id + 1, "en", en, "rows", translated(gold, "en"), ...forms),
  ]),
  single(77, "ru", "Сколько задач завершили в этом месяце?", "rows", compared(closed), "kpi"),
  single(
    78,
    "ru",
    "Топ-3 товаров по количеству",
    "rows",
    `SELECT product, sum(quantity) FROM product_rows GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3`,
    "bar",
  ),
  single(
    79,
    "en",
    "Average call duration by employee",
    "rows",
    "SELECT responsible, avg(minutes) FROM calls GROUP BY 1",
    "bar",
  ),
  single(80, "ru", "Товары по менеджерам", "clarify"),
];

/** `{ru|en}` is a word in both languages. */
function translated(gold: string, language: "ru" | "en"): string {
  return inWords(gold.replace(/\{([^|}]*)\|([^}]*)\}/g, language === "ru" ? "$1" : "$2"), language);
}

/** A new count stands beside that of the period before. */
function compared(gold: string): string {
  const before = `closed AND closed_at >= ${moscow("2026-05-01")} AND closed_at < ${moscow("2026-06-01")}`;
  return gold.replace("count(*) FILTER (WHERE false)", `(SELECT count(*) FROM tasks WHERE ${before})`);
}
