import type { ChartSettings } from "@b24kit/client";
import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

type Sharing = ChartSettings["sharing"];

/** Texts of `<b24-chart-settings>`. */
export interface ChartSettingsMessages {
  heading: string;
  lead: string;
  model: string;
  noModel: string;
  noModelHelp: string;
  sharing: string;
  levels: Record<Sharing, { name: string; means: string }>;
  rowsNever: string;
  budget: string;
  budgetHint: string;
  budgetWrong: string;
  spent: (tokens: string, of: string, cost: string | undefined) => string;
  noLimit: string;
  sql: string;
  sqlAllow: string;
  sqlMeans: string;
  sqlSafe: string;
  sqlUnsafe: string;
  sqlUnsafeHelp: string;
  save: string;
  saved: string;
  reset: string;
  changes: string;
  changesNone: string;
  changed: {
    sharing: (level: string) => string;
    budget: (tokens: string) => string;
    sql: { on: string; off: string };
  };
}

export const chartSettingsTexts: Texts<ChartSettingsMessages> = { ru, en };
