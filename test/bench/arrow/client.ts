import { gzipSync } from "node:zlib";
import { type Batch, type Column, type Table, tableFromIPC } from "@uwdata/flechette";
import { readTable } from "../../../packages/client/src/transport/arrow.ts";
import type { ClientReport, ClientTask } from "./protocol.ts";

interface Read {
  readonly firstAt: number;
  readonly rows: number;
  readonly cents: number;
  readonly bytes: number;
  readonly decodeMs?: number;
  readonly gzipBytes?: number;
}

process.on("message", async (task: ClientTask) => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const response = await fetch(task.url);
  if (!response.ok) throw new Error(`${task.url} answered ${response.status}: ${await response.text()}`);
  const read = await readBody(response, task);
  const wallMs = performance.now() - start;
  const used = process.cpuUsage(cpu);
  const cpuMs = (used.user + used.system) / 1000;
  const { firstAt, ...rest } = read;
  const report: ClientReport = {
    wallMs,
    firstMs: firstAt - start,
    cpuMs,
    ...rest,
    ...(task.inspect && (await inspect(task))),
  };
  process.send!(report);
});

function readBody(response: Response, task: ClientTask): Promise<Read> {
  if (task.pauseMs) return readSlowly(response, task.pauseMs);
  if (task.variant === "f3") return readCount(response);
  return task.variant === "h3" || task.variant === "c1"
    ? readArrow(response)
    : readJson(response, task.variant);
}

async function readCount(response: Response): Promise<Read> {
  const rows = Number(await response.text());
  return { firstAt: performance.now(), rows, cents: Number.NaN, bytes: 8 };
}

async function readJson(response: Response, variant: string): Promise<Read> {
  const text = await response.text();
  const rows = JSON.parse(text);
  const firstAt = performance.now();
  const sums = new Map<string, number>();
  const stage = variant === "a3" ? 1 : "stage_id";
  const amount = variant === "a3" ? 2 : "opportunity";
  for (const row of rows)
    sums.set(row[stage], (sums.get(row[stage]) ?? 0) + Math.round(Number(row[amount]) * 100));
  return { firstAt, rows: rows.length, cents: total(sums.values()), bytes: text.length };
}

async function readArrow(response: Response): Promise<Read> {
  let firstAt = 0;
  const table = await readTable(response, {
    onBatch: () => {
      firstAt ||= performance.now();
    },
  });
  return { firstAt, rows: table.numRows, cents: total(sumByCode(table)), bytes: Number.NaN };
}

/** Sums per dictionary code over the raw values, as the elements do. */
function sumByCode(table: Table): Float64Array {
  const stages = table.getChild("stage_id").data as (Batch<string> & { dictionary: Column<string> })[];
  const amounts = table.getChild("opportunity").data;
  const sums = new Float64Array(stages.at(-1)!.dictionary.length);
  stages.forEach((stage, k) => {
    const codes = stage.values as Int32Array;
    const values = amounts[k]!.values as Float64Array;
    for (let i = 0; i < stage.length; i++) sums[codes[i]!]! += Math.round(values[i]! * 100);
  });
  return sums;
}

async function readSlowly(response: Response, pauseMs: number): Promise<Read> {
  let bytes = 0;
  let firstAt = 0;
  for await (const chunk of response.body!) {
    bytes += chunk.length;
    firstAt ||= performance.now();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return { firstAt, rows: Number.NaN, cents: Number.NaN, bytes };
}

/** The body once more, whole: how small it gets and how long decoding alone takes (best of five). */
async function inspect(task: ClientTask): Promise<Partial<Read>> {
  const body = Buffer.from(await (await fetch(task.url)).arrayBuffer());
  const text = task.variant.startsWith("a") ? body.toString() : null;
  const decode = () => (text === null ? tableFromIPC(body) : JSON.parse(text));
  let decodeMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    decode();
    decodeMs = Math.min(decodeMs, performance.now() - start);
  }
  return { bytes: body.length, decodeMs, gzipBytes: gzipSync(body, { level: 1 }).length };
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

process.on("disconnect", () => process.exit());
