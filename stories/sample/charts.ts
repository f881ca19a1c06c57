import type { Table } from "@uwdata/flechette";
import { DateDay, Float64, Int32, TimestampMillisecond, Utf8 } from "apache-arrow";
import { AS_OF, dictionary, type SampleColumn, sampleTable, seeded } from "./deals.ts";

const DAY = 86_400_000;
const label = (ru: string, en: string) => ({ ru, en });
const NOW = Date.parse(AS_OF);

export const text = (
  name: string,
  ru: string,
  en: string,
  values: readonly string[],
  more = {},
): SampleColumn => ({
  name,
  type: dictionary(),
  values,
  label: label(ru, en),
  kind: "status",
  ...more,
});
export const number = (
  name: string,
  ru: string,
  en: string,
  kind: string,
  values: readonly number[],
  unit?: string,
) =>
  ({
    name,
    type: new Float64(),
    values,
    label: label(ru, en),
    kind,
    ...(unit ? { unit } : {}),
  }) satisfies SampleColumn;

/** A funnel's way down, in the portal's colours. */
export function sampleFunnel(): Table {
  const stages = {
    "Новая заявка": "#2fc6f6",
    "Подготовка документов": "#55d0e0",
    "Счёт на предоплату": "#47e4c2",
    "В работе": "#ffa900",
    "Сделка успешна": "#7bd500",
  };
  const names = Object.keys(stages);
  return sampleTable(
    [
      text("stage", "Стадия", "Stage", names, { kind: "stage", colors: stages }),
      number("deals", "Сделок", "Deals", "count", [2410, 1620, 1105, 840, 512]),
    ],
    label("До оплаты доходит каждая пятая сделка", "One deal of five is paid"),
    AS_OF,
  );
}

/** Steps that are counted by themselves: more deals than leads, since not every deal begins as one. */
export function sampleSteps(values: number[]): Table {
  return sampleTable(
    [
      text("step", "Шаг", "Step", ["Лид", "Сделка", "Выиграно"]),
      number("records", "Записей", "Records", "count", values),
    ],
    label("От лида до сделки", "From lead to deal"),
    AS_OF,
  );
}

/** Deals of each day of a year: more on working days, more in spring. */
export function sampleDays(days = 360): Table {
  const random = seeded(7);
  const times = Array.from({ length: days }, (_, i) => new Date(NOW - (days - 1 - i) * DAY));
  const counts = times.map((day) => {
    const rest = day.getUTCDay() % 6 === 0 ? 0.25 : 1;
    return Math.round((18 + 14 * Math.sin(day.getUTCMonth() / 1.9) + random() * 16) * rest);
  });
  return sampleTable(
    [
      { name: "day", type: new DateDay(), values: times, label: label("День", "Day"), kind: "date" },
      number("deals", "Сделок", "Deals", "count", counts),
    ],
    label("Новые сделки по дням", "New deals by day"),
    AS_OF,
  );
}

/** Moments of leads: mostly in working hours. */
export function sampleMoments(count = 4000): Table {
  const random = seeded(11);
  const times = Array.from({ length: count }, () => {
    const day = NOW - Math.floor(random() * 60) * DAY;
    const hour = 8 + Math.round((random() + random() + random()) * 4);
    return Math.floor(day / DAY) * DAY + (hour - 3) * 3_600_000 + Math.floor(random() * 3_600_000);
  }).filter((time) => new Date(time).getUTCDay() % 6 !== 0 || random() < 0.3);
  return sampleTable(
    [
      {
        name: "created",
        type: new TimestampMillisecond("UTC"),
        values: times,
        label: label("Создан", "Created"),
        kind: "datetime",
      },
    ],
    label("Больше всего лидов приходит днём", "Most leads come in the daytime"),
    AS_OF,
  );
}

/** Houses: area against price, in three districts. */
export function sampleHouses(count = 240): Table {
  const random = seeded(3);
  const districts = ["Северный", "Речной", "Заводской"];
  const rows = Array.from({ length: count }, (_, i) => {
    const area = 60 + random() * 180;
    const district = districts[i % 3]!;
    return {
      name: `Дом № ${i + 1}`,
      area: Math.round(area),
      price: Math.round(area * (90_000 + (i % 3) * 30_000) * (0.8 + random() * 0.4)),
      district,
    };
  });
  return sampleTable(
    [
      {
        name: "name",
        type: new Utf8(),
        values: rows.map((r) => r.name),
        label: label("Дом", "House"),
        kind: "text",
      },
      number(
        "area",
        "Площадь",
        "Area",
        "number",
        rows.map((r) => r.area),
        "м²",
      ),
      number(
        "price",
        "Цена",
        "Price",
        "money",
        rows.map((r) => r.price),
        "RUB",
      ),
      text(
        "district",
        "Район",
        "District",
        rows.map((r) => r.district),
      ),
    ],
    label("Чем больше дом, тем дороже", "The larger the house, the dearer"),
    AS_OF,
  );
}

