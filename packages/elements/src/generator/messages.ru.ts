import type { GeneratorEntity } from "@b24kit/client";
import { counted } from "../core/index.ts";
import type { GeneratorMessages } from "./messages.ts";

const records = (n: number) =>
  counted("ru", n, { one: "запись", few: "записи", many: "записей", other: "записи" });
const count: Record<GeneratorEntity, (n: number) => string> = {
  company: (n) => counted("ru", n, { one: "компания", few: "компании", many: "компаний", other: "компании" }),
  contact: (n) => counted("ru", n, { one: "контакт", few: "контакта", many: "контактов", other: "контакта" }),
  lead: (n) => counted("ru", n, { one: "лид", few: "лида", many: "лидов", other: "лида" }),
  deal: (n) => counted("ru", n, { one: "сделка", few: "сделки", many: "сделок", other: "сделки" }),
};
/** После «создаём»: винительный падеж. */
const object: Record<GeneratorEntity, (n: number) => string> = {
  ...count,
  company: (n) => counted("ru", n, { one: "компанию", few: "компании", many: "компаний", other: "компании" }),
  deal: (n) => counted("ru", n, { one: "сделку", few: "сделки", many: "сделок", other: "сделки" }),
};
const many = { company: "компании", contact: "контакты", lead: "лиды", deal: "сделки" };

export const ru: GeneratorMessages = {
  heading: "Тестовые данные",
  lead: (portal) =>
    `Связанные компании, контакты, лиды и сделки появятся в портале ${portal}. Их можно удалить одной кнопкой.`,
  fields: { company: "Компании", contact: "Контакты", lead: "Лиды", deal: "Сделки" },
  locale: "Язык данных",
  locales: {
    ru: "Русский",
    en: "Английский",
    de: "Немецкий",
    fr: "Французский",
    es: "Испанский",
    pl: "Польский",
  },
  seed: "Зерно",
  seedHint: "Одно зерно даёт одни и те же записи. Пусто: случайное.",
  more: "Ещё настройки",
  wrongCount: "Целое число от 0 до 100 000.",
  wrongSeed: "Целое число от 0 до 2 147 483 647.",
  nothing: "Укажите, сколько записей создать.",
  start: "Создать тестовые данные",
  again: "Создать ещё",
  preview: "Показать без записи",
  previewTitle: "Что получится",
  previewClose: "Скрыть",
  previewLinks: (contacts, several) =>
    `С компанией будут ${count.contact(contacts)}, из них ${several} сразу с двумя`,
  previewTime: (requests, duration) =>
    `${counted("ru", requests, { one: "запрос", few: "запроса", many: "запросов", other: "запроса" })} к порталу, ${duration === null ? "его лимиты не задержат" : `по его лимитам не быстрее: ${duration}`}`,
  seedIs: (seed) => `Зерно ${seed}`,
  samples: "Примеры записей",
  counted: count,
  records,
  states: {
    queued: "В очереди",
    running: "Создаём",
    held: "Ждём вкладку",
    stopping: "Останавливаем",
    completed: "Готово",
    stopped: "Остановлено",
    failed: "Ошибка",
    undoing: "Удаляем",
    undone: "Удалено",
  },
  elsewhere: "Генерация уже запущена в другой вкладке. Ожидайте результатов...",
  held: (until) =>
    `Вкладка, запустившая генерацию, закрыта. Если она не вернётся до ${until}, генерация остановится.`,
  stopping: (underWay) =>
    underWay === 0
      ? "Новые партии не начинаются."
      : `Новые партии не начинаются, дожидаемся начатых: ${records(underWay)} в пути.`,
  waiting: (until) => `Портал ограничил запросы. Продолжится само в ${until}, ничего не потеряно.`,
  offline: "Нет связи с сервером. Состояние обновится, когда она вернётся.",
  progress: "Ход генерации",
  undoProgress: "Ход удаления",
  ofTotal: (done, total) => `${done} из ${total}`,
  rate: (perSecond) => `${perSecond} записей/с`,
  left: (duration) => `осталось ${duration}`,
  resumed: "продолжено после перерыва",
  stop: "Остановить",
  resume: "Продолжить",
  undo: "Удалить созданное",
  undoCount: (n) => `Удалить ${records(n)}`,
  undoQuestion: (n) =>
    `Удалить из портала ${records(n)} этой генерации? Записи, которые с тех пор изменили люди, останутся. Остальные данные портала не затрагиваются.`,
  undoYes: (n) => `Удалить ${records(n)}`,
  undoNo: "Оставить",
  force: (n) => `Удалить и изменённые (${n})`,
  forceQuestion: (n) => `Удалить ${records(n)}, которые изменили люди? Их правки пропадут.`,
  kept: (n) =>
    `${counted("ru", n, { one: "запись оставлена", few: "записи оставлены", many: "записей оставлено", other: "записи оставлено" })}: их изменили люди`,
  stats: "Итог",
  made: {
    contact: (n) => `Контактов создано: ${n}`,
    company: (n) => `Компаний создано: ${n}`,
    lead: (n) => `Лидов создано: ${n}`,
    deal: (n) => `Сделок создано: ${n}`,
  },
  linked: (n) => `Успешно привязано: ${n}`,
  refused: (n) =>
    `Портал не принял ${counted("ru", n, { one: "запись", few: "записи", many: "записей", other: "записи" })}`,
  field: (name) => `поле «${name}»`,
  undone: (deleted, missing) =>
    `Удалено: ${records(deleted)}${missing > 0 ? `, ещё ${records(missing)} уже удалили до нас` : ""}`,
  results: "Созданные компании и контакты",
  history: "Прошлые генерации",
  log: "Журнал",
  cancelled: (session, reason, detail) => {
    const why = {
      disconnected: "пользователь отключился",
      request: "остановка по запросу",
      error: `ошибка: ${detail}`,
    };
    return `Генерация отменена для сессии ${session} - ${why[reason]}`;
  },
  noRight: "Создавать данные вам нельзя: нужно право generator:run",
  noPortalTitle: "Портал ещё не подключён",
  noPortalText:
    "Создайте в Битрикс24 входящий вебхук с правом crm и укажите его адрес в настройке BITRIX24_WEBHOOK_URL.",
  noProviderTitle: "Не указан сервер",
  noProviderText: "Поместите элемент внутрь <b24-provider>: он знает адрес сервера и получает доступ.",
  line: {
    generation_started: (session) => `Начинаем создание тестовых данных в Битрикс 24: Сессия ${session}...`,
    generation_resumed: (session) => `Продолжаем с того же места: Сессия ${session}...`,
    entity_started: (entity, n, session) => `Создаём ${object[entity](n)}: Сессия ${session}...`,
    batch_started: (entity, from, to, session) =>
      `Создаем ${many[entity]} ${from}-${to}: Сессия ${session}...`,
    records_failed: (_entity, n, detail) => `Портал не принял ${records(n)}: ${detail}`,
    records_adopted: (_entity, n) => `Ответ портала не дошёл; ${records(n)} найдено на месте`,
    tab_gone: (session) => `Вкладка закрыта, ждём её возвращения: Сессия ${session}...`,
    tab_back: (session) => `Вкладка вернулась: Сессия ${session}...`,
    generation_done: (session) => `Готово! Статистика для сессии ${session}:`,
    undo_started: "Удаляем созданные записи...",
    undo_done: (deleted, kept, missing) =>
      `Удаление закончено. Удалено: ${deleted}, оставлено изменённых: ${kept}, уже не было: ${missing}`,
    undo_failed: (n, detail) => `Портал не удалил ${records(n)}: ${detail}`,
  },
};
