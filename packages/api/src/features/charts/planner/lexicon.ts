import type { ChartForm, ChartGrain } from "@b24kit/client/contract";
import { words } from "./reading-text.ts";

/** What people write in a hurry, in the words of everybody. */
export const SLANG: readonly (readonly [RegExp, string])[] = [
  [words("скока|скок|сколка|скольк"), "сколько"],
  [words("че|чо|чего|што|шо"), ""],
  [words("сделак|сделок|сделки|сделкам|сделка|сделку|зделок|зделки"), "сделки"],
  [words("лидав|лидоф"), "лидов"],
  [words("бабла|бабки|бабок|баблу|бабкам|денег|деньгам|деньги|деньгами"), "деньги"],
  [words("манагер*|менагер*|менеджир*"), "менеджерам"],
  [words("кол-во|к-во"), "количество"],
  [words("(?:average|avg|mean) (?:call|talk) (?:duration|length|time)"), "average duration of calls"],
];

/** Wishes that no chart fulfils: to change something, or to see what is behind the scenes. */
export const NOT_ALLOWED = words(
  "игнорир*|забудь*|удали|удалить|удаляй|сотри|стереть|измени|изменить|обнови|drop|delete|truncate|update|insert|alter|grant|ignore|disregard|pg_*|information_schema|auth|токен*|token*|парол*|password*|secret*|секрет*|api key*|api-ключ*|system prompt|системн* промпт*|инструкци*|instructions",
);

/** Everything with everything: nothing that a chart could show. */
export const TOO_HEAVY = words("pairs|все пары|всех пар|пары|каждый с каждым|декартов*|cross join");

export const OFF_TOPIC = words(
  "стих*|стихотворен*|poem*|песн*|анекдот*|joke*|погод*|weather|рецепт*|recipe*|переведи|translate|напиши|write|кто ты|who are you|привет|hello|hi|расскажи о себе",
);

/** What people keep in a CRM and we do not mirror, or not of every portal: then the view is named that holds it. */
export const NOT_MIRRORED: readonly (readonly [RegExp, { ru: string; en: string }, view?: string])[] = [
  [words("звонок|звонков|звонк*|звонил*|calls|call|phone calls"), { ru: "звонки", en: "calls" }, "calls"],
  [words("задач*|tasks|task"), { ru: "задачи", en: "tasks" }, "tasks"],
  [words("письм*|писем|emails|letters"), { ru: "письма", en: "e-mails" }],
  [words("встреч*|meetings|meeting"), { ru: "встречи", en: "meetings" }],
  [words("товар*|products|product|goods"), { ru: "товары", en: "products" }, "product_rows"],
  [words("счет|счета|счетов|инвойс*|invoices|invoice"), { ru: "счета", en: "invoices" }],
  [
    words("прибыл*|марж*|себестоимост*|расход*|profit*|margin*|costs|expenses"),
    { ru: "прибыль и расходы", en: "profit and costs" },
  ],
  [words("оплат*|платеж*|payments|payment"), { ru: "оплаты", en: "payments" }],
  [words("чат*|сообщени*|chats|messages"), { ru: "переписка", en: "messages" }],
];

export const ENTITIES: readonly (readonly [name: string, RegExp])[] = [
  ["leads", words("лид|лида|лиду|лиды|лидов|лидам|лидах|лидами|leads|lead")],
  ["contacts", words("контакт|контакты|контактов|контактам|контакта|contacts|contact")],
  ["deals", words("сделк*|сделок|deals|deal|contracts")],
  ["companies", words("компани*|организаци*|фирм*|companies|company")],
  ["tasks", words("задач*|tasks|task")],
  ["calls", words("звонок|звонк*|phone calls|calls|call")],
  ["product_rows", words("товар*|products|product|goods")],
];

export interface DimensionWords {
  readonly column: string;
  readonly words: string;
}

