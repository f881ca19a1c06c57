import type { Queryable } from "../store/queryable.ts";

/** Minutes that the portal's own time is ahead of UTC, as it said last; 0 before it was asked. */
export async function readPortalOffset(db: Queryable, portalId: number): Promise<number> {
  const { rows } = await db.query<{ minutes: number }>(
    `SELECT portal_offset_minutes AS minutes FROM b24kit.sync_runs WHERE portal_id = $1 AND window_to IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [portalId],
  );
  return rows[0]?.minutes ?? 0;
}

/** SQL of the moment at which a day begins in the portal. `day` is SQL of a date. */
export function dayStart(day: string, offsetMinutes: number): string {
  return `((${day})::timestamp AT TIME ZONE 'UTC' - make_interval(mins => ${Math.trunc(offsetMinutes)}))`;
}

/** SQL of a moment as the portal's clocks show it. */
export function portalClock(moment: string, offsetMinutes: number): string {
  return `(${moment} AT TIME ZONE 'UTC' + make_interval(mins => ${Math.trunc(offsetMinutes)}))`;
}
