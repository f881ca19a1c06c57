import type { CoreMessages } from "./messages.ts";

export const ru: CoreMessages = {
  loading: "Загрузка…",
  retry: "Повторить",
  close: "Закрыть",
  emptyTitle: "Пока пусто",
  emptyText: "Данные появятся здесь после первой синхронизации.",
  idleTitle: "Нечего показать",
  idleText: "Элементу не сказано, что показывать: укажите запрос в атрибуте query.",
  offlineTitle: "Нет связи с сервером",
  offlineText: "Проверьте подключение к сети. Как только связь появится, данные загрузятся.",
  noRightsTitle: "Нет доступа",
  unknownErrorTitle: "Что-то пошло не так",
  unknownErrorText: "Повторите попытку. Если ошибка не исчезнет, покажите подробности администратору.",
  errorDetails: "Подробности",
  requestId: (id) => `Номер запроса: ${id}`,
  asOf: (time) => `На ${time}`,
  stale: (time) => `Обновить не удалось. Показаны данные на ${time}`,
  refresh: "Обновить",
  yes: "Да",
  no: "Нет",
};
