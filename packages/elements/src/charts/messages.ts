import type {
  AskPhase,
  ChartAnswer,
  ChartGrain,
  Plan,
  PlanAggregate,
  PlanPeriod,
  SharingLevel,
} from "@b24kit/client";
import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

type Unit = NonNullable<PlanPeriod["unit"]>;
type Clarify = Extract<ChartAnswer, { kind: "clarify" }>["reason"];
type Refuse = Extract<ChartAnswer, { kind: "refuse" }>["reason"];

/** Texts of the elements that ask and keep charts. Figures and dates come formatted. */
export interface ChartsMessages {
  ask: string;
  placeholder: string;
  placeholderFollowUp: string;
  send: string;
  stop: string;
  suggestions: string;
  tryThese: string;
  whatFits: string;
  whichOne: string;
  phases: Record<AskPhase, string>;
  clarify: Record<Clarify, string>;
  refuse: Record<Refuse, string>;
  withoutAi: string;
  withoutAiWhy: string;
  emptyTitle: string;
  emptyText: string;
  noSuggestions: string;
  newQuestion: string;
  answeredAloud: (title: string) => string;
  refine: string;
  parts: Record<"measure" | "along" | "split" | "grain" | "period" | "limit" | "compare", string>;
  ratio: string;
  duration: string;
  aggregates: Record<PlanAggregate, (of: string) => string>;
  byGrain: Record<ChartGrain, string>;
  by: (column: string) => string;
  allTime: string;
  between: (from: string, to: string) => string;
  periods: Record<"last" | "this" | "previous", (unit: Unit, count: number) => string>;
  noSplit: string;
  top: (n: number | null) => string;
  compare: (compare: Plan["compare"]) => string;
  how: string;
  askedPlan: string;
  tables: string;
  rows: (n: number) => string;
  took: (ms: string) => string;
  fromCache: string;
  seen: Record<SharingLevel, string>;
  seenTitle: string;
  seenNothing: string;
  budget: (today: string, perDay: string) => string;
  sql: string;
  sqlEdit: string;
  sqlRun: string;
  sqlOff: string;
  cancel: string;
  save: string;
  saveTitle: string;
  name: string;
  pin: string;
  saved: string;
  putOn: string;
  newDashboard: string;
  putOnDone: (name: string) => string;
  kept: string;
  keptNone: string;
  history: string;
  historyNone: string;
  versions: string;
  change: Record<"created" | "renamed" | "edited" | "pinned" | "unpinned", string>;
  restore: string;
  records: string;
}

export const chartsTexts: Texts<ChartsMessages> = { ru, en };
