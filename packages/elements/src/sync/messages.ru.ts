import { counted } from "../core/index.ts";
import type { SyncMessages } from "./messages.ts";

const rows = (n: number) =>
  counted("ru", n, { one: "запись", few: "записи", many: "записей", other: "записи" });

export const ru: SyncMessages = {
  heading: "Синхронизация с порталом",
  entities: { deal: "Сделки", contact: "Контакты", lead: "Лиды", company: "Компании" },
  counted: {
    deal: (n) => counted("ru", n, { one: "сделка", few: "сделки", many: "сделок", other: "сделки" }),
    contact: (n) =>
      counted("ru", n, { one: "контакт", few: "контакта", many: "контактов", other: "контакта" }),
    lead: (n) => counted("ru", n, { one: "лид", few: "лида", many: "лидов", other: "лида" }),
    company: (n) =>
      counted("ru", n, { one: "компания", few: "компании", many: "компаний", other: "компании" }),
  },
  stateNone: "Ещё не загружались",
  stateQueued: "В очереди",
  stateRunning: { full: "Загружаются", incremental: "Обновляются", reconcile: "Сверяются" },
  stateWaiting: "Ждёт портал",
  statePaused: "Приостановлено",
  stateCompleted: "Готово",
  stateFailed: "Ошибка",
  stateCancelled: "Остановлено",
  startAll: "Синхронизировать всё",
  incremental: "Обновить",
  full: "Загрузить всё",
  stop: "Остановить",
  incrementalOf: (entity) => `Обновить изменения: ${entity}`,
  fullOf: (entity) => `Загрузить всё: ${entity}`,
  stopOf: (entity) => `Остановить: ${entity}`,
  stopQuestion: (done) => `Остановить загрузку? Загруженное (${done}) сохранится.`,
  stopYes: "Остановить загрузку",
  stopNo: "Продолжить",
  progressOf: (entity) => `Загрузка: ${entity}`,
  ofTotal: (done, total) => `${done} из ${total}`,
  asking: "Узнаём у портала, сколько записей",
  rate: (perSecond) => `${perSecond} записей/с`,
  left: (duration) => `осталось ${duration}`,
  requests: (n) => counted("ru", n, { one: "запрос", few: "запроса", many: "запросов", other: "запроса" }),
  retries: (n) => counted("ru", n, { one: "повтор", few: "повтора", many: "повторов", other: "повтора" }),
  resumed: "продолжено после перерыва",
  waiting: (until) => `Портал ограничил запросы. Продолжится само в ${until}, ничего не потеряно.`,
  updated: (when) => `Обновлено ${when}`,
  made: (read, written, duration) => `прочитано ${read}, изменилось ${written}, за ${duration}`,
  stoppedAt: (read) => `Остановлено: успели прочитать ${rows(read)}, они сохранены`,
  next: (when) => `следующее ${when}`,
  queued: "Ждёт своей очереди",
  never: "Загрузите впервые, чтобы увидеть данные",
  live: "Обновляется вживую",
  connecting: "Подключаемся…",
  offline: "Нет связи",
  noRight: "Запускать синхронизацию вам нельзя: нужно право sync:run",
  noPortalTitle: "Портал ещё не подключён",
  noPortalText:
    "Создайте в Битрикс24 входящий вебхук с правом crm и укажите его адрес в настройке BITRIX24_WEBHOOK_URL. Сделки, контакты, лиды и компании появятся здесь.",
  noProviderTitle: "Не указан сервер",
  noProviderText: "Поместите элемент внутрь <b24-provider>: он знает адрес сервера и получает доступ.",
  announceStarted: (entity) => `${entity}: синхронизация началась`,
  announceFinished: (entity, read) => `${entity}: готово, прочитано ${rows(read)}`,
  announceFailed: (entity, reason) => `${entity}: ошибка. ${reason}`,
  announceCancelled: (entity) => `${entity}: синхронизация остановлена`,
};
