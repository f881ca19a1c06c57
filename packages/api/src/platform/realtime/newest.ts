import type { BusEvent } from "../bus/bus.ts";

/** The events in order, of those with the same key only the newest; without keys all of them. */
export function newest(
  events: readonly BusEvent[],
  keyOf: ((data: unknown) => string) | undefined,
): readonly BusEvent[] {
  if (!keyOf) return events;
  const last = new Map<string, BusEvent>();
  for (const event of events) last.set(keyOf(event.data), event);
  return [...last.values()].sort((a, b) => a.seq - b.seq);
}
