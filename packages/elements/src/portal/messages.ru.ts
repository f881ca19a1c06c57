import { counted } from "../core/index.ts";
import type { PortalMessages } from "./messages.ts";

const records = (n: number) =>
  counted("ru", n, { one: "запись", few: "записи", many: "записей", other: "записи" });
const events = (n: number) =>
  counted("ru", n, { one: "событие", few: "события", many: "событий", other: "события" });

export const ru: PortalMessages = {
  heading: "Порталы Битрикс24",
  lead: "Откуда берутся данные. Доступы хранятся зашифрованными и никогда не показываются.",
  emptyTitle: "Портал ещё не подключён",
  emptyText: "Подключите портал адресом входящего вебхука или установите в нём приложение.",
  emptyNoRight: "Подключить портал может администратор: нужно право admin.",
  state: { connected: "Подключён", unreachable: "Не отвечает", reauthorise: "Нужен новый доступ" },
  access: { application: "Приложение", webhook: "Вебхук" },
  scopes: (scopes) => `права: ${scopes}`,
  check: "Проверить",
  checkOf: (host) => `Проверить портал ${host}`,
  checking: "Проверяем…",
  reinstall: "Авторизовать заново",
  remove: "Удалить",
  removeOf: (host) => `Удалить портал ${host}`,
  removeQuestion: (host) =>
    `Удалить портал ${host} и всё, что загружено из него сюда? В самом Битрикс24 ничего не удалится.`,
  removeConfirm: (host) => `Чтобы подтвердить, введите ${host}`,
  removeWrong: (host) => `Введите точно так: ${host}`,
  removeYes: "Удалить портал и данные",
  removeNo: "Оставить",
  removed: (host, rows, n) => `Портал ${host} удалён, а с ним ${records(rows)} и ${events(n)}.`,
  bound: (host) =>
    `Портал ${host} не ответил, поэтому кнопки приложения в нём могли остаться: удалите приложение в Битрикс24.`,
  connect: "Подключить",
  connecting: "Подключаем…",
  webhook: "Адрес входящего вебхука",
  webhookHint:
    "В Битрикс24: Разработчикам → Другое → Входящий вебхук, право crm. Адрес вида https://mycompany.bitrix24.ru/rest/1/код/ скопируйте целиком.",
  webhookMissing: "Вставьте адрес вебхука.",
  webhookShape: "Это не адрес вебхука. Он выглядит так: https://mycompany.bitrix24.ru/rest/1/код/",
  install: "Установить как приложение",
  installHint: "С приложением появятся кнопки в карточках и списках CRM, а изменения будут приходить сразу.",
  announceConnected: (host) => `Портал ${host} подключён`,
  announceChecked: (host, state) => `Портал ${host}: ${state}`,
};
