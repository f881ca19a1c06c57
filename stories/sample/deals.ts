import { type Table, tableFromIPC } from "@uwdata/flechette";
import {
  Table as ArrowTable,
  Bool,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";

const STAGES = {
  "Новая заявка": "#2fc6f6",
  "Подготовка документов": "#55d0e0",
  "Счёт на предоплату": "#47e4c2",
  "В работе": "#ffa900",
  "Финальный счёт": "#ffd600",
  "Сделка успешна": "#7bd500",
  "Сделка провалена": "#ff5752",
};
const PEOPLE = [
  "Иванов Артём",
  "Петрова Вера",
  "Соловьёв Егор",
  "Кузнецова Ирина",
  "Ёлкин Максим",
  "Абрамов Николай",
  "Яковлева Ольга",
  "Орлов Антон",
  "Васильева Елена",
  "Морозов Илья",
  "Никитина Мария",
  "Фёдорова Наталья",
];
const WORKS = [
  "Ремонт квартиры",
  "Монтаж вентиляции",
  "Дизайн-проект",
  "Замена окон",
  "Кровля частного дома",
  "Электрика",
];
const SOURCES = ["Звонок", "Сайт", "Рекомендация", "Авито", "Выставка"];

/** A repeatable stream of numbers from 0 up to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One column of a table: values with the metadata that queries send. */
export interface SampleColumn {
  name: string;
  type: DataType;
  values: readonly unknown[];
  label: { ru: string; en: string };
  kind: string;
  unit?: string;
  link?: string;
  colors?: Record<string, string>;
}

function fieldOf({ name, type, label, kind, unit, link, colors }: SampleColumn): Field {
  const metadata = new Map([
    ["label", JSON.stringify(label)],
    ["kind", kind],
  ]);
  if (unit) metadata.set("unit", unit);
  if (link) metadata.set("link", link);
  if (colors) metadata.set("colors", JSON.stringify(colors));
  return new Field(name, type, true, metadata);
}

/** A table as the client reads it from the API, which writes it as this does: with Apache's own library. */
export function sampleTable(
  columns: readonly SampleColumn[],
  title: { ru: string; en: string },
  asOf: string,
): Table {
  const vectors = columns.map(({ values, type }): Vector => vectorFromArray(values as unknown[], type));
  const metadata = new Map([
    ["title", JSON.stringify(title)],
    ["portal", "https://example.bitrix24.ru"],
    ["asOf", asOf],
  ]);
  const schema = new Schema(columns.map(fieldOf), metadata);
  const length = columns[0]?.values.length ?? 0;
  const children = vectors.map((vector) => vector.data[0]!);
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children }));
  return tableFromIPC(tableToIPC(new ArrowTable([batch])));
}

export const dictionary = (): Dictionary => new Dictionary(new Utf8(), new Int32());

export const AS_OF = "2026-05-12T11:05:00Z";
const DAY = 86_400_000;

/** `count` deals, the same for the same count: every kind of column, nulls, long and hostile texts. */
export function sampleDeals(count: number): Table {
  const random = seeded(42);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const now = Date.parse(AS_OF);
  const rows = Array.from({ length: count }, (_, i) => {
    const created = now - Math.floor(random() * 700 * DAY);
    return {
      id: 1001 + i,
      title: i === 3 ? '=HYPERLINK("http://evil")' : `${pick(WORKS)} № ${1 + Math.floor(random() * 900)}`,
      stage: pick(Object.keys(STAGES)),
      sum: random() < 0.05 ? null : Math.round(random() ** 3 * 4_000_000) / (random() < 0.1 ? 100 : 1),
      user: pick(PEOPLE),
      source: random() < 0.1 ? null : pick(SOURCES),
      created,
      close: random() < 0.3 ? null : created + Math.floor(random() * 90) * DAY,
      probability: Math.floor(random() * 11) * 10,
      repeat: random() < 0.3,
      phone:
        random() < 0.2
          ? null
          : `+7 9${10 + Math.floor(random() * 90)} ${100 + Math.floor(random() * 900)}-${10 + Math.floor(random() * 90)}-${10 + Math.floor(random() * 90)}`,
      email: random() < 0.4 ? null : `client${i}@example.com`,
    };
  });
  const of = (key: keyof (typeof rows)[number]) => rows.map((row) => row[key]);
  const details = "/crm/deal/details/{id}/";
  const columns: SampleColumn[] = [
    {
      name: "id",
      type: new Int32(),
      values: of("id"),
      label: { ru: "ID", en: "ID" },
      kind: "id",
      link: details,
    },
    {
      name: "title",
      type: new Utf8(),
      values: of("title"),
      label: { ru: "Название", en: "Title" },
      kind: "text",
      link: details,
    },
    {
      name: "stage",
      type: dictionary(),
      values: of("stage"),
      label: { ru: "Стадия", en: "Stage" },
      kind: "stage",
      colors: STAGES,
    },
    {
      name: "opportunity",
      type: new Float64(),
      values: of("sum"),
      label: { ru: "Сумма", en: "Amount" },
      kind: "money",
      unit: "RUB",
    },
    {
      name: "assigned_by",
      type: dictionary(),
      values: of("user"),
      label: { ru: "Ответственный", en: "Responsible" },
      kind: "user",
    },
    {
      name: "source",
      type: dictionary(),
      values: of("source"),
      label: { ru: "Источник", en: "Source" },
      kind: "status",
    },
    {
      name: "created",
      type: new TimestampMillisecond("UTC"),
      values: of("created"),
      label: { ru: "Создана", en: "Created" },
      kind: "datetime",
    },
    {
      name: "close_date",
      type: new DateDay(),
      values: of("close").map((time) => (time === null ? null : new Date(time as number))),
      label: { ru: "Дата закрытия", en: "Close date" },
      kind: "date",
    },
    {
      name: "probability",
      type: new Float64(),
      values: of("probability"),
      label: { ru: "Вероятность", en: "Probability" },
      kind: "percent",
    },
    {
      name: "is_return",
      type: new Bool(),
      values: of("repeat"),
      label: { ru: "Повторная", en: "Repeat" },
      kind: "boolean",
    },
    {
      name: "phone",
      type: new Utf8(),
      values: of("phone"),
      label: { ru: "Телефон", en: "Phone" },
      kind: "phone",
    },
    {
      name: "email",
      type: new Utf8(),
      values: of("email"),
      label: { ru: "Почта", en: "E-mail" },
      kind: "email",
    },
  ];
  return sampleTable(columns, { ru: "Сделки", en: "Deals" }, AS_OF);
}

