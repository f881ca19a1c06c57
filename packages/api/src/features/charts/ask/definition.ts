import { ChartDefinition, ChartForm, Label } from "@b24kit/client/contract";
import { z } from "zod";

/** What an answer is made from; drawn anew, it gives the same chart of newer data. */
export const Drawable = z.object({
  definition: ChartDefinition,
  form: ChartForm.nullable(),
  title: Label.nullable(),
});
export type Drawable = z.output<typeof Drawable>;
