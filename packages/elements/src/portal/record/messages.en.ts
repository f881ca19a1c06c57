import { counted } from "../../core/index.ts";
import type { RecordMessages } from "./messages.ts";

export const en: RecordMessages = {
  emptyTitle: "No record yet",
  emptyText: "The portal has none, or it was not loaded yet: renew the data by the button at the page's end.",
  more: (n) => counted("en", n, { one: "more field", other: "more fields" }),
};
