import type { HistoryMessages } from "./messages.ts";

export const en: HistoryMessages = {
  heading: "From stage to stage",
  emptyTitle: "It has not moved yet",
  emptyText: "Every change of the stage will stand here: when it came and how long it lasted.",
  stood: (time) => `${time} on this stage`,
  stands: (time) => `on this stage now, for ${time}`,
  earlier: "Earlier moves are in the portal's card.",
};
