import type * as z from "zod";

/** What is wrong in a form, in words, by the field's name. */
export type WrongFields = Record<string, string>;

const EMPTY: Record<string, string> = {
  title: "Введите название.",
  handlerUrl: "Введите адрес обработчика.",
  url: "Введите адрес.",
  events: "Выберите хотя бы одно событие.",
};

const ADDRESS: Record<string, string> = {
  address:
    "Портал не достучится до этого адреса: нужен адрес, открытый из интернета. Для разработки на своей машине включите handlers.local.",
  protocol: "Адрес должен начинаться с https://. Для разработки на своей машине включите handlers.plainHttp.",
};

/** Each fault of the input beside its field; the first one of a field is enough. */
export function wrongFields(error: z.ZodError, given: Record<string, unknown>): WrongFields {
  const wrong: WrongFields = {};
  for (const issue of error.issues) {
    const name = String(issue.path[0] ?? "form");
    const fault = issue.code === "custom" ? String(issue.params?.fault ?? "") : "";
    const empty = given[name] === "" || (Array.isArray(given[name]) && given[name].length === 0);
    wrong[name] ??= (empty ? EMPTY[name] : undefined) ?? ADDRESS[fault] ?? "Проверьте это поле.";
  }
  return wrong;
}
