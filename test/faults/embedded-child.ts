import pg from "pg";
import { startEmbedded } from "../../packages/api/src/platform/db/embedded.ts";
import { type Binaries, binariesAt } from "../../packages/api/src/platform/db/embedded-binaries.ts";
import { runnableBinaries } from "../../packages/api/src/platform/db/embedded-copy.ts";

/**
 * A process of its own for embedded-database.test.ts: `write <dataDir> <systemDir>` starts the database and inserts
 * rows, printing each id once its commit is acknowledged; `use` starts it, prints its state and waits for a line to
 * stop it; `links <native> <postgres>` prints where programs without their library links can be run.
 */
const [command, ...args] = process.argv.slice(2);
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

if (command === "write") await write(args[0]!, args[1]!);
else if (command === "use") await use(args[0]!, args[1]!);
else await links(args[0]!, args[1]!);

async function write(dataDir: string, systemDir: string): Promise<void> {
  const { url, pid } = await startEmbedded({ dataDir, systemDir });
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  await pool.query("CREATE TABLE IF NOT EXISTS acked (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)");
  say({ pid: pid() });
  const insertForever = async (): Promise<never> => {
    for (;;) {
      const { rows } = await pool.query<{ id: string }>("INSERT INTO acked DEFAULT VALUES RETURNING id");
      say({ id: Number(rows[0]!.id) });
    }
  };
  await Promise.all([insertForever(), insertForever(), insertForever(), insertForever()]);
}

async function use(dataDir: string, systemDir: string): Promise<void> {
  const embedded = await startEmbedded({ dataDir, systemDir });
  say({ pid: embedded.pid(), url: embedded.url, adopted: embedded.adopted, home: embedded.home });
  await new Promise((resolve) => process.stdin.once("data", resolve));
  await embedded.stop();
  process.stdin.destroy();
}

async function links(native: string, postgres: string): Promise<void> {
  const binaries: Binaries = binariesAt(native, "0.0.0-test", postgres);
  const runnable = await runnableBinaries(binaries, false, "/nowhere");
  say({ root: runnable.root, postgres: runnable.postgres });
}
