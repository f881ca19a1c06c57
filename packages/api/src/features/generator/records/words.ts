import type { GeneratorLocale } from "@b24kit/client/contract";

/** What records of a language are called; the rest comes from the word lists of the library. */
export interface Words {
  readonly country: string;
  /** A mobile number is the country's code, one of these and seven digits. */
  readonly dial: readonly string[];
  readonly currency: string;
  readonly posts: readonly string[];
  /** What is sold: the subject of deals and leads. */
  readonly subjects: readonly string[];
}

const en: Words = {
  country: "USA",
  dial: ["+1 212", "+1 312", "+1 415", "+1 617"],
  currency: "USD",
  posts: ["CEO", "Head of sales", "Buyer", "Chief accountant", "Office manager", "Engineer", "Lawyer"],
  subjects: [
    "Equipment delivery",
    "CRM roll-out",
    "Yearly service",
    "Office fit-out",
    "Staff training",
    "Advertising",
  ],
};

export const WORDS: Readonly<Record<GeneratorLocale, Words>> = {
  en,
  ru: {
    country: "Россия",
    dial: [
      "+7 901",
      "+7 903",
      "+7 905",
      "+7 910",
      "+7 912",
      "+7 916",
      "+7 921",
      "+7 926",
      "+7 950",
      "+7 985",
    ],
    currency: "RUB",
    posts: [
      "Генеральный директор",
      "Коммерческий директор",
      "Финансовый директор",
      "Главный бухгалтер",
      "Руководитель отдела продаж",
      "Менеджер по закупкам",
      "Менеджер по продажам",
      "Начальник производства",
      "Главный инженер",
      "Специалист по логистике",
      "Офис-менеджер",
      "Юрист",
      "Маркетолог",
      "Системный администратор",
    ],
    subjects: [
      "Поставка оборудования",
      "Внедрение CRM",
      "Годовое обслуживание",
      "Ремонт офиса",
      "Разработка сайта",
      "Обучение сотрудников",
      "Монтаж вентиляции",
      "Рекламная кампания",
      "Аренда склада",
      "Поставка металлопроката",
      "Аудит безопасности",
      "Поставка мебели",
    ],
  },
  de: {
    country: "Deutschland",
    dial: ["+49 151", "+49 160", "+49 170", "+49 171"],
    currency: "EUR",
    posts: ["Geschäftsführung", "Vertriebsleitung", "Einkauf", "Buchhaltung", "Technik", "Assistenz"],
    subjects: [
      "Lieferung von Anlagen",
      "CRM-Einführung",
      "Jahreswartung",
      "Büroausbau",
      "Schulung",
      "Werbekampagne",
    ],
  },
  fr: {
    country: "France",
    dial: ["+33 61", "+33 62", "+33 67", "+33 68"],
    currency: "EUR",
    posts: [
      "Direction générale",
      "Direction commerciale",
      "Achats",
      "Comptabilité",
      "Technique",
      "Assistance",
    ],
    subjects: [
      "Livraison de matériel",
      "Déploiement CRM",
      "Maintenance annuelle",
      "Aménagement",
      "Formation",
      "Publicité",
    ],
  },
  es: {
    country: "España",
    dial: ["+34 61", "+34 62", "+34 65", "+34 66"],
    currency: "EUR",
    posts: [
      "Dirección general",
      "Dirección comercial",
      "Compras",
      "Contabilidad",
      "Ingeniería",
      "Administración",
    ],
    subjects: [
      "Entrega de equipos",
      "Implantación de CRM",
      "Mantenimiento anual",
      "Reforma",
      "Formación",
      "Publicidad",
    ],
  },
  pl: {
    country: "Polska",
    dial: ["+48 50", "+48 60", "+48 66", "+48 79"],
    currency: "PLN",
    posts: ["Dyrektor generalny", "Sprzedaż", "Zakupy", "Księgowość", "Technika", "Administracja"],
    subjects: ["Dostawa sprzętu", "Wdrożenie CRM", "Serwis roczny", "Remont biura", "Szkolenie", "Reklama"],
  },
};

/** Halves of Russian company names: «СеверСтрой», «Альфа Логистик». */
export const NAME_STARTS: readonly string[] = [
  "Север",
  "Восток",
  "Альфа",
  "Вектор",
  "Гранит",
  "Сибирь",
  "Урал",
  "Волга",
  "Балтик",
  "Меридиан",
  "Атлант",
  "Орион",
  "Кедр",
  "Прогресс",
  "Импульс",
  "Квант",
  "Стандарт",
  "Горизонт",
  "Метео",
  "Лидер",
  "Маяк",
  "Протон",
  "Рубин",
  "Контур",
];

export const NAME_ENDS: readonly string[] = [
  "Строй",
  "Торг",
  "Сервис",
  "Логистик",
  "Пром",
  "Инвест",
  "Мебель",
  "Энерго",
  "Агро",
  "Тех",
  "Софт",
  "Трейд",
  "Медиа",
  "Монтаж",
  "Металл",
  "Транс",
  "Пласт",
  "Фарм",
];

export const LEGAL_FORMS: readonly string[] = ["ООО", "ООО", "ООО", "ООО", "АО", "ПАО"];
