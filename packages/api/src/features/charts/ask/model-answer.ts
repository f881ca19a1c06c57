import { ChartForm, ClarifyReason, Plan, RefuseReason } from "@b24kit/client/contract";
import { z } from "zod";

/** What the model may say: everything is there, absent is null. */
export const ModelAnswer = z.object({
  kind: z.enum(["plan", "sql", "clarify", "refuse"]),
  plan: Plan.nullable().describe("Of kind plan"),
  sql: z.string().nullable().describe("Of kind sql: one SELECT"),
  form: ChartForm.nullable().describe("A form that the question names; null: chosen from the result"),
  title: z.object({ ru: z.string(), en: z.string() }).nullable().describe("At most 80 characters"),
  reason: z
    .enum([...new Set([...ClarifyReason.options, ...RefuseReason.options])])
    .nullable()
    .describe("Of clarify and refuse"),
  text: z
    .string()
    .nullable()
    .describe("Of clarify and refuse: one plain sentence in the question's language"),
});
export type ModelAnswer = z.output<typeof ModelAnswer>;
