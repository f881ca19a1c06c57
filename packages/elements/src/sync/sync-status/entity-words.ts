import type { EntityStatus } from "@b24kit/client";
import type { LocaleController } from "../../core/index.ts";
import type { SyncMessages } from "../messages.ts";

/** What the entity is called, in the page's language. */
export const nameOf = ({ language }: LocaleController, { label }: Pick<EntityStatus, "label">): string =>
  label[language];

/** "10 000 сделок", or "10 000 записей" of what has no word of its own. */
export function countedOf(t: SyncMessages, { entity }: Pick<EntityStatus, "entity">, n: number): string {
  return (t.counted[entity] ?? t.records)(n);
}
