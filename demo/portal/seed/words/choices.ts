/** Plain reference books: `[STATUS_ID, name, weight in the seeded data]`. */
export type Choice = readonly [id: string, name: string, weight: number];

export const SOURCES: readonly Choice[] = [
  ["CALL", "Звонок", 22],
  ["EMAIL", "Электронная почта", 10],
  ["WEB", "Веб-сайт", 20],
  ["ADVERTISING", "Реклама", 12],
  ["PARTNER", "Существующий клиент", 9],
  ["RECOMMENDATION", "По рекомендации", 12],
  ["TRADE_SHOW", "Выставка", 4],
  ["WEBFORM", "CRM-форма", 8],
  ["CALLBACK", "Обратный звонок", 5],
  ["OTHER", "Другое", 2],
];

export const CONTACT_TYPES: readonly Choice[] = [
  ["CLIENT", "Клиенты", 70],
  ["SUPPLIER", "Поставщики", 12],
  ["PARTNER", "Партнёры", 12],
  ["OTHER", "Другое", 6],
];

export const COMPANY_TYPES: readonly Choice[] = [
  ["CUSTOMER", "Клиент", 64],
  ["SUPPLIER", "Поставщик", 14],
  ["PARTNER", "Партнёр", 10],
  ["COMPETITOR", "Конкурент", 4],
  ["OTHER", "Другое", 8],
];

export const INDUSTRIES: readonly Choice[] = [
  ["IT", "Информационные технологии", 10],
  ["TELECOM", "Телекоммуникации и связь", 5],
  ["MANUFACTURING", "Производство", 18],
  ["BANKING", "Банковские услуги", 3],
  ["CONSULTING", "Консалтинг", 7],
  ["FINANCE", "Финансы", 5],
  ["GOVERNMENT", "Правительство", 3],
  ["DELIVERY", "Доставка", 8],
  ["ENTERTAINMENT", "Развлечения", 4],
  ["NOTPROFIT", "Не для получения прибыли", 2],
  ["CONSTRUCTION", "Строительство", 16],
  ["HOUSING", "Жилищно-коммунальное хозяйство", 12],
  ["OTHER", "Другое", 7],
];

export const EMPLOYEES: readonly Choice[] = [
  ["EMPLOYEES_1", "менее 50", 55],
  ["EMPLOYEES_2", "50-250", 30],
  ["EMPLOYEES_3", "250-500", 10],
  ["EMPLOYEES_4", "более 500", 5],
];

export const DEAL_TYPES: readonly Choice[] = [
  ["SALE", "Продажа", 40],
  ["COMPLEX", "Комплексная продажа", 12],
  ["GOODS", "Продажа товара", 22],
  ["SERVICES", "Продажа услуг", 20],
  ["SERVICE", "Сервисное обслуживание", 6],
];

export const HONORIFICS: readonly Choice[] = [
  ["HNR_RU_1", "Г-н", 1],
  ["HNR_RU_2", "Г-жа", 1],
];

/** Codes with their weights, as the generator of random numbers takes them. */
export function weights(choices: readonly Choice[]): (readonly [string, number])[] {
  return choices.map(([id, , weight]) => [id, weight] as const);
}
