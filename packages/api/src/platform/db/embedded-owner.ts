import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { keptSecret } from "../secrets/kept-secret.ts";
import { closeBuiltIns } from "./embedded-built-ins.ts";
import { HAND_OVER_OBJECTS } from "./embedded-hand-over.ts";
import { addressOf, LEGACY_SUPERUSER, SUPERUSER } from "./embedded-knock.ts";
import type { Cluster, RunningServer } from "./embedded-server.ts";

/** The program's database and the role that owns it: everything but the launching is done as this role. */
export const DATABASE = "b24kit";
export const OWNER = "b24kit";

/** CREATEROLE: it makes roles that may only read. It can give them nothing that it has not itself. */
const RIGHTS = "LOGIN NOSUPERUSER CREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS";
/** Advisory lock: processes that start together do this one after the other. */
const LOCK = 24_003;
/** Exists for the moment in which the superuser of an old cluster gets its new name. */
const RENAMER = "b24kit_renamer";

/**
 * Sees to it that the database exists and belongs to an ordinary role, and returns that role's password. A database
 * that was made for the superuser is handed over whole, or not at all.
 */
export async function ensureOwner(cluster: Cluster, { client, port }: RunningServer): Promise<string> {
  const { home } = cluster.place;
  // Kept beside the superuser's, for the same user's eyes.
  const password = keptSecret(
    join(home, "app-password"),
    () => randomBytes(24).toString("base64url"),
    join(home, "password"),
  );
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await renameSuperuser(client, port, cluster.password);
    const exists = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [OWNER]);
    const verb = exists.rowCount ? "ALTER" : "CREATE";
    await client.query(`${verb} ROLE ${OWNER} ${RIGHTS} PASSWORD ${client.escapeLiteral(password)}`);
    await ensureDatabase(client, port, cluster.password);
    // Whoever is to connect is told so by name; the other databases are the launcher's alone.
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE}, postgres, template1 FROM PUBLIC`);
    await asUser(addressOf(port, SUPERUSER, cluster.password, DATABASE), (admin) =>
      admin.query(closeBuiltIns(OWNER)),
    );
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {});
  }
  return password;
}

/**
 * Clusters used to be made with the program's own role as superuser. That first role of a cluster cannot become an
 * ordinary one, so it gets another name; and since nobody can rename himself, another superuser does it.
 */
async function renameSuperuser(client: pg.Client, port: number, password: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles WHERE oid = 10",
  );
  if (rows[0]?.name === LEGACY_SUPERUSER) {
    await client.query(`DROP ROLE IF EXISTS ${RENAMER}`);
    await client.query(`CREATE ROLE ${RENAMER} SUPERUSER LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await asUser(addressOf(port, RENAMER, password, "postgres"), (renamer) =>
      renamer.query(`ALTER ROLE ${LEGACY_SUPERUSER} RENAME TO ${SUPERUSER}`),
    );
  }
  await client.query(`DROP ROLE IF EXISTS ${RENAMER}`);
}

async function ensureDatabase(client: pg.Client, port: number, password: string): Promise<void> {
  const { rows } = await client.query<{ owner: string }>(
    "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1",
    [DATABASE],
  );
  if (!rows[0]) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  else if (rows[0].owner !== OWNER) {
    await asUser(addressOf(port, SUPERUSER, password, DATABASE), async (admin) => {
      // Several statements in one query are one transaction: the owner of the database tells that it was done.
      await admin.query(`${HAND_OVER_OBJECTS}; ALTER DATABASE ${DATABASE} OWNER TO ${OWNER}`);
    });
  }
}

async function asUser(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "b24kit keeper" });
  client.on("error", () => {});
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
