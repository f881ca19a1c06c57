import { counted } from "../../core/index.ts";
import type { DetailsMessages } from "./messages.ts";

const rows = (n: number) =>
  counted("ru", n, { one: "запись", few: "записи", many: "записей", other: "записи" });
const requests = (n: number) =>
  counted("ru", n, { one: "запрос", few: "запроса", many: "запросов", other: "запроса" });
const retries = (n: number) =>
  counted("ru", n, { one: "повтор", few: "повтора", many: "повторов", other: "повтора" });
const values = (n: number) =>
  counted("ru", n, { one: "значение", few: "значения", many: "значений", other: "значения" });

const kinds: Record<string, string> = {
  full: "полная загрузка",
  incremental: "обновление изменений",
  reconcile: "сверка",
};

export const ru: DetailsMessages = {
  schedule: "Расписание",
  enabled: "Обновлять по расписанию",
  enabledHint: "Без этого данные меняются только по событиям и по кнопке.",
  interval: "Раз в столько минут",
  intervalHint: "От 1 минуты до недели (10 080).",
  intervalWrong: "Введите целое число минут от 1 до 10 080.",
  webhook: "Принимать события портала",
  webhookHint: "Изменения приходят за секунды, не дожидаясь расписания.",
  contract: "Если поля на портале изменятся",
  contracts: {
    evolve: "Менять таблицу вслед за порталом",
    quarantine: "Оставить колонки, новое в карантин",
    freeze: "Остановиться и сообщить",
  },
  contractHints: {
    evolve: "Новое поле станет колонкой; прежние значения не теряются.",
    quarantine: "Значения новых полей и те, что не подходят колонке, лежат в карантине как пришли.",
    freeze: "Пока поля отличаются, данные не обновляются.",
  },
  save: "Сохранить",
  saved: "Сохранено",
  noRight: "Менять расписание вам нельзя: нужно право sync:run",
  history: "История запусков",
  noRuns: "Запусков ещё не было.",
  more: "Показать ещё",
  types: { full: "Полная загрузка", incremental: "Обновление", reconcile: "Сверка" },
  states: {
    queued: "в очереди",
    running: "идёт",
    waiting: "ждёт портал",
    paused: "приостановлен",
    completed: "готово",
    failed: "ошибка",
    cancelled: "остановлен",
  },
  read: (n) => `прочитано ${rows(n)}`,
  changed: (n) => `изменилось ${rows(n)}`,
  requests,
  retries,
  took: (duration) => `за\u00a0${duration}`,
  showLog: "Журнал",
  logOf: (run) => `Журнал запуска: ${run}`,
  emptyLog: "Этот запуск ничего не записал.",
  levels: { info: "Сведения", warning: "Предупреждение", error: "Ошибка" },
  log: {
    run_queued: (v) =>
      `Поставлено в очередь ${v.text("cause") === "schedule" ? "по расписанию" : "вручную"}: ${kinds[v.text("type")] ?? v.text("type")}`,
    run_started: () => "Синхронизация началась",
    run_resumed: () => "Продолжена после перерыва с того же места",
    run_planned: (v) =>
      `${v.flag("everything") ? "Загружаем всё" : "Загружаем изменения"}: около ${rows(v.amount("rows"))}, частей: ${v.number("partitions")}`,
    run_waiting: (v) =>
      v.text("until")
        ? `Портал ограничил запросы, ждём до ${v.time("until")}`
        : `Ждём: ${v.error("code") || v.text("code")}`,
    run_retried: (v) => `${retries(v.amount("times"))} после сбоя: ${v.error("code") || v.text("code")}`,
    run_completed: (v) =>
      `Готово: прочитано ${rows(v.amount("read"))}, изменилось ${v.number("written")}, ${requests(v.amount("requests"))}, работа портала ${v.duration("serverSeconds")}, всего ${v.duration("seconds")}`,
    run_failed: (v) => `Синхронизация не удалась: ${v.error("code") || v.text("code")}`,
    run_cancelled: () => "Остановлена человеком; загруженное сохранено",
    run_paused: () => "Приостановлена",
    run_unpaused: () => "Продолжена",
    field_added: (v) => `Новое поле портала: добавлена колонка ${v.text("column")}`,
    field_retyped: (v) =>
      `Поле сменило тип: колонка ${v.text("column")} заведена заново, прежние значения в ${v.text("keptAs")}`,
    fields_left_out: (v) => `Полей без колонки: ${v.number("count")} (таблица уже слишком широкая)`,
    dictionary_skipped: (v) => `Справочник «${v.text("dictionary")}» недоступен: ${v.error("code")}`,
    values_quarantined: (v) =>
      `${values(v.amount("count"))} не подошли к типу колонки и лежат в карантине; записи загружены`,
    deletes_found: (v) => `На портале удалено: ${rows(v.amount("count"))}; помечены удалёнными`,
    deletes_withheld: (v) =>
      `Портал не показал ${rows(v.amount("count"))}. Похоже на потерю прав, поэтому ничего не удалено`,
    records_unread: (v) => `Не прочитано диапазонов: ${v.number("ranges")}; их заберёт следующий запуск`,
    reconciled: (v) =>
      `Сверка: источник ${v.number("source")} ${v.amount("source") === v.amount("mirror") ? "=" : "≠"} зеркало ${v.number("mirror")}`,
  },
};
