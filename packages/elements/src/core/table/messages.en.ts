import { counted } from "../locale/plural.ts";
import type { TableMessages } from "./messages.ts";

const rows = (n: number) => counted("en", n, { one: "row", other: "rows" });
const number = new Intl.NumberFormat("en");

export const en: TableMessages = {
  table: "Table",
  rows,
  shown: (all, shown) => `${rows(all)}, ${number.format(shown)} shown`,
  loadingMore: (n) => `${rows(n)}, loading the rest…`,
  search: "Search the table",
  searchShort: "Search",
  clearSearch: "Clear the search",
  filters: "Filters",
  filtersOn: (n) => `Filters: ${n}`,
  clearFilters: "Clear filters",
  columns: "Columns",
  columnsHint: "Tick what to show. The arrows change the order.",
  showAllColumns: "Show all",
  moveUp: (column) => `Move ${column} earlier`,
  moveDown: (column) => `Move ${column} later`,
  export: "Download",
  exportCsv: "CSV table",
  exportXlsx: "Excel workbook (XLSX)",
  exporting: "Preparing the file…",
  contains: (column) => `${column}: contains`,
  from: "from",
  to: "to",
  fromOf: (column) => `${column}: from`,
  toOf: (column) => `${column}: to`,
  removeFilter: (column) => `Remove the filter on ${column}`,
  nothingFoundTitle: "Nothing found",
  nothingFoundText: "No row matches the search and the filters.",
  resetAll: "Clear search and filters",
  noColumnsTitle: "All columns are hidden",
  noColumnsText: "Tick at least one column in the Columns list.",
  openInPortal: (text) => `${text}: open in Bitrix24`,
  sorted: (column, descending) => `Sorted by ${column}, ${descending ? "descending" : "ascending"}`,
  unsorted: "Sorting removed",
  copied: "Copied",
  sortHint: "Enter sorts, Shift+Enter adds to the sorting, Shift+arrows change the width",
  noValue: "no value",
};
