import type { Measurement } from "./ledger.ts";
import type { LimitReport, OperatingMode } from "./limiter.ts";
import type { PortalTime } from "./types.ts";

/** Name of a batch's own ledger entry. */
export const BATCH = "batch";

/** Everything, in order of name, whose operating time a request uses: its methods and, for a batch, the batch itself. */
export function ledgerKeys(
  method: string,
  commands: Readonly<Record<string, number>>,
): Record<string, number> {
  const total = Object.values(commands).reduce((sum, count) => sum + count, 0);
  const inner = Object.entries(commands).map(([name, count]) => [name.toLowerCase(), count] as const);
  const all = method.toLowerCase() === BATCH ? [...inner, [BATCH, total] as const] : inner;
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function toMeasurement(commands: number, seconds: number, time: PortalTime): Measurement {
  const measured: Measurement = { commands, seconds };
  if (time.operating === undefined) return measured;
  measured.operating = time.operating;
  measured.measuredAt = time.finish * 1000;
  if (time.operatingResetAt !== undefined) {
    measured.resetInMs = Math.max(0, (time.operatingResetAt - time.finish) * 1000);
  }
  return measured;
}

/** The portal's last word on a method: counters only grow within a request. */
const highest = (times: readonly PortalTime[]) =>
  times.reduce((top, time) => ((time.operating ?? -1) >= (top.operating ?? -1) ? time : top));

/**
 * Portals differ in what a batch costs: some charge each inner method, some charge `batch` and repeat its number
 * in every command's time. Both numbers are read; this tells which way the portal goes.
 */
export function learnMode(report: LimitReport): OperatingMode | null {
  if (report.method.toLowerCase() !== BATCH || !report.time) return null;
  const inner = (report.results ?? []).flatMap(({ time }) => (time?.operating === undefined ? [] : [time]));
  const outer = report.time.operating;
  if (outer === undefined && inner.length === 0) return "none";
  const worked = inner.filter((time) => time.duration > 0);
  const same = worked.length > 1 && worked.every((time) => time.operating === worked[0]?.operating);
  if ((outer ?? 0) > 0) return "batch";
  if (same && (worked[0]?.operating ?? 0) > 0) return BATCH;
  return worked.some((time) => (time.operating ?? 0) > 0) ? "inner" : null;
}

/** What a report says about each ledger entry it used. */
export function toMeasurements(report: LimitReport, mode: OperatingMode): Record<string, Measurement> {
  const keys = ledgerKeys(report.method, report.commands);
  const { time, results = [] } = report;
  if (!time) return Object.fromEntries(Object.entries(keys).map(([name, commands]) => [name, { commands }]));
  if (report.method.toLowerCase() !== BATCH) {
    const [name = report.method.toLowerCase(), commands = 1] = Object.entries(keys)[0] ?? [];
    return { [name]: toMeasurement(commands, time.duration, time) };
  }
  const times = (name: string) =>
    results.flatMap((result) => (result.time && result.method.toLowerCase() === name ? [result.time] : []));
  const measured: Record<string, Measurement> = {};
  for (const [name, commands] of Object.entries(keys)) {
    const own = times(name);
    const seconds = own.reduce((sum, item) => sum + item.duration, 0) / Math.max(1, own.length);
    if (name === BATCH) {
      const all = results.flatMap((result) => (result.time ? [result.time] : []));
      const source = mode === "batch" ? highest([time, ...all]) : time;
      measured[name] = toMeasurement(commands, time.duration / Math.max(1, commands), source);
    } else if (own.length === 0) measured[name] = { commands };
    else
      measured[name] =
        mode === "batch" ? { commands, seconds } : toMeasurement(commands, seconds, highest(own));
  }
  return measured;
}
