import type { Row } from "../values.ts";
import type { RecordChange } from "./portal-events.ts";

/** The events of one change. A deal that moves to another funnel tells of the move and not of an update. */
export function recordEvents({ entity, id, before, after }: RecordChange): { event: string; fields: Row }[] {
  const name = `ONCRM${entity.toUpperCase()}`;
  if (!before) return [{ event: `${name}ADD`, fields: { ID: id } }];
  if (!after) return [{ event: `${name}DELETE`, fields: { ID: id } }];
  if (entity === "deal" && before.CATEGORY_ID !== after.CATEGORY_ID) {
    const fields = { ID: id, CATEGORY_ID: after.CATEGORY_ID ?? "0", STAGE_ID: after.STAGE_ID ?? "" };
    return [{ event: "ONCRMDEALMOVETOCATEGORY", fields }];
  }
  return [{ event: `${name}UPDATE`, fields: { ID: id } }];
}
