import type { ColumnKind, Label } from "@b24kit/client/contract";

/** The words of the schema in Markdown; it is a document, so it is written where the rest of it is made. */
export interface SchemaWords {
  readonly title: (portal: string) => string;
  readonly intro: readonly string[];
  readonly base: (currency: string) => string;
  readonly time: (clock: string) => string;
  readonly rows: (count: number) => string;
  readonly notYet: string;
  readonly head: readonly [string, string, string, string, string];
  readonly values: (column: string) => string;
  readonly more: (count: number) => string;
  readonly links: string;
  readonly codesOf: (column: string) => string;
  readonly wordsOf: (column: string) => string;
  readonly unit: (unit: string) => string;
  readonly personal: string;
  readonly semantics: Readonly<Record<"open" | "won" | "lost", string>>;
  readonly kinds: Readonly<Record<ColumnKind, string>>;
}

const RU: SchemaWords = {
  title: (portal) => `База данных портала ${portal}`,
  intro: [
    "Таблицы, которые читают диаграммы. Удалённых записей в них нет; телефоны, адреса почты и тексты сообщений не хранятся.",
    "Рядом с кодом стоит столбец со словами: `stage_id` и `stage`. Суммы разных валют складываются только в столбцах `…_base`.",
  ],
  base: (currency) => `Базовая валюта: ${currency}.`,
  time: (clock) => `Время портала: UTC${clock}.`,
  rows: (count) => `Строк: ${new Intl.NumberFormat("ru").format(count)}`,
  notYet: "Ещё не синхронизировано",
  head: ["Столбец", "Название", "Тип", "Смысл", "Поле Битрикс24"],
  values: (column) => `Значения ${column}`,
  more: (count) => `и ещё ${count}`,
  links: "Связи",
  codesOf: (column) => `коды в ${column}`,
  wordsOf: (column) => `слова в ${column}`,
  unit: (unit) => `единица: ${unit}`,
  personal: "личные данные",
  semantics: { open: "в работе", won: "успех", lost: "провал" },
  kinds: {
    id: "идентификатор",
    text: "текст",
    number: "число",
    count: "количество",
    money: "деньги",
    percent: "процент",
    boolean: "да или нет",
    date: "дата",
    datetime: "дата и время",
    status: "значение из списка",
    stage: "стадия",
    user: "сотрудник",
    department: "отдел",
    link: "ссылка",
    phone: "телефон",
    email: "e-mail",
    url: "адрес",
    list: "список",
    json: "JSON",
  },
};

const EN: SchemaWords = {
  title: (portal) => `Database of the portal ${portal}`,
  intro: [
    "The tables that charts read. Records that are gone are not in them; phones, e-mail addresses and texts of messages are not kept.",
    "A column of codes has one of words beside it: `stage_id` and `stage`. Only the `…_base` columns may be added up over currencies.",
  ],
  base: (currency) => `Base currency: ${currency}.`,
  time: (clock) => `The portal's time: UTC${clock}.`,
  rows: (count) => `Rows: ${new Intl.NumberFormat("en").format(count)}`,
  notYet: "Not synchronised yet",
  head: ["Column", "Name", "Type", "Meaning", "Bitrix24 field"],
  values: (column) => `Values of ${column}`,
  more: (count) => `and ${count} more`,
  links: "Links",
  codesOf: (column) => `codes in ${column}`,
  wordsOf: (column) => `words in ${column}`,
  unit: (unit) => `unit: ${unit}`,
  personal: "personal data",
  semantics: { open: "open", won: "won", lost: "lost" },
  kinds: {
    id: "identifier",
    text: "text",
    number: "number",
    count: "count",
    money: "money",
    percent: "percentage",
    boolean: "yes or no",
    date: "date",
    datetime: "date and time",
    status: "value of a list",
    stage: "stage",
    user: "employee",
    department: "department",
    link: "link",
    phone: "phone",
    email: "e-mail",
    url: "address",
    list: "list",
    json: "JSON",
  },
};

export const SCHEMA_WORDS: Readonly<Record<keyof Label, SchemaWords>> = { ru: RU, en: EN };
