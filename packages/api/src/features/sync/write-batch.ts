import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Mirror } from "./mirror.ts";
import type { MirrorRow } from "./rows.ts";
import { bumpVersion } from "./store/versions.ts";

export interface Batch {
  readonly rows: readonly MirrorRow[];
  /** When the portal answered, on its own clock. */
  readonly readAt: Date;
  /** Null where no run brought the rows. */
  readonly runId: number | null;
  readonly portalId: number;
  /** Range of ids (from exclusive, to inclusive) of which the rows are all there are; null where they are a selection. */
  readonly covers: Covered | null;
}

/** Of records that are read owner by owner, the range is one of owners, of which these were read. */
interface Covered {
  readonly from: number;
  readonly to: number;
  readonly owners?: readonly number[];
}

export interface BatchResult {
  /** Rows that were new or differed. */
  readonly written: number;
  /** Rows that the mirror did not show before. */
  readonly added: number;
  readonly misfits: number;
}

/** Writes a batch in the caller's transaction: two COPYs and at most six statements, however many rows. */
export async function writeBatch(tx: pg.PoolClient, mirror: Mirror, batch: Batch): Promise<BatchResult> {
  const { rows, readAt, runId, covers } = batch;
  if (rows.length === 0 && covers === null) return { written: 0, added: 0, misfits: 0 };
  await tx.query(mirror.createStageSql);
  if (rows.length > 0)
    await copyLines(
      tx,
      mirror.copySql,
      rows.map((row) => row.line),
    );
  if (covers !== null) {
    const owners = covers.owners ? [covers.owners] : [];
    await tx.query(mirror.missingSql, [runId, covers.from, covers.to, readAt, ...owners]);
  }
  if (rows.length === 0) return { written: 0, added: 0, misfits: 0 };
  const bounds = idBounds(rows);
  const { rows: results } = await tx.query<{ ids: string[]; added: number }>(mirror.upsertSql, [
    readAt,
    bounds.lowest,
    bounds.highest,
  ]);
  const { ids, added } = results[0]!;
  const changed = new Set(ids);
  if (changed.size > 0) {
    if (mirror.hasChildren)
      await replaceChildren(
        tx,
        mirror,
        ids,
        rows.filter(({ id }) => changed.has(String(id))),
      );
    await replaceMisfits(tx, mirror, batch, ids);
    await bumpVersion(tx, batch.portalId);
  }
  return { written: ids.length, added, misfits: rows.reduce((sum, row) => sum + row.misfits.length, 0) };
}

function idBounds(rows: readonly MirrorRow[]): { lowest: string; highest: string } {
  let lowest = rows[0]!.id;
  let highest = lowest;
  for (const { id } of rows) {
    if (id < lowest) lowest = id;
    if (id > highest) highest = id;
  }
  return { lowest: String(lowest), highest: String(highest) };
}

async function copyLines(tx: pg.PoolClient, sql: string, lines: readonly string[]): Promise<void> {
  await pipeline(Readable.from(chunks(lines)), tx.query(copyFrom(sql)));
}

/** Lines gathered to pieces of some 64 KB: a write for each line costs more than the line. */
function* chunks(lines: readonly string[]): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length > 65_536) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "") yield piece;
}

async function replaceChildren(
  tx: pg.PoolClient,
  mirror: Mirror,
  ids: readonly string[],
  rows: readonly MirrorRow[],
): Promise<void> {
  const table = `${pg.escapeIdentifier(mirror.schema)}.multifields`;
  const { entity } = mirror.descriptor;
  await tx.query(`DELETE FROM ${table} WHERE entity = $1 AND entity_id = ANY($2::bigint[])`, [entity, ids]);
  const lines = rows.flatMap((row) => dropRepeated(row).map((child) => `${entity}\t${child.line}`));
  if (lines.length > 0) {
    await copyLines(
      tx,
      `COPY ${table} (entity, entity_id, id, type, value_type, value, value_norm) FROM STDIN`,
      lines,
    );
  }
}

function dropRepeated({ children }: MirrorRow): MirrorRow["children"] {
  return [...new Map(children.map((child) => [child.id, child])).values()];
}

async function replaceMisfits(
  tx: pg.PoolClient,
  mirror: Mirror,
  batch: Batch,
  ids: readonly string[],
): Promise<void> {
  const { entity } = mirror.descriptor;
  await tx.query(
    "DELETE FROM b24kit.sync_quarantine WHERE portal_id = $1 AND entity = $2 AND entity_id = ANY($3::bigint[])",
    [batch.portalId, entity, ids],
  );
  const changed = new Set(ids);
  const cells = batch.rows.flatMap((row) => (changed.has(String(row.id)) ? row.misfits : []));
  if (cells.length === 0) return;
  await tx.query(
    `INSERT INTO b24kit.sync_quarantine (portal_id, entity, entity_id, field, raw, reason, run_id)
     SELECT $1, $2, * , $3 FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[])`,
    [
      batch.portalId,
      entity,
      batch.runId,
      cells.map((cell) => cell.entityId),
      cells.map((cell) => cell.field),
      cells.map((cell) => cell.raw),
      cells.map((cell) => cell.reason),
    ],
  );
}
