import type { Texts } from "../../core/index.ts";
import type { EmbedForm } from "./embed-codes.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-chart-embed>`. */
export interface ChartEmbedMessages {
  title: string;
  form: string;
  forms: Record<EmbedForm, string>;
  about: Record<EmbedForm, string>;
  code: string;
  theme: string;
  themes: Record<"light" | "dark" | "auto", string>;
  expires: string;
  expiresChoices: Record<720 | 8760 | 87600, string>;
  make: string;
  ready: string;
  preview: string;
  noPreview: string;
  links: string;
  linkFacts: (until: string, used: number) => string;
  lastUse: (at: string, origin: string | null) => string;
  revoke: string;
}

export const chartEmbedTexts: Texts<ChartEmbedMessages> = { ru, en };
