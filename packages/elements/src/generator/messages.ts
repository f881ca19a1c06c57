import type { GeneratorEntity, GeneratorLocale, GeneratorState, StopReason } from "@b24kit/client";
import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-generator>`; numbers come as numbers where a plural form hangs on them. */
export interface GeneratorMessages {
  heading: string;
  lead: (portal: string) => string;
  fields: Record<GeneratorEntity, string>;
  locale: string;
  locales: Record<GeneratorLocale, string>;
  seed: string;
  seedHint: string;
  more: string;
  wrongCount: string;
  wrongSeed: string;
  nothing: string;
  start: string;
  again: string;
  preview: string;
  previewTitle: string;
  previewClose: string;
  previewLinks: (contacts: number, several: number) => string;
  /** `duration` is null where the limits make nobody wait. */
  previewTime: (requests: number, duration: string | null) => string;
  seedIs: (seed: number) => string;
  samples: string;
  counted: Record<GeneratorEntity, (n: number) => string>;
  records: (n: number) => string;
  states: Record<GeneratorState, string>;
  elsewhere: string;
  held: (until: string) => string;
  stopping: (underWay: number) => string;
  waiting: (until: string) => string;
  offline: string;
  progress: string;
  undoProgress: string;
  ofTotal: (done: string, total: string) => string;
  rate: (perSecond: string) => string;
  left: (duration: string) => string;
  resumed: string;
  stop: string;
  resume: string;
  undo: string;
  undoCount: (n: number) => string;
  undoQuestion: (n: number) => string;
  undoYes: (n: number) => string;
  undoNo: string;
  force: (n: number) => string;
  forceQuestion: (n: number) => string;
  kept: (n: number) => string;
  stats: string;
  made: Record<GeneratorEntity, (n: string) => string>;
  linked: (n: string) => string;
  refused: (n: number) => string;
  field: (name: string) => string;
  undone: (deleted: number, missing: number) => string;
  results: string;
  history: string;
  log: string;
  cancelled: (session: string, reason: StopReason, detail: string) => string;
  noRight: string;
  noPortalTitle: string;
  noPortalText: string;
  noProviderTitle: string;
  noProviderText: string;
  /** Lines of the log by their codes. */
  line: {
    generation_started: (session: string) => string;
    generation_resumed: (session: string) => string;
    entity_started: (entity: GeneratorEntity, count: number, session: string) => string;
    batch_started: (entity: GeneratorEntity, from: number, to: number, session: string) => string;
    records_failed: (entity: GeneratorEntity, count: number, detail: string) => string;
    records_adopted: (entity: GeneratorEntity, count: number) => string;
    tab_gone: (session: string) => string;
    tab_back: (session: string) => string;
    generation_done: (session: string) => string;
    undo_started: string;
    undo_done: (deleted: number, kept: number, missing: number) => string;
    undo_failed: (count: number, detail: string) => string;
  };
}

export const generatorTexts: Texts<GeneratorMessages> = { ru, en };
