import { createTestDatabase } from "../../database.ts";
import { whenEnded } from "../../sync-rig.ts";
import { openStation } from "../../sync-station.ts";
import { atLeast, atMost, type Measured } from "../goal.ts";
import type { PortalUsage } from "./portal.ts";
import { readByChains, readByPages } from "./rivals.ts";
import { openStand, type Stand } from "./stand.ts";

interface Reading extends PortalUsage {
  /** Seconds on the portal's clock. */
  readonly seconds: number;
}

const ROWS_PER_REQUEST = 2_500;
const PAGE_SECONDS = 0.2;

/**
 * Deals from a portal that takes 0.2 s a page and keeps its limits, in seconds of its own clock. The rivals only read;
 * ours also writes every row into PostgreSQL.
 */
export async function measureSpeed(deals: number, speed: number): Promise<Measured> {
  // They hardly do anything but wait: at the same time they do not slow each other. What waits for the bucket most of
  // the time can wait faster; the others would be slowed by this machine.
  const [pages, chains] = await Promise.all([
    read(deals, speed * 4, readByPages),
    read(deals, speed, readByChains),
  ]);
  const ours = await read(deals, speed, mirrorDeals);
  console.table({ "one page a request": pages, "chained pages, one batch at a time": chains, b24kit: ours });
  const most = Math.ceil(deals / ROWS_PER_REQUEST) * 1.05 + 2;
  return {
    goals: [
      atLeast("S1", "faster than chained batches, one at a time", chains.seconds / ours.seconds, 4),
      atLeast("S2", "faster than one page a request", pages.seconds / ours.seconds, 10),
      atMost("S3", `requests for ${deals} deals`, ours.requests, Math.floor(most)),
      atMost("S4", "requests that a limit refused", ours.refused, 0),
    ],
    details: { pages, chains, ours },
  };
}

async function read(
  deals: number,
  speed: number,
  reader: (stand: Stand, begin: () => Promise<void>) => Promise<number>,
): Promise<Reading> {
  const stand = await openStand(deals, PAGE_SECONDS, speed);
  try {
    let startedAt = stand.clock.now();
    let before = 0;
    const begin = async () => {
      before = (await stand.usage()).requests;
      startedAt = stand.clock.now();
    };
    const rows = await reader(stand, begin);
    const seconds = Math.round((stand.clock.now() - startedAt) / 100) / 10;
    if (rows !== deals) throw new Error(`${rows} of ${deals} deals were read`);
    const { requests, refused } = await stand.usage();
    return { seconds, requests: requests - before, refused };
  } finally {
    await stand.close();
  }
}

/** From the start of the run to its end; connecting the portal comes before. */
async function mirrorDeals({ clock, webhookUrl }: Stand, begin: () => Promise<void>): Promise<number> {
  const database = await createTestDatabase();
  const station = await openStation(database.db, { clock });
  try {
    const { id: portalId } = await station.portals.connect(webhookUrl);
    station.sync.work();
    const ended = whenEnded(station.bus, "deal");
    await begin();
    await station.sync.start({ portalId, entity: "deal", type: "full", cause: "person" });
    const { state, rowsRead, error } = await ended;
    if (state !== "completed") throw new Error(`The run is ${state}: ${error?.code}`);
    return rowsRead;
  } finally {
    await station.stop();
    await database.drop();
  }
}
