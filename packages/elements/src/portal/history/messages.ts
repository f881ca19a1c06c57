import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-history>`. */
export interface HistoryMessages {
  heading: string;
  emptyTitle: string;
  emptyText: string;
  /** How long the record stood there, and that it still does. */
  stood: (time: string) => string;
  stands: (time: string) => string;
  /** The list does not reach back to the beginning. */
  earlier: string;
}

export const historyTexts: Texts<HistoryMessages> = { ru, en };
