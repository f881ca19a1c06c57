import type { Zone } from "../zone.ts";

/** The `time` block of an answer: seconds, and ISO texts in the portal's zone. */
export interface TimeBlock {
  start: number;
  finish: number;
  duration: number;
  processing: number;
  date_start: string;
  date_finish: string;
  operating_reset_at?: number;
  operating?: number;
}

export interface Operating {
  /** Seconds that the method spent within ten minutes. */
  spent: number;
  resetAt: number;
}

/** @param startedAt milliseconds @param seconds how long the portal worked */
export function timeBlock(
  zone: Zone,
  startedAt: number,
  seconds: number,
  operating: Operating | null,
): TimeBlock {
  const start = startedAt / 1000;
  return {
    start,
    finish: round(start + seconds),
    duration: round(seconds),
    processing: round(seconds),
    date_start: zone.datetime(startedAt),
    date_finish: zone.datetime(startedAt + seconds * 1000),
    ...(operating ? { operating_reset_at: operating.resetAt, operating: round(operating.spent) } : {}),
  };
}

const round = (seconds: number) => Math.round(seconds * 1e6) / 1e6;
