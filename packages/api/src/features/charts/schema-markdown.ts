import type {
  Catalogue,
  CatalogueColumn,
  CatalogueTable,
  CatalogueValue,
  Label,
} from "@b24kit/client/contract";
import type { TableNotes } from "./explain-schema.ts";
import { SCHEMA_WORDS, type SchemaWords } from "./schema-words.ts";

/** More values of one column than these are a list of their own somewhere else. */
const MOST_VALUES = 60;
const MOST_LETTERS = 120;
const MOST_LETTERS_OF_A_NOTE = 400;

export interface SchemaOptions {
  readonly portal: string;
  readonly locale: keyof Label;
  /** Its section alone. */
  readonly table?: string | undefined;
  /** What a model says of the tables. */
  readonly notes?: ReadonlyMap<string, TableNotes> | undefined;
}

/**
 * The catalogue as a page that people and models read: tables, columns, types, values, links. Labels are the words of
 * a portal's people, so nothing in them is markup. Pure.
 */
export function toMarkdown(catalogue: Catalogue, { portal, locale, table, notes }: SchemaOptions): string {
  const words = SCHEMA_WORDS[locale];
  const tables = catalogue.tables.filter(({ name }) => table === undefined || name === table);
  const sections = tables.map((one) => section(one, catalogue, locale, words, notes?.get(one.name)));
  const head = table === undefined ? [heading(catalogue, portal, words)] : [];
  return `${[...head, ...sections].join("\n\n")}\n`;
}

function heading({ baseCurrency, offsetMinutes }: Catalogue, portal: string, words: SchemaWords): string {
  const base = baseCurrency === null ? [] : [words.base(baseCurrency)];
  return [
    `# ${words.title(plain(portal))}`,
    ...words.intro,
    [...base, words.time(clock(offsetMinutes))].join(" "),
  ].join("\n\n");
}

function clock(offsetMinutes: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return `${offsetMinutes < 0 ? "−" : "+"}${hours}:${String(minutes).padStart(2, "0")}`;
}

function section(
  table: CatalogueTable,
  { joins }: Catalogue,
  locale: keyof Label,
  words: SchemaWords,
  notes: TableNotes | undefined,
): string {
  const links = joins
    .filter(({ from }) => from.table === table.name)
    .map(({ from, to }) => `- \`${from.column}\` → \`${to.table}.${to.column}\``);
  const listed = table.columns.filter(({ values }) => values !== undefined && values.length > 0);
  return [
    `## ${table.name}: ${plain(table.label[locale])}`,
    ...(notes?.purpose ? [plain(notes.purpose, MOST_LETTERS_OF_A_NOTE)] : []),
    table.rows === null ? words.notYet : words.rows(table.rows),
    columnTable(table.columns, locale, words, notes),
    ...(links.length > 0 ? [`**${words.links}**`, links.join("\n")] : []),
    ...listed.flatMap(({ name, values }) => [
      `**${words.values(`\`${name}\``)}**`,
      valueList(values!, locale, words),
    ]),
  ].join("\n\n");
}

function columnTable(
  columns: readonly CatalogueColumn[],
  locale: keyof Label,
  words: SchemaWords,
  notes: TableNotes | undefined,
): string {
  const lines = columns.map((column) => [
    `\`${column.name}\``,
    plain(column.label[locale]),
    column.type,
    [meaning(column, words), ...noteOf(column, notes)].join(". "),
    column.field === null ? "" : `\`${column.field.replaceAll("`", "")}\``,
  ]);
  return [words.head, words.head.map(() => "---"), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function noteOf({ name }: CatalogueColumn, notes: TableNotes | undefined): string[] {
  const note = notes?.columns.get(name);
  return note === undefined ? [] : [plain(note, MOST_LETTERS_OF_A_NOTE)];
}

function meaning({ kind, unit, words: inWords, codes, pii }: CatalogueColumn, words: SchemaWords): string {
  return [
    words.kinds[kind],
    ...(unit === undefined ? [] : [words.unit(unit.startsWith("{") ? `\`${unit.slice(1, -1)}\`` : unit)]),
    ...(inWords === undefined ? [] : [words.wordsOf(`\`${inWords}\``)]),
    ...(codes === undefined ? [] : [words.codesOf(`\`${codes}\``)]),
    ...(pii ? [words.personal] : []),
  ].join("; ");
}

function valueList(values: readonly CatalogueValue[], locale: keyof Label, words: SchemaWords): string {
  const lines = values.slice(0, MOST_VALUES).map(({ code, label, semantic, group }) => {
    const notes = [
      ...(semantic ? [words.semantics[semantic]] : []),
      ...(group ? [`funnel_id ${plain(group)}`] : []),
    ];
    const said = plain(label[locale]);
    const named = plain(code) === said ? said : `${plain(code)} — ${said}`;
    return `- ${named}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
  });
  const rest = values.length - MOST_VALUES;
  return [...lines, ...(rest > 0 ? [`- … ${words.more(rest)}`] : [])].join("\n");
}

/** A text that stays one: on one line, bounded, every sign of Markdown and HTML shown as itself. */
function plain(text: string, most = MOST_LETTERS): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  const cut = [...line].length > most ? `${[...line].slice(0, most).join("")}…` : line;
  // Addresses become links by themselves in most dialects.
  return cut.replace(/[\\`*_{}[\]<>#|~!&@]|:(?=\/\/)|(?<=www)\./gi, "\\$&");
}
