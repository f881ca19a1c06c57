import { readFileSync } from "node:fs";

/** Statements of a data file: comment lines aside, one a paragraph. */
export function readStatements(file: string): string[] {
  const text = readFileSync(new URL(`../guard/data/${file}`, import.meta.url), "utf8");
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split("\n")
        .filter((line) => !line.startsWith("-- "))
        .join("\n")
        .trim(),
    )
    .filter((statement) => statement !== "");
}
