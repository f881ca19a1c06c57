import type { ChartNote, ChartNoteCode } from "@b24kit/client";
import type { Language, Texts } from "../core/index.ts";
import { en } from "./note-texts.en.ts";
import { ru } from "./note-texts.ru.ts";

/** A value of a note, in the reader's language where it has two. */
export type NoteValue = (name: string) => string;

/** What every note says; values come by name. */
export type NoteTexts = Record<ChartNoteCode, (of: NoteValue) => string>;

const noteTexts: Texts<NoteTexts> = { ru, en };

/** A note in the reader's words. */
export function noteText({ code, params }: ChartNote, language: Language): string {
  const of = (name: string) => {
    const value = params[name];
    return typeof value === "object" ? value[language] : String(value ?? "");
  };
  return noteTexts[language][code](of).trim();
}
