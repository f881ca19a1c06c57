// A portal in a process of its own, on a clock that runs faster than time: `portal.ts <options as JSON>`.
import { startPortal } from "../../../demo/portal/index.ts";
import { createFastClock, type FastTime } from "../../fast-clock.ts";

export interface PortalTask {
  readonly deals: number;
  /** Seconds of the portal's work for a list page; callers wait for it. 0: work costs nothing and limits are off. */
  readonly pageSeconds: number;
  readonly time: FastTime;
}

/** What the portal saw: requests, and how many of them it refused by its limits. */
export interface PortalUsage {
  readonly requests: number;
  readonly refused: number;
}

const task: PortalTask = JSON.parse(process.argv[2]!);
const free = task.pageSeconds === 0;
const portal = await startPortal({
  clock: createFastClock(task.time),
  counts: { deals: task.deals, contacts: 10, companies: 10, leads: 10 },
});
portal.control.limits({
  cost: { pageSeconds: task.pageSeconds, rowSeconds: 0, callSeconds: task.pageSeconds / 10, real: !free },
  ...(free ? { rate: { enabled: false }, operating: { enabled: false } } : {}),
});
process.on("message", () => {
  const { requests, refusedByRate, refusedByOperating } = portal.control.stats();
  process.send!({ requests, refused: refusedByRate + refusedByOperating } satisfies PortalUsage);
});
process.once("disconnect", () => process.exit());
process.send!({ webhookUrl: portal.webhookUrl });
