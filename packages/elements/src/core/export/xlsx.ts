import { type ExportCell, type ExportInput, exportCell, exportHeadings } from "./export-rows.ts";
import { toZip } from "./zip.ts";

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Indexes into `cellXfs` of the styles part. */
const STYLE = { plain: 0, heading: 1, whole: 2, decimal: 3, date: 4, datetime: 5 } as const;

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>
</styleSheet>`;

const CONTENT_TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
</Types>`;

function relations(...targets: [type: string, target: string][]): string {
  const all = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${all.join("")}</Relationships>`;
}

function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot carry them.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
  );
}

function textCell(text: string, style: number): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, 32_767))}</t></is></c>`;
}

/** Days since 1899-12-30, as spreadsheets count. */
function serialDay(time: number): number {
  return time / 86_400_000 + 25_569;
}

function cellXml(cell: ExportCell, plainNumber: boolean): string {
  switch (cell.type) {
    case "none":
      return "<c/>";
    case "text":
      return textCell(cell.value, STYLE.plain);
    case "number": {
      const style = plainNumber ? STYLE.plain : cell.decimals ? STYLE.decimal : STYLE.whole;
      return `<c s="${style}"><v>${cell.value}</v></c>`;
    }
    default:
      return `<c s="${STYLE[cell.type]}"><v>${serialDay(cell.value)}</v></c>`;
  }
}

/** What a workbook's one sheet holds. */
export interface Sheet {
  headings: readonly string[];
  rows: Iterable<readonly ExportCell[]>;
  /** Columns of texts are wide; those of ids are not grouped by thousands. */
  columns: readonly { wide: boolean; plain: boolean }[];
}

function sheetXml({ headings, rows, columns }: Sheet): Blob {
  const widths = headings.map((text, i) => {
    const width = Math.max(12, Math.min(40, columns[i]?.wide ? 28 : text.length + 2));
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
  });
  const frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const parts = [
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews>`,
    `<cols>${widths.join("")}</cols><sheetData><row>`,
    ...headings.map((text) => textCell(text, STYLE.heading)),
    "</row>",
  ];
  for (const cells of rows) {
    const row = cells.map((cell, i) => cellXml(cell, columns[i]?.plain ?? false));
    parts.push(`<row>${row.join("")}</row>`);
  }
  parts.push("</sheetData></worksheet>");
  return new Blob(parts);
}

function* cellsOf(input: ExportInput): Generator<ExportCell[]> {
  for (let i = 0; i < input.rows.length; i++)
    yield input.columns.map((column) => exportCell(input, column, input.rows[i]!));
}

/** The rows on the screen as a workbook. */
export function toXlsx(input: ExportInput, sheetName: string): Promise<Blob> {
  const columns = input.columns.map(({ type, info }) => ({
    wide: type === "text",
    plain: info.kind === "id",
  }));
  return xlsxOf({ headings: exportHeadings(input), rows: cellsOf(input), columns }, sheetName);
}

/** An Excel workbook of one sheet: typed numbers and dates, bold frozen heading. Texts are never formulas. */
export function xlsxOf(sheet: Sheet, sheetName: string): Promise<Blob> {
  const name = escapeXml(sheetName.replace(/[\\/?*[\]:]/g, " ").slice(0, 31)) || "1";
  const workbook = `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const entries = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": relations(["officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": workbook,
    "xl/_rels/workbook.xml.rels": relations(["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]),
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": sheetXml(sheet),
  };
  return toZip(
    Object.entries(entries).map(([entry, content]) => ({ name: entry, content: new Blob([content]) })),
    TYPE,
  );
}
