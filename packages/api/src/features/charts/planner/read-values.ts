import type { CatalogueColumn, CatalogueTable, PlanFilter } from "@b24kit/client/contract";
import { isMeasurable } from "../plan/columns.ts";
import type { ReadingText } from "./reading-text.ts";
import { sameWord } from "./same-word.ts";

/** A value of a list that a question names, and whether it could be another one. */
export interface NamedValue {
  readonly filter: PlanFilter;
  readonly word: string;
  /** Other columns and values that the same words may mean. */
  readonly others: readonly PlanFilter[];
}

interface Candidate {
  readonly column: string;
  readonly code: string;
  readonly label: string;
  readonly words: readonly string[];
}

const EMPTY_WORDS = new Set(["по", "на", "не", "и", "в", "с", "the", "of"]);

/** Takes out the values of lists (sources, stages, people, types) that the question names. */
export function readValues(text: ReadingText, table: CatalogueTable): NamedValue[] {
  const candidates = table.columns.flatMap(candidatesOf);
  const found: NamedValue[] = [];
  for (let next = takeLongest(text, candidates); next !== null; next = takeLongest(text, candidates)) {
    found.push(toNamed(next.word, next.hits));
  }
  return found;
}

/** "Входящие и исходящие": values of one column are one wish, and are told apart. */
export function gatherValues(values: readonly NamedValue[]): {
  values: NamedValue[];
  /** Columns of which several values are named. */
  several: string[];
} {
  const gathered: NamedValue[] = [];
  const several = new Set<string>();
  for (const value of values) {
    const { column } = value.filter;
    const at = gathered.findIndex(
      ({ filter, others }) => filter.column === column && others.length === 0 && value.others.length === 0,
    );
    const known = gathered[at];
    if (!known) gathered.push(value);
    else {
      const all = [...new Set([...known.filter.values, ...value.filter.values])];
      gathered[at] = { ...known, filter: { column, operator: "in", values: all } };
      several.add(column);
    }
  }
  return { values: gathered, several: [...several] };
}

/** Takes out the columns of numbers that the question names by their labels; sums have words of their own. */
export function readNumbers(text: ReadingText, table: CatalogueTable): string[] {
  const columns = table.columns.filter((column) => isMeasurable(column) && column.name.startsWith("uf_"));
  const candidates = columns.map(({ name, label }) => ({
    column: name,
    code: name,
    label: name,
    words: wordsOf(label.ru),
  }));
  const found: string[] = [];
  for (let next = takeLongest(text, candidates); next !== null; next = takeLongest(text, candidates)) {
    found.push(...next.hits.map(({ column }) => column));
  }
  return found;
}

function candidatesOf(column: CatalogueColumn): Candidate[] {
  if (!column.values || column.name === "result" || column.name === "created_by_id") return [];
  return column.values.flatMap(({ code, label }) =>
    [...new Set([label.ru, label.en])]
      .flatMap((name) => namesOf(column, name))
      .map((words) => ({ column: column.name, code, label: label.ru, words })),
  );
}

/** What a value is called; people also by their last name alone. */
function namesOf(column: CatalogueColumn, label: string): string[][] {
  const words = wordsOf(label);
  if (words.length === 0) return [];
  return column.name === "responsible_id" && words.length === 2 ? [words, [words[1]!]] : [words];
}

function wordsOf(label: string): string[] {
  const plain = label.toLowerCase().replaceAll("ё", "е");
  return [...plain.matchAll(/[\p{L}\d]+/gu)].map(([word]) => word).filter((word) => !EMPTY_WORDS.has(word));
}

function takeLongest(
  text: ReadingText,
  candidates: readonly Candidate[],
): { word: string; hits: Candidate[] } | null {
  const words = text.words().filter(({ word }) => !EMPTY_WORDS.has(word));
  let best: { start: number; end: number; hits: Candidate[] } | null = null;
  for (let i = 0; i < words.length; i++) {
    const hits = candidates.filter((one) =>
      one.words.every((word, j) => words[i + j] && sameWord(words[i + j]!.word, word)),
    );
    const length = Math.max(0, ...hits.map((one) => one.words.length));
    if (length === 0 || (best && best.hits[0]!.words.length >= length)) continue;
    best = {
      start: words[i]!.start,
      end: words[i + length - 1]!.end,
      hits: hits.filter((one) => one.words.length === length),
    };
  }
  if (best === null) return null;
  const word = text.text.slice(best.start, best.end);
  text.cut(best.start, best.end);
  return { word, hits: best.hits };
}

/** The same label in two funnels is one wish; two people of one name, or a stage and a source, are a question. */
function toNamed(word: string, hits: readonly Candidate[]): NamedValue {
  const groups = new Map<string, PlanFilter>();
  for (const { column, code, label } of hits) {
    const key = column === "responsible_id" ? `${column} ${code}` : `${column} ${label}`;
    const values = [...new Set([...(groups.get(key)?.values ?? []), code])];
    groups.set(key, { column, operator: values.length > 1 ? "in" : "eq", values });
  }
  const [first, ...others] = [...groups.values()];
  return { filter: first!, word, others };
}
