import { type RunningPortal, type StartPortalOptions, startPortal } from "../demo/portal/index.ts";
import {
  createGenerator,
  type Generator,
  type GeneratorOptions,
} from "../packages/api/src/features/generator/generator.ts";
import type { Report } from "../packages/api/src/features/generator/report.ts";
import { selectStatus } from "../packages/api/src/features/generator/store/status.ts";
import type { Database } from "../packages/api/src/platform/db/database.ts";
import type { GeneratorRun } from "../packages/client/src/contract/index.ts";
import { createTestDatabase } from "./database.ts";
import { openStation, type Station, type StationOptions } from "./sync-station.ts";

export interface GeneratorRig extends Station {
  readonly url: string;
  readonly portal: RunningPortal;
  readonly portalId: number;
  readonly generator: Generator;
  /** The run as soon as the condition holds for it. */
  until(runId: string, holds: (run: GeneratorRun) => boolean): Promise<GeneratorRun>;
  /** The run when it has come to its end, whichever that is. */
  ended(runId: string): Promise<GeneratorRun>;
  /** How many records of each kind the portal has that the run made. */
  madeIn(entity: "company" | "contact" | "lead" | "deal", runId: string): Record<string, unknown>[];
  close(): Promise<void>;
}

/** An emulated portal, connected, and a generator on a fresh database, in good time: limits are off unless set. */
export async function openGeneratorRig(
  options: {
    portal?: StartPortalOptions;
    station?: StationOptions;
    settings?: GeneratorOptions["settings"];
  } = {},
): Promise<GeneratorRig> {
  const counts = { deals: 5, contacts: 5, companies: 5, leads: 5 };
  const [portal, test] = await Promise.all([
    startPortal({ counts, ...options.portal }),
    createTestDatabase(),
  ]);
  const station = await openStation(test.db, options.station);
  const { id } = await station.portals.connect(portal.webhookUrl);
  const generator = createGenerator({
    ...station,
    db: test.db,
    settings: { graceMs: 400, breathMs: 20, ...options.settings },
    ...(options.station?.clock ? { clock: options.station.clock } : {}),
  });
  return {
    ...station,
    url: test.url,
    portal,
    portalId: id,
    generator,
    until: (runId, holds) => untilReported(station, test.db, runId, holds),
    ended: (runId) => untilReported(station, test.db, runId, ({ state }) => ENDS.includes(state)),
    madeIn: (entity, runId) =>
      (portal.control.records({ entity, limit: 100_000 }) as Record<string, unknown>[]).filter(
        (record) => record["ORIGINATOR_ID"] === `gen:${runId}`,
      ),
    async close() {
      await generator.stop();
      await station.stop();
      await portal.close();
      await test.drop();
    },
  };
}

const ENDS = ["completed", "stopped", "failed", "undone"];

function untilReported(
  { bus }: Station,
  { pool }: Database,
  runId: string,
  holds: (run: GeneratorRun) => boolean,
): Promise<GeneratorRun> {
  return new Promise((resolve, reject) => {
    const look = (run: GeneratorRun | null) => {
      if (run?.id !== runId || !holds(run)) return;
      unsubscribe();
      resolve(run);
    };
    const unsubscribe = bus.subscribe("generator", "any", ({ data }) => look((data as Report).run));
    selectStatus(pool, runId, 15_000).then(look, reject);
  });
}
