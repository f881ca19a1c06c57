import { z } from "zod";
import { type ColumnInfo, defineQuery, type QueryDefinition } from "../../platform/queries/definition.ts";

type Column = readonly [name: string, ru: string, en: string, kind: ColumnInfo["kind"], sql?: string];

const COLUMNS: readonly Column[] = [
  ["at", "Время", "Time", "datetime"],
  ["question", "Вопрос", "Question", "text"],
  ["who", "Кто спросил", "Asked by", "text"],
  ["by", "Кто ответил", "Answered by", "status"],
  ["verdict", "Ответ", "Answer", "status"],
  ["reason", "Причина", "Reason", "status"],
  ["sharing", "Что видела модель", "What the model saw", "status"],
  ["model", "Модель", "Model", "text"],
  ["attempts", "Обращений к модели", "Calls of the model", "count"],
  ["tokens", "Токенов", "Tokens", "count", "prompt_tokens + completion_tokens"],
  ["cost", "Цена, $", "Cost, $", "number"],
  ["rows", "Строк", "Rows", "count"],
  ["milliseconds", "Время ответа, мс", "Time, ms", "number"],
  ["faults", "Что исправлялось", "What was wrong", "json"],
  ["tables", "Таблицы", "Tables", "text", "array_to_string(tables, ', ')"],
  ["sql", "SQL", "SQL", "text"],
];

const parameters = z.object({
  by: z.enum(["planner", "model", "memory"]).optional(),
  verdict: z.enum(["plan", "sql", "clarify", "refuse"]).optional(),
});

/** What was asked, by whom, what came of it and what it cost; for administrators, as questions are their askers' own. */
export function chartQuestions(): QueryDefinition {
  return defineQuery({
    name: "chart-questions",
    title: { ru: "Вопросы к диаграммам", en: "Questions to charts" },
    description: {
      ru: "Кто что спросил, что получил и сколько это стоило; новое сверху",
      en: "Who asked what, what came of it and what it cost; newest first",
    },
    right: "admin",
    parameters,
    defaultLimit: 200,
    maxLimit: 100_000,
    build: ({ portal, params, limit }) => ({
      text: `SELECT ${COLUMNS.map(([name, , , , sql = name]) => `${sql} AS "${name}"`).join(", ")}
        FROM b24kit.charts_answers
        WHERE portal_id = $1::integer AND ($2::text IS NULL OR by = $2) AND ($3::text IS NULL OR verdict = $3)
        ORDER BY at DESC LIMIT $4`,
      values: [portal.id, params.by ?? null, params.verdict ?? null, limit],
      columns: COLUMNS.map(([name, ru, en, kind]) => ({ name, label: { ru, en }, kind })),
    }),
  });
}
