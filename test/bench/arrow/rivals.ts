import {
  Bool,
  type Builder,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeBuilder,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import type { Pool, PoolClient } from "pg";
import { COLUMNS, selectRows } from "./protocol.ts";

/** The usual way: objects of parsed values, stringified whole. */
export async function jsonOfRows(pool: Pool, limit: number): Promise<string> {
  return JSON.stringify((await pool.query(selectRows, [limit])).rows);
}

/** The tuned way: arrays instead of objects, nothing parsed. */
export async function jsonOfArrays(pool: Pool, limit: number): Promise<string> {
  const types = { getTypeParser: () => (value: string) => value };
  const result = await pool.query({
    text: selectRows,
    values: [limit],
    rowMode: "array",
    types: types as never,
  });
  return JSON.stringify(result.rows);
}

/** PostgreSQL makes the JSON, as PostgREST does. */
export async function jsonOfDatabase(pool: Pool, limit: number): Promise<string> {
  const text = `SELECT coalesce(json_agg(t), '[]')::text AS json FROM (${selectRows}) t`;
  return (await pool.query<{ json: string }>(text, [limit])).rows[0]!.json;
}

const FETCH_ROWS = 10_000;
const TYPES = [
  new Int64(),
  new Dictionary(new Utf8(), new Int32(), 0),
  new Float64(),
  new Int32(),
  new TimestampMillisecond(),
  new Bool(),
];
const READERS: ((value: string) => unknown)[] = [
  BigInt,
  (v) => v,
  Number,
  Number,
  (v) => new Date(v),
  (v) => v === "t",
];

/** Arrow as its library's guides make it: a cursor, a builder per column, a batch per fetch. */
export function arrowOfCursor(pool: Pool, limit: number): ReadableStream<Uint8Array> {
  const writer = new RecordBatchStreamWriter();
  void writeBatches(pool, limit, writer).catch((error) => writer.abort(error));
  return writer.toDOMStream() as ReadableStream<Uint8Array>;
}

async function writeBatches(pool: Pool, limit: number, writer: RecordBatchStreamWriter): Promise<void> {
  const schema = new Schema(COLUMNS.split(", ").map((name, i) => new Field(name, TYPES[i]!, true)));
  const builders: Builder[] = TYPES.map((type) => makeBuilder({ type, nullValues: [null] }) as Builder);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(`DECLARE c NO SCROLL CURSOR FOR ${selectRows.replace("$1", String(limit))}`);
    for (let rows = await fetchRows(client); rows.length > 0; rows = await fetchRows(client)) {
      for (const row of rows) {
        for (let i = 0; i < row.length; i++)
          builders[i]!.append(row[i] === null ? null : READERS[i]!(row[i]!));
      }
      const children = builders.map((builder) => builder.flush());
      writer.write(
        new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, children })),
      );
    }
    await client.query("COMMIT");
    writer.finish();
  } finally {
    client.release();
  }
}

async function fetchRows(client: PoolClient): Promise<string[][]> {
  const types = { getTypeParser: () => (value: string) => value };
  const text = `FETCH ${FETCH_ROWS} FROM c`;
  return (await client.query({ text, rowMode: "array", types: types as never }))
    .rows as unknown as string[][];
}
