import { readCatalogue } from "../../packages/api/src/features/charts/read-catalogue.ts";
import type { Database } from "../../packages/api/src/platform/db/database.ts";
import type { Catalogue } from "../../packages/client/src/contract/index.ts";
import { createTestDatabase } from "../database.ts";
import { openStation, type Station } from "../sync-station.ts";
import { type SeedOptions, seedMirror } from "./seeded-mirror.ts";

export interface ChartRig {
  readonly db: Database;
  readonly station: Station;
  readonly portalId: number;
  readonly catalogue: Catalogue;
  /** Runs a statement with the chart views as the only place where names are looked up. */
  run(sql: string, params?: readonly unknown[]): Promise<{ columns: string[]; rows: unknown[][] }>;
  close(): Promise<void>;
}

/** A seeded mirror with its chart views; no portal is asked. */
export async function openChartRig(seed: SeedOptions = {}): Promise<ChartRig> {
  const test = await createTestDatabase();
  const station = await openStation(test.db);
  const { id } = await station.portals.register("https://charts.bitrix24.ru/rest/1/webhookcode/");
  await seedMirror(test.db, id, seed);
  const { catalogue, schema } = await readCatalogue(
    { db: test.db, portals: station.portals, mirror: station.sync, readerOf: async () => null },
    id,
  );
  const client = await test.db.pool.connect();
  await client.query(`SET search_path = ${schema}`);
  return {
    db: test.db,
    station,
    portalId: id,
    catalogue,
    async run(sql, params = []) {
      const { fields, rows } = await client.query<unknown[]>({
        text: sql,
        values: [...params],
        rowMode: "array",
      });
      return { columns: fields.map(({ name }) => name), rows };
    },
    async close() {
      client.release(true);
      await station.stop();
      await test.drop();
    },
  };
}
