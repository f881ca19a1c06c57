import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-schema>`. */
export interface SchemaMessages {
  schema: string;
  search: string;
  searchShort: string;
  contents: string;
  copy: string;
  copied: string;
  notCopied: string;
  download: string;
  enrich: string;
  enrichHint: string;
  found: (n: number) => string;
  nothingTitle: string;
  nothingText: string;
}

export const schemaTexts: Texts<SchemaMessages> = { ru, en };
