import type { HistoryMessages } from "./messages.ts";

export const ru: HistoryMessages = {
  heading: "Движение по стадиям",
  emptyTitle: "Движений ещё не было",
  emptyText: "Здесь будет каждая смена стадии: когда она произошла и сколько длилась.",
  stood: (time) => `на стадии ${time}`,
  stands: (time) => `сейчас на этой стадии, ${time}`,
  earlier: "Более ранние движения смотрите в карточке портала.",
};
