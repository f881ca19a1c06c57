import { randomUUID } from "node:crypto";
import type { GeneratorDeps, Owner } from "./deps.ts";
import { report } from "./report.ts";
import { noticeTabs } from "./runner.ts";
import { attendRuns } from "./store/runs.ts";
import { confirmSessions, deleteSession, insertSession } from "./store/sessions.ts";

const CONFIRM_EVERY_MS = 3_000;

/** The tabs that are connected to this process. */
export interface Attendance {
  /** A tab has come; answers how to tell that it has gone. */
  enter(owner: Owner, session: string): () => void;
  /** Nothing is confirmed any more; what was told before is written. */
  stop(): Promise<void>;
}

/** Writes who is there to where the workers of all processes look. */
export function keepAttendance(deps: GeneratorDeps): Attendance {
  const { db, log } = deps;
  const connections = new Set<string>();
  const writes = new Set<Promise<void>>();
  const timer = setInterval(() => {
    if (connections.size > 0) void write(() => confirmSessions(db.pool, [...connections]));
  }, CONFIRM_EVERY_MS);
  timer.unref();

  function write(work: () => Promise<void>): Promise<void> {
    const done = work()
      .catch((err) => log.warn({ err }, "a tab's coming or going was not noted"))
      .finally(() => writes.delete(done));
    writes.add(done);
    return done;
  }

  return {
    enter(owner, session) {
      const connection = randomUUID();
      connections.add(connection);
      const entered = write(async () => {
        await insertSession(db.pool, connection, owner, session);
        for (const run of await attendRuns(db.pool, owner, session)) await report(deps, run);
      });
      return () => {
        connections.delete(connection);
        void entered.then(() =>
          write(async () => {
            await deleteSession(db.pool, connection);
            await noticeTabs(deps);
          }),
        );
      };
    },
    async stop() {
      clearInterval(timer);
      while (writes.size > 0) await Promise.all(writes);
    },
  };
}
