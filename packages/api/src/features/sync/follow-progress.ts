import type { PortalError } from "../../platform/bitrix/errors.ts";
import type { OnWait } from "../../platform/bitrix/types.ts";
import { createRateMeter, createThrottle } from "../../platform/jobs/progress.ts";
import type { SyncDeps } from "./deps.ts";
import { ownerEntity } from "./entities.ts";
import { report } from "./report.ts";
import { insertLog, logRun } from "./store/logs.ts";
import { addRetries, applyEvent, type Run, updateRate } from "./store/runs.ts";

/** Messages about one run, five in a second at most. */
const PUBLISH_EVERY_MS = 200;

const SLOW_WINDOW_MS = 30_000;

/** A shorter wait for a limit is not worth a word. */
const LONG_WAIT_MS = 1_000;

export interface Progress {
  /** Rows were read, or owners with their rows. */
  readonly onRead: (read: number) => void;
  readonly onWait: OnWait;
  /** A request failed and is made again. */
  readonly onRetry: (error: PortalError) => void;
  changed(): void;
  close(): Promise<void>;
}

/** Keeps the run's rate, its repetitions and its waiting for limits where everybody can see them. */
export function followProgress(deps: SyncDeps, run: Run): Progress {
  // What is read owner by owner comes in small pieces, far apart.
  const meter = createRateMeter(ownerEntity(run.entity) === null ? undefined : SLOW_WINDOW_MS);
  let waitingUntil: number | null = null;
  let waiting = false;
  let waking = new AbortController();
  const failures: PortalError[] = [];
  const tellRetries = async () => {
    const [{ code, detail } = { code: null, detail: "" }] = failures.slice(-1);
    const times = failures.splice(0).length;
    if (code === null) return;
    await addRetries(deps.db.pool, run.id, times);
    const { id: runId, portalId, entity } = run;
    const details = { code, detail, times };
    await insertLog(deps.db.pool, {
      portalId,
      runId,
      entity,
      level: "warning",
      code: "run_retried",
      details,
    });
  };
  const tell = async () => {
    await tellRetries();
    const now = deps.clock.now();
    if (waitingUntil !== null && waitingUntil - now > 0) {
      const started = !waiting;
      waiting = true;
      await applyEvent(deps.db.pool, run.id, "hold", { waitingUntil: new Date(waitingUntil) });
      if (started)
        await logRun(deps.db.pool, run, "run_waiting", { until: new Date(waitingUntil).toISOString() });
    } else if (waiting) {
      waiting = false;
      await applyEvent(deps.db.pool, run.id, "resume", { rate: meter.rate(now) });
    } else await updateRate(deps.db.pool, run.id, meter.rate(now));
    await report(deps, run.portalId, run.entity);
  };
  const throttle = createThrottle(PUBLISH_EVERY_MS, deps.clock, tell, (err) =>
    deps.log.warn({ err, run: run.id }, "progress was not told"),
  );
  return {
    onRead(read) {
      waitingUntil = null;
      meter.add(deps.clock.now(), read);
      throttle.request();
    },
    onWait(_reason, until) {
      if (until - deps.clock.now() < LONG_WAIT_MS) return;
      waitingUntil = until;
      throttle.request();
      // The wait ends by itself; nothing else may happen for as long as the request takes.
      waking.abort();
      waking = new AbortController();
      deps.clock.sleep(until - deps.clock.now(), waking.signal).then(throttle.request, () => {});
    },
    onRetry(error) {
      failures.push(error);
      throttle.request();
    },
    changed: throttle.request,
    async close() {
      waking.abort();
      await throttle.close();
      await tellRetries().catch((err) => deps.log.warn({ err, run: run.id }, "repetitions were not told"));
    },
  };
}
