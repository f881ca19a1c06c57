import type { DoctorMessages } from "./messages.ts";

const billing: Record<string, string> = {
  inner: "на каждую команду внутри пакета",
  batch: "на пакет целиком",
  none: "нигде: портал время не считает",
  unknown: "неизвестно",
};

const errors: Record<string, string> = {
  portal_credential_rejected: "вебхук отозван, или его код неверен",
  portal_token_expired: "доступ приложения истёк, нужно разрешить его заново",
  portal_unreachable: "портал не отвечает",
  portal_not_bitrix: "по этому адресу не Битрикс24",
  insufficient_scope: "вебхуку не хватает прав",
  portal_rate_limited: "исчерпан лимит запросов портала",
  portal_operating_limit: "исчерпано рабочее время метода",
};

const yesNo = (value: unknown) => (value === null ? "не измерено" : value ? "да" : "нет");
const ms = (seconds: unknown) => (seconds === null ? "?" : `${Math.round(Number(seconds) * 1000)} мс`);
const plural = (n: number, one: string, few: string, many: string) => {
  const form = new Intl.PluralRules("ru").select(n);
  return `${n} ${form === "one" ? one : form === "few" ? few : many}`;
};

export const ru: DoctorMessages = {
  title: "b24kit doctor: проверка установки",
  sections: {
    settings: () => "Настройки",
    database: () => "База данных",
    portal: (host) => (host ? `Портал ${host}` : "Порталы"),
  },
  why: "Почему",
  todo: "Что делать",
  marks: { ok: "Хорошо", note: "К сведению", warning: "Внимание", failed: "Ошибка" },
  summary: (failed, warnings, requests) =>
    [
      failed > 0 ? plural(failed, "ошибка", "ошибки", "ошибок") : "Ошибок нет",
      warnings > 0 ? plural(warnings, "предупреждение", "предупреждения", "предупреждений") : "",
      requests > 0 ? `${plural(requests, "запрос", "запроса", "запросов")} к порталу` : "",
    ]
      .filter(Boolean)
      .join(" · "),
  readOnly: "На портале ничего не изменено. --write измерит и то, для чего нужна пробная сделка.",
  usage:
    "npm run doctor [-- --write] [-- --json]\n  --write  создать на портале пробную сделку, измерить и удалить её\n  --json   ответ для программ\nЯзык берётся из LANG. Код выхода: 0 хорошо, 1 есть ошибки, 2 неверный вызов.",
  findings: {
    settings_read: { what: () => "Настройки прочитаны" },
    setting_faulty: {
      what: (v) => `Настройка ${v["name"]} не годится`,
      why: (v) => String(v["problem"]),
      todo: () => "Исправьте её в config.env, .env или в окружении.",
    },
    public_url_missing: {
      what: () => "PUBLIC_URL не задан",
      why: () => "Портал не знает, куда присылать события: изменения придут по расписанию.",
      todo: () => "Если сервер виден из интернета, укажите его адрес в PUBLIC_URL.",
    },
    database_reached: { what: (v) => `PostgreSQL ${v["version"]}, роль ${v["role"]}` },
    database_unreachable: {
      what: () => "База данных недоступна",
      why: (v) => String(v["detail"]),
      todo: () => "Проверьте DATABASE_URL, запущен ли сервер и пускает ли он с этой машины.",
    },
    database_old: {
      what: (v) => `PostgreSQL ${v["version"]} слишком старый`,
      why: (v) => `Нужна версия ${v["oldest"]} или новее.`,
      todo: () => "Обновите сервер базы данных.",
    },
    role_may_not_create: {
      what: (v) => `Роль ${v["role"]} не может создавать схемы`,
      why: () => "Копия каждого портала лежит в своей схеме.",
      todo: (v) => `Выполните от имени владельца базы: GRANT CREATE ON DATABASE … TO "${v["role"]}".`,
    },
    role_superuser: {
      what: (v) => `Роль ${v["role"]} суперпользователь`,
      why: () => "Программе столько прав не нужно: ошибка в ней стоила бы дороже.",
      todo: () => "Заведите обычную роль, владельца этой базы, и укажите её в DATABASE_URL.",
    },
    migrations_done: { what: (v) => `Миграции применены: ${v["count"]}` },
    migrations_pending: {
      what: (v) => `Не применены миграции: ${v["count"]}`,
      why: () => "База старше программы.",
      todo: () => "Запустите программу или npm run migrate.",
    },
    database_newer: {
      what: (v) => `База новее программы: неизвестных миграций ${v["count"]}`,
      why: () => "Её уже обновила более новая версия.",
      todo: () => "Обновите программу; со старой базу не трогайте.",
    },
    portal_missing: {
      what: () => "Не подключён ни один портал",
      why: () => "Без портала нечего копировать.",
      todo: () =>
        "Создайте в Битрикс24 входящий вебхук с правом crm и укажите его адрес в BITRIX24_WEBHOOK_URL.",
    },
    portal_answers: { what: (v) => `Портал отвечает, мы вошли как ${v["name"] || "пользователь без имени"}` },
    portal_no_admin: {
      what: () => "Доступ не администратора",
      why: () => "Видны только записи этого сотрудника, и новые поля читаются не все.",
      todo: () => "Создайте вебхук от имени администратора портала.",
    },
    portal_fails: {
      what: (v) => `Портал не пускает: ${errors[String(v["error"])] ?? v["error"]}`,
      why: (v) => String(v["detail"]),
      todo: () => "Проверьте адрес и вебхук портала; новый вебхук укажите в BITRIX24_WEBHOOK_URL.",
    },
    secret_unreadable: {
      what: () => "Сохранённый доступ к порталу не расшифровать",
      why: () => "Он зашифрован другим SECRET_KEY.",
      todo: () => "Верните прежний ключ в SECRET_KEY_PREVIOUS или подключите портал заново.",
    },
    scopes_there: { what: (v) => `Права: ${v["scopes"]}` },
    scope_missing: {
      what: (v) => `Нет права ${v["scope"]}`,
      why: () => "Эта часть данных в копию не попадёт, остальное работает.",
      todo: () => "Если она нужна, добавьте право вебхуку или приложению.",
    },
    scope_needed: {
      what: (v) => `Нет права ${v["scope"]}`,
      why: () => "Без него копировать нечего.",
      todo: (v) => `Добавьте вебхуку или приложению право ${v["scope"]}.`,
    },
    limits_free: { what: (v) => `Лимит запросов свободен: занято ${v["used"]} из ${v["most"]}` },
    limits_used: {
      what: (v) => `Лимит портала занят: ${v["used"]} из ${v["most"]}`,
      why: (v) =>
        v["parked"] ? `Портал приостановил методы: ${v["parked"]}.` : "Его тратят и другие программы.",
      todo: () => "Подождите десять минут и проверьте снова; посмотрите, кто ещё обращается к порталу.",
    },
    bindings_there: { what: (v) => `Подписки на события портала: ${v["count"]}` },
    bindings_missing: {
      what: () => "Подписок на события нет",
      why: () => "Изменения придут только по расписанию.",
      todo: () => "Задайте PUBLIC_URL и перезапустите программу: она подпишется сама.",
    },
    bindings_webhook: {
      what: () => "Подписаться на события через входящий вебхук нельзя",
      why: () => "Портал разрешает это только приложениям.",
      todo: () =>
        "Установите приложение или создайте на портале исходящий вебхук и внесите его токен на странице программы.",
    },
    billing_measured: { what: (v) => `Рабочее время портал пишет ${billing[String(v["billing"])]}` },
    page_measured: {
      what: (v) =>
        `Страница из 50 записей: ${ms(v["page"])}, в пакете ${ms(v["batch"])}; пустой запрос ${ms(v["trip"])}`,
    },
    page_slow: {
      what: (v) => `Страница из 50 записей стоит дорого: в пакете ${ms(v["batch"])}`,
      why: () => "Рабочего времени портала хватит на меньшее число записей за десять минут.",
      todo: () => "Первую загрузку оставьте на ночь; лишние пользовательские поля на портале удалите.",
    },
    child_edits_skipped: {
      what: () => "Меняют ли правки товаров и связей дату сделки, не измерено",
      why: () => "Для этого нужна пробная сделка, а без разрешения на портал ничего не пишется.",
      todo: () => "Запустите с --write: сделка будет создана и сразу удалена.",
    },
    child_edits_measured: {
      what: (v) =>
        `Дату изменения сделки меняют: правка товаров — ${yesNo(v["productRows"])}, связь с контактом — ${yesNo(v["contacts"])}`,
    },
    measurement_failed: {
      what: (v) => `Измерить не удалось: ${errors[String(v["error"])] ?? v["error"]}`,
      why: (v) => String(v["detail"]),
      todo: () => "Повторите позже; если не поможет, покажите эту строку разработчикам.",
    },
    profile_saved: { what: () => "Измеренное сохранено в базе" },
  },
};
