import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-health>`. */
export interface HealthMessages {
  asking: string;
  ok: string;
  noDatabase: string;
  silent: string;
  version: (version: string) => string;
  took: (milliseconds: string) => string;
  label: string;
}

export const healthTexts: Texts<HealthMessages> = { ru, en };
