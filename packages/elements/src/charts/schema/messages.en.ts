import { counted } from "../../core/index.ts";
import type { SchemaMessages } from "./messages.ts";

export const en: SchemaMessages = {
  schema: "The database described",
  search: "Search tables and fields",
  searchShort: "Table or field",
  contents: "Tables",
  copy: "Copy Markdown",
  copied: "Copied",
  notCopied: "The browser refused to copy",
  download: "Download Markdown",
  enrich: "With explanations by AI",
  enrichHint: "The model sees only names of tables and fields.",
  found: (n) => counted("en", n, { one: "section found", other: "sections found" }),
  nothingTitle: "Nothing was found",
  nothingText: "The database has no such table or field.",
};
