/** `[STATUS_ID, name, colour, semantics, probability]` in working order; semantics: S won, F lost, P on the way. */
export type Stage = readonly [
  id: string,
  name: string,
  color: string,
  semantics: "P" | "S" | "F",
  probability: number,
];

export const SALES_CATEGORY = 0;
export const HOUSES_CATEGORY = 2;

export const CATEGORIES = [
  { id: SALES_CATEGORY, name: "Продажи", sort: 100, isDefault: "Y" },
  { id: HOUSES_CATEGORY, name: "Дома и обслуживание", sort: 200, isDefault: "N" },
] as const;

export const SALES_STAGES: readonly Stage[] = [
  ["NEW", "Новая", "#39A8EF", "P", 10],
  ["PREPARATION", "Подготовка документов", "#2FC6F6", "P", 30],
  ["PREPAYMENT_INVOICE", "Счёт на предоплату", "#55D0E0", "P", 50],
  ["EXECUTING", "В работе", "#47E4C2", "P", 70],
  ["FINAL_INVOICE", "Финальный счёт", "#FFA900", "P", 90],
  ["WON", "Сделка успешна", "#7BD500", "S", 100],
  ["LOSE", "Сделка провалена", "#FF5752", "F", 0],
  ["APOLOGY", "Анализ причины провала", "#FF8F00", "F", 0],
];

export const HOUSE_STAGES: readonly Stage[] = [
  ["C2:NEW", "Новый дом", "#39A8EF", "P", 10],
  ["C2:PREPARATION", "Осмотр дома", "#2FC6F6", "P", 30],
  ["C2:PREPAYMENT_INVOICE", "Согласование договора", "#55D0E0", "P", 50],
  ["C2:EXECUTING", "На обслуживании", "#47E4C2", "P", 80],
  ["C2:FINAL_INVOICE", "Продление договора", "#FFA900", "P", 90],
  ["C2:WON", "Договор исполнен", "#7BD500", "S", 100],
  ["C2:LOSE", "Договор расторгнут", "#FF5752", "F", 0],
  ["C2:APOLOGY", "Разбор причин отказа", "#FF8F00", "F", 0],
];

export const LEAD_STAGES: readonly Stage[] = [
  ["NEW", "Не обработан", "#2FC6F6", "P", 0],
  ["IN_PROCESS", "В работе", "#55D0E0", "P", 0],
  ["PROCESSED", "Обработан", "#47E4C2", "P", 0],
  ["CONVERTED", "Качественный лид", "#7BD500", "S", 0],
  ["JUNK", "Некачественный лид", "#FF5752", "F", 0],
];

export function stagesOf(category: number): readonly Stage[] {
  return category === HOUSES_CATEGORY ? HOUSE_STAGES : SALES_STAGES;
}
