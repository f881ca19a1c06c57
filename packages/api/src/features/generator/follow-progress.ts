import type { OnWait } from "../../platform/bitrix/types.ts";
import { createRateMeter, createThrottle } from "../../platform/jobs/progress.ts";
import type { GeneratorDeps } from "./deps.ts";
import { report } from "./report.ts";
import { type Run, updatePace } from "./store/runs.ts";

/** Messages about one run, five in a second at most. */
const PUBLISH_EVERY_MS = 200;

/** A shorter wait for a limit is how a run keeps the portal's pace, and not worth a word. */
const LONG_WAIT_MS = 3_000;

export interface Progress {
  readonly onWait: OnWait;
  /** Records were written or deleted, by a request. */
  made(records: number): void;
  changed(): void;
  close(): Promise<void>;
}

/** Keeps the run's rate and its waiting for limits where everybody can see them. */
export function followProgress(deps: GeneratorDeps, run: Run): Progress {
  const { clock, db } = deps;
  const meter = createRateMeter(20_000);
  let waitingUntil: number | null = null;
  let requests = 0;
  let last: number | undefined;

  async function tell(): Promise<void> {
    const waits = waitingUntil !== null && waitingUntil > clock.now();
    const counted = requests;
    requests -= counted;
    await updatePace(db.pool, run.id, {
      rate: meter.rate(clock.now()),
      waitingUntil: waits ? new Date(waitingUntil!) : null,
      requests: counted,
    });
    last = (await report(deps, run, last)).last;
  }

  const throttle = createThrottle(PUBLISH_EVERY_MS, clock, tell, (err) =>
    deps.log.warn({ err, run: run.id }, "progress was not told"),
  );
  return {
    onWait(_reason, until) {
      if (until - clock.now() < LONG_WAIT_MS) return;
      waitingUntil = until;
      throttle.request();
    },
    made(records) {
      waitingUntil = null;
      requests += 1;
      meter.add(clock.now(), records);
      throttle.request();
    },
    changed: throttle.request,
    async close() {
      await throttle.close();
      await tell();
    },
  };
}
