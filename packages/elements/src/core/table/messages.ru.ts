import { counted, plural } from "../locale/plural.ts";
import type { TableMessages } from "./messages.ts";

const rows = (n: number) =>
  counted("ru", n, { one: "строка", few: "строки", many: "строк", other: "строки" });
const number = new Intl.NumberFormat("ru");

export const ru: TableMessages = {
  table: "Таблица",
  rows,
  firstRows: (n) => `${plural("ru", n, { one: "Первая", other: "Первые" })} ${rows(n)}`,
  shown: (all, shown) => `${all}, показано ${number.format(shown)}`,
  loadingMore: (n) => `${rows(n)}, загружаются остальные…`,
  search: "Найти в таблице",
  searchShort: "Поиск",
  clearSearch: "Очистить поиск",
  filters: "Фильтры",
  filtersOn: (n) => `Фильтры: ${n}`,
  clearFilters: "Сбросить фильтры",
  columns: "Столбцы",
  columnsHint: "Отметьте, что показывать. Порядок меняют стрелки.",
  showAllColumns: "Показать все",
  moveUp: (column) => `Переместить «${column}» раньше`,
  moveDown: (column) => `Переместить «${column}» позже`,
  export: "Скачать",
  exportCsv: "Таблица CSV",
  exportXlsx: "Книга Excel (XLSX)",
  exporting: "Готовим файл…",
  contains: (column) => `${column}: содержит`,
  from: "от",
  to: "до",
  fromOf: (column) => `${column}: от`,
  toOf: (column) => `${column}: до`,
  removeFilter: (column) => `Убрать фильтр «${column}»`,
  nothingFoundTitle: "Ничего не нашлось",
  nothingFoundText: "Ни одна строка не подходит под поиск и фильтры.",
  resetAll: "Сбросить поиск и фильтры",
  noColumnsTitle: "Все столбцы скрыты",
  noColumnsText: "Отметьте хотя бы один столбец в списке «Столбцы».",
  openInPortal: (text) => `${text}: открыть в Битрикс24`,
  sorted: (column, descending) =>
    `Сортировка по столбцу «${column}», ${descending ? "по убыванию" : "по возрастанию"}`,
  unsorted: "Сортировка снята",
  copied: "Скопировано",
  sortHint: "Enter сортирует, Shift+Enter добавляет к сортировке, Shift+стрелки меняют ширину",
  noValue: "нет значения",
};
