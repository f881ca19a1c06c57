import type { Label } from "@b24kit/client/contract";

/** What codes of Bitrix24 mean that no dictionary of a portal explains. Several codes may mean the same. */
export interface Meaning {
  /** Ours, the same for all portals. */
  readonly name: string;
  readonly codes: readonly string[];
  readonly label: Label;
}

const meaning = (name: string, codes: string, ru: string, en: string): Meaning => ({
  ...{ name, codes: codes.split(" "), label: { ru, en } },
});

/** 1 is a task that nobody has looked at. */
export const TASK_STATUSES: readonly Meaning[] = [
  meaning("waiting", "1 2", "Ждёт выполнения", "Waiting"),
  meaning("in_progress", "3", "Выполняется", "In progress"),
  meaning("awaiting_control", "4", "Ждёт контроля", "Awaiting control"),
  meaning("completed", "5", "Завершена", "Completed"),
  meaning("deferred", "6", "Отложена", "Deferred"),
  meaning("declined", "7", "Отклонена", "Declined"),
];

export const TASK_PRIORITIES: readonly Meaning[] = [
  meaning("low", "0", "Низкий", "Low"),
  meaning("normal", "1", "Обычный", "Normal"),
  meaning("high", "2", "Высокий", "High"),
];

/** 3 is an incoming call that was passed on to somebody's own phone. */
export const CALL_DIRECTIONS: readonly Meaning[] = [
  meaning("incoming", "2 3", "Входящий", "Incoming"),
  meaning("outgoing", "1", "Исходящий", "Outgoing"),
  meaning("callback", "4", "Обратный звонок", "Callback"),
  meaning("announcement", "5", "Автообзвон", "Announcement"),
];

export const CALL_RESULTS: readonly Meaning[] = [
  meaning("answered", "200", "Состоявшийся", "Answered"),
  meaning("missed", "304", "Пропущенный", "Missed"),
  meaning("declined", "603", "Отклонённый", "Declined"),
  meaning("cancelled", "603-S", "Вызов отменён", "Cancelled"),
  meaning("busy", "486", "Занято", "Busy"),
  meaning("wrong_number", "404", "Неверный номер", "Wrong number"),
  meaning("unavailable", "480", "Временно недоступен", "Temporarily unavailable"),
  meaning("no_route", "484 503", "Направление недоступно", "Destination unavailable"),
  meaning("forbidden", "403", "Запрещён", "Forbidden"),
  meaning("no_money", "402", "Недостаточно средств", "Not enough money"),
  meaning("blocked", "423", "Заблокирован", "Blocked"),
  meaning("unknown", "OTHER", "Не определён", "Unknown"),
];
