import type { RunState, RunType, SchemaContract } from "@b24kit/client";
import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Values of a log entry, as words need them: formatted for the reader. Missing ones read as nothing. */
export interface LogValues {
  text(name: string): string;
  amount(name: string): number;
  number(name: string): string;
  time(name: string): string;
  duration(name: string): string;
  /** What an error code means, in the reader's language. */
  error(name: string): string;
  flag(name: string): boolean;
}

/** Texts of `<b24-sync-details>`. */
export interface DetailsMessages {
  schedule: string;
  enabled: string;
  enabledHint: string;
  interval: string;
  intervalHint: string;
  intervalWrong: string;
  webhook: string;
  webhookHint: string;
  contract: string;
  contracts: Record<SchemaContract, string>;
  contractHints: Record<SchemaContract, string>;
  save: string;
  saved: string;
  noRight: string;
  history: string;
  noRuns: string;
  more: string;
  types: Record<RunType, string>;
  states: Record<RunState, string>;
  read: (n: number) => string;
  changed: (n: number) => string;
  requests: (n: number) => string;
  retries: (n: number) => string;
  took: (duration: string) => string;
  showLog: string;
  logOf: (run: string) => string;
  emptyLog: string;
  levels: Record<"info" | "warning" | "error", string>;
  /** What a run had to say, by code. A code that is not here is shown as it came. */
  log: Partial<Record<string, (values: LogValues) => string>>;
}

export const detailsTexts: Texts<DetailsMessages> = { ru, en };
