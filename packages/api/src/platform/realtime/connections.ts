import { type Caller, callerName } from "../auth/caller.ts";
import { AppError } from "../http/app-error.ts";

export interface Connections {
  /** Counts a connection in and answers how to count it out. @throws AppError too_many_requests */
  enter(caller: Caller, close: () => void): () => void;
  /** Counts in a socket that has not authenticated yet; answers how to count it out, or null where too many wait. */
  knock(): (() => void) | null;
  /** Now open, for the metrics. */
  count(): number;
  /** Tells every connection to end. */
  closeAll(): void;
}

/** A stranger can open sockets and say nothing; each waits for seconds, so many at a time are no page's doing. */
const MAX_WAITING = 500;

/** One person has a few tabs; a key may serve all visitors of a site. */
const LIMITS = { user: 30, page: 30, key: 2_000 } as const;

export function countConnections(limits: Readonly<Record<Caller["kind"], number>> = LIMITS): Connections {
  const open = new Map<() => void, string>();
  const perCaller = new Map<string, number>();
  let waiting = 0;
  return {
    knock() {
      if (waiting >= MAX_WAITING) return null;
      waiting += 1;
      let counted = true;
      return () => {
        if (counted) waiting -= 1;
        counted = false;
      };
    },
    enter(caller, close) {
      const who = callerName(caller);
      const count = perCaller.get(who) ?? 0;
      if (count >= limits[caller.kind]) {
        throw new AppError("too_many_requests", `At most ${limits[caller.kind]} connections at a time.`, {
          retryAfter: 30,
        });
      }
      perCaller.set(who, count + 1);
      open.set(close, who);
      return () => {
        if (!open.delete(close)) return;
        const left = (perCaller.get(who) ?? 1) - 1;
        if (left > 0) perCaller.set(who, left);
        else perCaller.delete(who);
      };
    },
    count: () => open.size,
    closeAll() {
      for (const close of [...open.keys()]) close();
    },
  };
}
