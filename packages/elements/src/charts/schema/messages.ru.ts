import { counted } from "../../core/index.ts";
import type { SchemaMessages } from "./messages.ts";

export const ru: SchemaMessages = {
  schema: "Описание базы",
  search: "Поиск по таблицам и полям",
  searchShort: "Таблица или поле",
  contents: "Таблицы",
  copy: "Скопировать Markdown",
  copied: "Скопировано",
  notCopied: "Браузер не дал скопировать",
  download: "Скачать Markdown",
  enrich: "С пояснениями ИИ",
  enrichHint: "Модель видит только названия таблиц и полей.",
  found: (n) =>
    counted("ru", n, {
      one: "раздел найден",
      few: "раздела найдено",
      many: "разделов найдено",
      other: "раздела найдено",
    }),
  nothingTitle: "Ничего не нашлось",
  nothingText: "Такой таблицы или поля в базе нет.",
};
