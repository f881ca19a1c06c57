import type { GeneratorEntity, GeneratorLogEntry, StopReason } from "@b24kit/client";
import type { GeneratorMessages } from "./messages.ts";
import { ENTITIES } from "./run-state.ts";

/** A session as people see it. */
export const shortSession = (session: string): string => session.slice(0, 8);

/** A word of the log in the page's language, one line or several; its code where the page is older than the server. */
export function toLines(
  t: GeneratorMessages,
  { code, details }: GeneratorLogEntry,
  session: string,
): string[] {
  const s = shortSession(String(details["session"] ?? session));
  const number = (name: string) => Number(details[name] ?? 0);
  const entity = details["entity"] as GeneratorEntity;
  const detail = String(details["detail"] ?? "");
  const { line } = t;
  const words: Record<string, () => string | string[]> = {
    generation_started: () => line.generation_started(s),
    generation_resumed: () => line.generation_resumed(s),
    entity_started: () => line.entity_started(entity, number("count"), s),
    batch_started: () => line.batch_started(entity, number("from"), number("to"), s),
    records_failed: () => line.records_failed(entity, number("count"), detail),
    records_adopted: () => line.records_adopted(entity, number("count")),
    tab_gone: () => line.tab_gone(s),
    tab_back: () => line.tab_back(s),
    generation_done: () => [line.generation_done(s), ...statistics(t, details, String)],
    generation_cancelled: () => t.cancelled(s, details["reason"] as StopReason, detail),
    undo_started: () => line.undo_started,
    undo_done: () => line.undo_done(number("deleted"), number("kept"), number("missing")),
    undo_failed: () => line.undo_failed(number("count"), detail),
  };
  return [words[code]?.() ?? code].flat();
}

/** How many of each kind were made and linked; contacts and companies always, the rest where there are any. */
export function statistics(
  t: GeneratorMessages,
  made: Readonly<Record<string, unknown>>,
  format: (n: number) => string,
): string[] {
  const always: readonly GeneratorEntity[] = ["contact", "company"];
  const rest = ENTITIES.filter((entity) => !always.includes(entity) && Number(made[entity] ?? 0) > 0);
  const lines = [...always, ...rest].map((entity) => t.made[entity](format(Number(made[entity] ?? 0))));
  return [...lines, t.linked(format(Number(made["linked"] ?? 0)))];
}
