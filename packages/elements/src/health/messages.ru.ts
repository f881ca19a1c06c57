import type { HealthMessages } from "./messages.ts";

export const ru: HealthMessages = {
  asking: "Проверяем сервер…",
  ok: "Сервер работает",
  noDatabase: "База данных не отвечает",
  silent: "Сервер не отвечает",
  version: (version) => `версия ${version}`,
  took: (milliseconds) => `ответ за ${milliseconds} мс`,
  label: "Состояние сервера",
};
