import type { Queryable } from "../store/queryable.ts";
import type { Sources } from "./source.ts";

const shape = { entity_id: "text", status_id: "text", name: "text", sort: "integer", color: "text" };

/**
 * The portal's colours by the stage's name, since names are what is drawn. `dictionaries` is a LIKE pattern of
 * ENTITY_IDs; where funnels share a name, the first funnel's colour counts.
 */
export async function readStageColors(
  db: Queryable,
  sources: Sources,
  dictionaries: string,
): Promise<Record<string, string>> {
  const { rows } = await db.query<{ name: string; color: string }>(
    `SELECT name, color FROM ${sources.from("statuses", shape, "s")}
     WHERE entity_id LIKE $1 AND color ~ '^#[0-9A-Fa-f]{3,8}$' ORDER BY entity_id DESC, sort DESC`,
    [dictionaries],
  );
  return Object.fromEntries(rows.map(({ name, color }) => [name, color]));
}
