import type pg from "pg";
import { z } from "zod";

/** What `b24kit doctor` has measured on a portal. Null: not measured. */
export const PortalProfile = z.object({
  /** Where the portal books the working time of a batch. */
  billing: z.enum(["unknown", "inner", "batch", "none"]),
  /** Seconds of the portal's work for a page of 50 records with all their fields. */
  pageSeconds: z.number().nullable(),
  /** The same within a batch. */
  batchPageSeconds: z.number().nullable(),
  /** Seconds of a request that asks for nothing. */
  roundTripSeconds: z.number().nullable(),
  /** Whether a change of a record's children changes its DATE_MODIFY. */
  touches: z.object({ productRows: z.boolean().nullable(), contacts: z.boolean().nullable() }),
});
export type PortalProfile = z.infer<typeof PortalProfile>;

type Queryable = Pick<pg.Pool, "query">;

export async function saveProfile(db: Queryable, portalId: number, profile: PortalProfile): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.bitrix_profiles (portal_id, profile) VALUES ($1, $2)
     ON CONFLICT (portal_id) DO UPDATE SET measured_at = now(), profile = excluded.profile`,
    [portalId, JSON.stringify(profile)],
  );
}

/** The newest measurement; null where there is none that this version can read. */
export async function readProfile(db: Queryable, portalId: number): Promise<PortalProfile | null> {
  const { rows } = await db.query<{ profile: unknown }>(
    "SELECT profile FROM b24kit.bitrix_profiles WHERE portal_id = $1",
    [portalId],
  );
  const parsed = PortalProfile.safeParse(rows[0]?.profile);
  return parsed.success ? parsed.data : null;
}
