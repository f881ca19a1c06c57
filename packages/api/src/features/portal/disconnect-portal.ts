import type { Database } from "../../platform/db/database.ts";
import { retryLocked } from "../../platform/db/retry-locked.ts";
import { AppError } from "../../platform/http/app-error.ts";
import { deletePortal, measurePortal } from "./store/removal.ts";
import type { PortalRow } from "./store.ts";

/** What went with a portal. */
export interface Removed {
  readonly host: string;
  readonly tables: number;
  /** Estimated. */
  readonly rows: number;
  readonly events: number;
  /** Whether the portal could be told to forget us. */
  readonly unbound: boolean;
}

/**
 * Removes a portal: its mirror, its runs, its events, its credentials. The portal is told first, as far as it listens.
 * @throws AppError confirmation_required unless its host is repeated
 */
export async function disconnectPortal(
  db: Database,
  portal: Pick<PortalRow, "id" | "host" | "schema">,
  confirm: string | undefined,
  unbind: () => Promise<void>,
): Promise<Removed> {
  const { id, host, schema } = portal;
  if (confirm?.toLowerCase() !== host)
    throw new AppError(
      "confirmation_required",
      `Add ?confirm=${host}: everything kept of this portal is removed.`,
    );
  const unbound = await unbind().then(
    () => true,
    () => false,
  );
  // Who reads several tables of the mirror locks them in an order of his own: one of the two has to begin anew.
  return retryLocked({ tries: 10, pauseMs: 100 }, () =>
    db.transaction(async (tx) => {
      const size = await measurePortal(tx, id, schema);
      await deletePortal(tx, id, schema);
      return { host, ...size, unbound };
    }),
  );
}
