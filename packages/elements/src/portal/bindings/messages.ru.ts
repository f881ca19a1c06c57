import { counted } from "../../core/index.ts";
import type { BindingsMessages } from "./messages.ts";

const LISTS: Record<string, string> = {
  LEAD: "лидов",
  DEAL: "сделок",
  CONTACT: "контактов",
  COMPANY: "компаний",
};
const CARDS: Record<string, string> = {
  LEAD: "лида",
  DEAL: "сделки",
  CONTACT: "контакта",
  COMPANY: "компании",
};
const NAMES: Record<string, string> = {
  LEAD: "Лид",
  DEAL: "Сделка",
  CONTACT: "Контакт",
  COMPANY: "Компания",
  TASK: "Задача",
  DYNAMICITEM: "Элемент смарт-процесса",
};
const DEEDS: Record<string, string> = { ADD: "создание", UPDATE: "изменение", DELETE: "удаление" };
const FIELD_DEEDS: Record<string, string> = {
  ADD: "новое поле",
  UPDATE: "поле изменено",
  DELETE: "поле удалено",
  SETENUMVALUES: "значения списка",
};
const OTHERS: Record<string, string> = {
  ONCRMDEALMOVETOCATEGORY: "Сделка: смена воронки",
  ONAPPINSTALL: "Приложение установлено",
  ONAPPUPDATE: "Приложение обновлено",
  ONAPPUNINSTALL: "Приложение удалено",
  ONAPPTEST: "Проверка связи",
};
const bindings = (n: number) =>
  counted("ru", n, { one: "подписка", few: "подписки", many: "подписок", other: "подписки" });

export const ru: BindingsMessages = {
  heading: "Кнопки и события портала",
  lead: "За чем портал обращается к этому серверу. Проверяется при запуске и раз в сутки.",
  placements: "Кнопки",
  events: "События",
  nothing: "Ничего нет.",
  placement: (code) => {
    const [, kind = "", where] = /^CRM_(LEAD|DEAL|CONTACT|COMPANY)_(LIST|DETAIL)_TOOLBAR$/.exec(code) ?? [];
    if (!where) return code;
    return where === "LIST" ? `В списке ${LISTS[kind]}` : `В карточке ${CARDS[kind]}`;
  },
  event: (code) => {
    const [, kind = "", field, deed = ""] =
      /^ON(?:CRM)?(LEAD|DEAL|CONTACT|COMPANY|DYNAMICITEM|TASK)(USERFIELD)?([A-Z]+)$/.exec(code) ?? [];
    const words = (field ? FIELD_DEEDS : DEEDS)[deed];
    if (!words) return OTHERS[code] ?? code;
    return field ? `${NAMES[kind]}: ${words}` : `${NAMES[kind]}: ${DEEDS[deed]}`;
  },
  elsewhere: (host) => `ведёт на ${host}`,
  restore: "Проверить и восстановить",
  restoring: "Проверяем…",
  restored: (made, removed) =>
    [
      made > 0 ? `восстановлено: ${bindings(made)}` : "",
      removed > 0 ? `убрано устаревших: ${bindings(removed)}` : "",
    ]
      .filter(Boolean)
      .join(", ")
      .replace(/^./, (first) => first.toUpperCase()),
  complete: "Всё на месте.",
  webhookTitle: "Портал подключён вебхуком",
  webhookText:
    "Кнопки ставит только приложение. Чтобы изменения приходили сразу, создайте в портале исходящий вебхук на этот адрес и сохраните здесь его ключ.",
  address: "Адрес для исходящего вебхука",
  token: "Ключ исходящего вебхука",
  tokenHint: "В Битрикс24: Разработчикам → Другое → Исходящий вебхук, поле «Токен приложения».",
  tokenWrong: "Вставьте ключ целиком: в нём не меньше 16 знаков.",
  save: "Сохранить ключ",
  saving: "Сохраняем…",
  saved: "Ключ сохранён: события этого вебхука теперь принимаются.",
};