/** Things to group by. Preposition or not, they mean the same; see dimensions. */
export const DIMENSIONS: readonly DimensionWords[] = [
  { column: "stage", words: "стади*|этап*|статус*|stages|stage|statuses|status" },
  { column: "funnel", words: "воронк*|воронок|направлени*|pipelines|pipeline|funnels|funnel" },
  {
    column: "responsible",
    words:
      "менеджер*|ответственн*|сотрудник*|продавц*|managers|manager|responsible|employees|employee|reps|rep|sellers|seller|owners|owner",
  },
  { column: "source", words: "источник*|канал*|sources|source|channels|channel" },
  { column: "company", words: "компани*|организаци*|фирм*|companies|company" },
  { column: "contact", words: "контакт|контактам|контактов|контакты|contacts|contact" },
  { column: "currency", words: "валют*|currencies|currency" },
  { column: "type", words: "тип|типа|типам|типу|типы|types|type" },
  { column: "industry", words: "отрасл*|индустри*|industries|industry" },
  { column: "city", words: "город|города|городам|городов|cities|city" },
  {
    column: "result",
    words: "результат*|исход|исхода|исходу|исходам|исходы|исходов|outcomes|outcome|results|result",
  },
  { column: "department", words: "отдел*|departments|department" },
  { column: "product", words: "товар*|products|product|goods" },
  { column: "direction", words: "directions|direction" },
  { column: "priority", words: "приоритет*|priority|priorities" },
  { column: "created_by", words: "постановщик*|создател*|creators|creator" },
];

/** Things that are counted as well as grouped by: without a preposition they are what is counted. */
export const BOTH_COUNTED_AND_GROUPED: ReadonlySet<string> = new Set(["company", "contact", "product"]);

/** How records go from stage to stage, and the stages that this is said of. */
export const MOVES = words(
  "воронк* переход*|воронк* движени*|переход*|переходят|перемеща*|перемещени*|движени*|движутся|двигаются|move|moves|moving|transition*|flow|flows",
);
export const OF_STAGES = words(
  "(?:между|по|со|с|из|from|between|through|across)? ?(?:одной )?(?:стади*|этап*|статус*|stage|stages|status|statuses)(?: (?:на|в|to) (?:другую|стади*|этап*|stage|another))?",
);

/** Weekdays before days, because the longer name holds the shorter one. */
export const GRAINS: readonly (readonly [ChartGrain, RegExp])[] = [
  [
    "weekday",
    words("(?:по )?(?:дням|дни|дней) недели|by weekday|by weekdays|by day of (?:the )?week|weekday|weekdays"),
  ],
  [
    "hour",
    words(
      "(?:по )?часам|(?:по )?часу|by hour|by hours|hourly|hour|hours of (?:the )?day|время суток|по времени суток",
    ),
  ],
  ["day", words("по дням|по датам|ежедневн*|посуточн*|by day|daily|per day|day by day")],
  ["week", words("по неделям|понедельно|еженедельн*|by week|weekly|per week")],
  ["month", words("по месяцам|помесячн*|ежемесячн*|by month|monthly|per month|month by month")],
  ["quarter", words("по кварталам|поквартальн*|ежеквартальн*|by quarter|quarterly|per quarter")],
  ["year", words("по годам|ежегодн*|by year|yearly|annually|per year")],
  ["month", words("динамик*|тренд*|во времени|over time|trend|dynamics")],
];

export const FORMS: readonly (readonly [ChartForm, RegExp])[] = [
  ["pie", words("кругов* диаграмм*|кругов*|круг|кругом|кольцом|пирог*|pie chart|pie|donut|кольцев*")],
  ["heatmap", words("теплов* карт*|heatmap|heat map")],
  ["bar", words("столбчат* диаграмм*|столбц*|столбик*|гистограмм*|bar chart|bars|bar")],
  ["line", words("линейн* график*|линией|line chart|line")],
  ["table", words("таблиц*|табличк*|as a table|table")],
  ["radar", words("радар*|лепестков*|radar")],
  ["treemap", words("дерев* карт*|treemap")],
  ["pivot", words("сводн* таблиц*|сводн*|pivot")],
  ["calendar", words("календар*|calendar")],
];

/** Words that carry no meaning of their own in a question; anything else that is left over might. */
export const EMPTY = new Set(
  `а и или но же ли бы в во на за с со у из к ко о об от до по для при про над под это этот эта эти то та те там тут как так
  что какая какой какое какие каков какова каковы кто где когда мне нам нас наш наша наши наше мы я все всё всего всех весь вся каждый каждого каждому
  каждой было был была были будет есть имеется покажи покажите показать построй построить сделай дай дайте выведи вывести нарисуй
  посмотреть хочу нужно нужен нужна надо можно пожалуйста плиз график графика диаграмма диаграмму отчет отчёт чарт данные статистика
  статистику пришло приходят пришли приходит поступило поступают поступили создано создали созданных сделали сделано получили
  получено у вообще сейчас теперь только еще ещё также тоже итого общее общая общий общую по-моему ну вот сравнить разрез разрезе
  a an the of in on at to for from by per with and or is are was were be been do does did we our us i me my it its this that these those
  what which who how show give list display chart graph plot report please all each every there have has had get got come came want
  need see now then about much vs versus total overall data make made let lets can you us`.split(/\s+/),
);