/** Managers by five quantities. */
export function sampleManagers(): Table {
  const names = ["Иванов Артём", "Петрова Вера", "Соловьёв Егор", "Кузнецова Ирина"];
  return sampleTable(
    [
      text("manager", "Менеджер", "Manager", names, { kind: "user" }),
      number("deals", "Сделок", "Deals", "count", [48, 61, 35, 52]),
      number("won", "Выиграно", "Won", "count", [21, 19, 18, 25]),
      number("amount", "Сумма", "Amount", "money", [12.4e6, 9.8e6, 14.1e6, 11.2e6], "RUB"),
      number("check", "Средний чек", "Average", "money", [258e3, 160e3, 402e3, 215e3], "RUB"),
      number("calls", "Звонков", "Calls", "count", [320, 410, 190, 280]),
    ],
    label("Менеджеры по пяти показателям", "Managers by five figures"),
    AS_OF,
  );
}

/** Sums by manager and month. */
export function sampleManagerMonths(): Table {
  const names = ["Иванов Артём", "Петрова Вера", "Соловьёв Егор", "Кузнецова Ирина", "Ёлкин Максим"];
  const random = seeded(5);
  const months = Array.from({ length: 6 }, (_, i) => new Date(Date.UTC(2025, 11 + i, 1)));
  const cells = names.flatMap((name) =>
    months.map((month) => ({ name, month, sum: Math.round(random() * 4e6) })),
  );
  return sampleTable(
    [
      text(
        "manager",
        "Менеджер",
        "Manager",
        cells.map((c) => c.name),
        { kind: "user" },
      ),
      {
        name: "month",
        type: new DateDay(),
        values: cells.map((c) => c.month),
        label: label("Месяц", "Month"),
        kind: "date",
      },
      number(
        "amount",
        "Сумма",
        "Amount",
        "money",
        cells.map((c) => c.sum),
        "RUB",
      ),
    ],
    label("Выручка менеджеров по месяцам", "Managers' revenue by month"),
    AS_OF,
  );
}

/** Moves of deals from stage to stage. */
export function sampleMoves(): Table {
  const moves: [string, string, number][] = [
    ["Новая заявка", "Подготовка документов", 1620],
    ["Новая заявка", "Сделка провалена", 510],
    ["Подготовка документов", "Счёт на предоплату", 1105],
    ["Подготовка документов", "Сделка провалена", 220],
    ["Счёт на предоплату", "В работе", 840],
    ["Счёт на предоплату", "Подготовка документов", 96],
    ["В работе", "Сделка успешна", 512],
    ["В работе", "Сделка провалена", 131],
  ];
  const colors = {
    "Новая заявка": "#2fc6f6",
    "Подготовка документов": "#55d0e0",
    "Счёт на предоплату": "#47e4c2",
    "В работе": "#ffa900",
    "Сделка успешна": "#7bd500",
    "Сделка провалена": "#ff5752",
  };
  return sampleTable(
    [
      text(
        "from",
        "Из стадии",
        "From",
        moves.map(([from]) => from),
        { kind: "stage", colors },
      ),
      text(
        "to",
        "В стадию",
        "To",
        moves.map(([, to]) => to),
        { kind: "stage", colors },
      ),
      number(
        "moves",
        "Переходов",
        "Moves",
        "count",
        moves.map(([, , n]) => n),
      ),
    ],
    label("Как сделки переходят по стадиям", "How deals move from stage to stage"),
    AS_OF,
  );
}

/** Plan and fact of each month, and how many deals made it. */
export function samplePlan(): Table {
  const months = Array.from({ length: 6 }, (_, i) => new Date(Date.UTC(2025, 11 + i, 1)));
  return sampleTable(
    [
      { name: "month", type: new DateDay(), values: months, label: label("Месяц", "Month"), kind: "date" },
      number("fact", "Факт", "Actual", "money", [9.1e6, 10.4e6, 8.7e6, 11.9e6, 13.2e6, 6.4e6], "RUB"),
      number("plan", "План", "Plan", "money", [10e6, 10e6, 10e6, 12e6, 12e6, 12e6], "RUB"),
    ],
    label("План и факт продаж", "Sales: plan and actual"),
    AS_OF,
  );
}

/** Sums in three currencies, which nobody may add. */
export function sampleCurrencies(): Table {
  const stages = [
    "В работе",
    "В работе",
    "Финальный счёт",
    "Финальный счёт",
    "Сделка успешна",
    "Сделка успешна",
  ];
  return sampleTable(
    [
      text("stage", "Стадия", "Stage", stages, { kind: "stage" }),
      number("amount", "Сумма", "Amount", "money", [12e6, 90e3, 8e6, 41e3, 21e6, 130e3], "{currency}"),
      text("currency", "Валюта", "Currency", ["RUB", "USD", "RUB", "USD", "RUB", "USD"]),
    ],
    label("Сумма сделок по стадиям", "Deal amount by stage"),
    AS_OF,
  );
}

/** One figure. */
export function sampleFigure(): Table {
  const count = {
    name: "deals",
    type: new Int32(),
    values: [1284],
    label: label("Сделок", "Deals"),
    kind: "count",
  };
  return sampleTable([count], label("Сделки без компании", "Deals without a company"), AS_OF);
}
