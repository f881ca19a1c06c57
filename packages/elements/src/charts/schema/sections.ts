import { foldText } from "../../core/data/filter.ts";

/** A heading of the second level with all below it; what stands before the first one has no title. */
export interface Section {
  title: string | undefined;
  markdown: string;
}

/** Signs of emphasis and code; an underscore within a name is none. */
const MARKS = /[`*]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** Cuts a document at its headings of the second level; fenced code is left whole. */
export function toSections(markdown: string): Section[] {
  const sections: Section[] = [{ title: undefined, markdown: "" }];
  let fenced = false;
  for (const line of markdown.split("\n")) {
    if (/^(```|~~~)/.test(line)) fenced = !fenced;
    const title = fenced ? undefined : /^##\s+(.+)$/.exec(line)?.[1];
    if (title) sections.push({ title: title.replace(MARKS, ""), markdown: "" });
    sections.at(-1)!.markdown += `${line}\n`;
  }
  return sections.filter((one) => one.markdown.trim());
}

/** Sections in which every word occurs somewhere; case and ё do not matter. */
export function findSections(sections: readonly Section[], search: string): Section[] {
  const words = foldText(search).split(/\s+/).filter(Boolean);
  if (!words.length) return [...sections];
  return sections.filter(({ title, markdown }) => {
    const text = foldText(markdown);
    return title !== undefined && words.every((word) => text.includes(word));
  });
}
