import type { Category } from "./aggregate.ts";

const STEPS = [1, 2, 3, 6, 12];
/** Room that "сент" and the gap behind it take, px. */
const LABEL = 52;

/** Which months to name on an axis so wide: every one, every second, third… counted from January, so that years show. */
export function monthTicks(categories: readonly Category[], width: number): ReadonlySet<number> {
  const room = Math.max(2, Math.floor(width / LABEL));
  const step = STEPS.find((size) => categories.length / size <= room) ?? 12;
  const months = categories.map(({ key }) => Number(key?.slice(5, 7)));
  return new Set([...months.keys()].filter((i) => (months[i]! - 1) % step === 0));
}
