import { type Caller, maySeePortal } from "../../platform/auth/caller.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { PortalRow } from "./store.ts";

/**
 * The portal a request speaks of: the one that is named by host or id, else the only one its caller may see.
 * A portal that exists but may not be seen is as unknown as one that does not exist.
 * @throws AppError unknown_portal, portal_required
 */
export function resolvePortal(
  portals: readonly PortalRow[],
  caller: Caller,
  name: string | undefined,
): PortalRow {
  const visible = portals.filter((portal) => maySeePortal(caller, portal.id));
  if (name !== undefined) {
    const wanted = name.toLowerCase();
    const found = visible.find((portal) => portal.host === wanted || String(portal.id) === wanted);
    if (found === undefined)
      throw new AppError("unknown_portal", `No connected portal is named "${name.slice(0, 80)}".`);
    return found;
  }
  const [only, another] = visible;
  if (only === undefined) throw new AppError("unknown_portal", "No portal is connected yet.");
  if (another !== undefined) {
    throw new AppError("portal_required", `Name one of: ${visible.map((portal) => portal.host).join(", ")}.`);
  }
  return only;
}
