import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-record>`. */
export interface RecordMessages {
  emptyTitle: string;
  emptyText: string;
  more: (n: number) => string;
}

export const recordTexts: Texts<RecordMessages> = { ru, en };
