import { counted } from "../../core/index.ts";
import type { RecordMessages } from "./messages.ts";

export const ru: RecordMessages = {
  emptyTitle: "Записи пока нет",
  emptyText: "Её нет в портале, или она ещё не загружена: обновите данные кнопкой внизу страницы.",
  more: (n) => `Ещё ${counted("ru", n, { one: "поле", few: "поля", many: "полей", other: "поля" })}`,
};
