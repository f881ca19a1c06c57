import type { RunLogEntry } from "@b24kit/client";
import { type Failure, failureMessage, type LocaleController, toFailure } from "../../core/index.ts";
import type { DetailsMessages, LogValues } from "./messages.ts";

function valuesOf(locale: LocaleController, details: RunLogEntry["details"]): LogValues {
  const { format } = locale;
  const text = (name: string) => (details[name] === undefined ? "" : String(details[name]));
  const amount = (name: string) => Number(details[name] ?? 0) || 0;
  return {
    text,
    amount,
    number: (name) => format.number(amount(name)),
    time: (name) => format.time(Date.parse(text(name))),
    duration: (name) => format.duration(amount(name)),
    error(name) {
      const failure: Failure = toFailure({ code: text(name) });
      return failure.code ? failureMessage(locale, failure).title : "";
    },
    flag: (name) => details[name] === true,
  };
}

/** An entry in the reader's language; null for a code that these words do not know. */
export function entryWords(
  locale: LocaleController,
  t: DetailsMessages,
  { code, details }: RunLogEntry,
): string | null {
  return t.log[code]?.(valuesOf(locale, details)) ?? null;
}
