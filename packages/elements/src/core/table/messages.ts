import type { Texts } from "../locale/locale.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-table>`. Numbers come plain; the texts group and decline them. */
export interface TableMessages {
  table: string;
  rows: (n: number) => string;
  /** The query's limit was reached: there may be more. */
  firstRows: (n: number) => string;
  /** `rows` is one of the two texts above. */
  shown: (rows: string, shown: number) => string;
  loadingMore: (n: number) => string;
  search: string;
  searchShort: string;
  clearSearch: string;
  filters: string;
  filtersOn: (n: number) => string;
  clearFilters: string;
  columns: string;
  columnsHint: string;
  showAllColumns: string;
  moveUp: (column: string) => string;
  moveDown: (column: string) => string;
  export: string;
  exportCsv: string;
  exportXlsx: string;
  exporting: string;
  contains: (column: string) => string;
  from: string;
  to: string;
  fromOf: (column: string) => string;
  toOf: (column: string) => string;
  removeFilter: (column: string) => string;
  nothingFoundTitle: string;
  nothingFoundText: string;
  resetAll: string;
  noColumnsTitle: string;
  noColumnsText: string;
  openInPortal: (text: string) => string;
  sorted: (column: string, descending: boolean) => string;
  unsorted: string;
  copied: string;
  sortHint: string;
  noValue: string;
}

export const tableTexts: Texts<TableMessages> = { ru, en };