/** Deals counted and summed by stage, in the funnel's order. */
export function sampleStages(): Table {
  const names = Object.keys(STAGES);
  const columns: SampleColumn[] = [
    {
      name: "stage",
      type: dictionary(),
      values: names,
      label: { ru: "Стадия", en: "Stage" },
      kind: "stage",
      colors: STAGES,
    },
    {
      name: "deals",
      type: new Int32(),
      values: [1840, 1310, 960, 2205, 640, 2410, 635],
      label: { ru: "Сделок", en: "Deals" },
      kind: "count",
    },
    {
      name: "amount",
      type: new Float64(),
      values: [184e6, 143.5e6, 98.25e6, 301e6, 77e6, 402.5e6, 51e6],
      label: { ru: "Сумма", en: "Amount" },
      kind: "money",
      unit: "RUB",
    },
  ];
  return sampleTable(columns, { ru: "Сделки по стадиям", en: "Deals by stage" }, AS_OF);
}

/** Sums by month, won and lost; the last month has not ended. */
export function sampleMonths(): Table {
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2025, 5 + i, 1)));
  const won = [9.1, 10.4, 8.7, 11.9, 13.2, 12.4, 15.8, 9.9, 12.1, 14.6, 16.3, 6.2].map((n) => n * 1e6);
  const lost = [3.1, 2.8, 3.9, 4.2, 3.3, 4.8, 5.1, 4.4, 3.7, 4.1, 5.2, 1.9].map((n) => n * 1e6);
  const twice = [...months, ...months];
  const results = twice.map((_, i) => (i < 12 ? "Успешные" : "Проваленные"));
  const columns: SampleColumn[] = [
    { name: "month", type: new DateDay(), values: twice, label: { ru: "Месяц", en: "Month" }, kind: "date" },
    {
      name: "result",
      type: dictionary(),
      values: results,
      label: { ru: "Итог", en: "Result" },
      kind: "status",
      colors: { Успешные: "#7bd500", Проваленные: "#ff5752" },
    },
    {
      name: "amount",
      type: new Float64(),
      values: [...won, ...lost],
      label: { ru: "Сумма", en: "Amount" },
      kind: "money",
      unit: "RUB",
    },
  ];
  return sampleTable(columns, { ru: "Сумма сделок по месяцам", en: "Deal amount by month" }, AS_OF);
}

/** Deals by source: many small parts behind a few large ones. */
export function sampleSources(): Table {
  const names = [
    ...SOURCES,
    "Повторные продажи",
    "Рассылка по электронной почте",
    "Партнёры",
    "Социальные сети",
    "Холодные звонки",
  ];
  const columns: SampleColumn[] = [
    {
      name: "source",
      type: dictionary(),
      values: names,
      label: { ru: "Источник", en: "Source" },
      kind: "status",
    },
    {
      name: "deals",
      type: new Int32(),
      values: [2140, 3210, 1290, 860, 140, 730, 410, 380, 220, 60],
      label: { ru: "Сделок", en: "Deals" },
      kind: "count",
    },
  ];
  return sampleTable(columns, { ru: "Откуда приходят сделки", en: "Where deals come from" }, AS_OF);
}

/** Where one deal went, newest first; the first of these is where it stands now. */
export function sampleHistory(): Table {
  const stages = ["В работе", "Счёт на предоплату", "Подготовка документов", "Новая заявка"];
  const days = [3.4, 1.25, 0.08, 12];
  const entered = days.map((_, i) => Date.parse(AS_OF) - days.slice(0, i + 1).reduce((a, b) => a + b) * DAY);
  const columns: SampleColumn[] = [
    {
      name: "stage",
      type: dictionary(),
      values: stages,
      label: { ru: "Стадия", en: "Stage" },
      kind: "stage",
      colors: STAGES,
    },
    {
      name: "funnel",
      type: dictionary(),
      values: ["Продажи", "Продажи", "Заявки", "Заявки"],
      label: { ru: "Воронка", en: "Funnel" },
      kind: "status",
    },
    {
      name: "entered",
      type: new TimestampMillisecond("UTC"),
      values: entered,
      label: { ru: "Пришла", en: "Entered" },
      kind: "datetime",
    },
    {
      name: "days",
      type: new Float64(),
      values: days,
      label: { ru: "Дней на стадии", en: "Days on the stage" },
      kind: "number",
    },
    {
      name: "current",
      type: new Bool(),
      values: [true, false, false, false],
      label: { ru: "Сейчас", en: "Now" },
      kind: "boolean",
    },
  ];
  return sampleTable(columns, { ru: "Движение по стадиям", en: "From stage to stage" }, AS_OF);
}
