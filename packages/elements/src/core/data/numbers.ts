import { type Batch, type Column, type DataType, DateUnit, TimeUnit, Type } from "@uwdata/flechette";

const MS_PER_DAY = 86_400_000;
const PER_MS: Record<number, number> = {
  [TimeUnit.SECOND]: 1 / 1000,
  [TimeUnit.MILLISECOND]: 1,
  [TimeUnit.MICROSECOND]: 1000,
  [TimeUnit.NANOSECOND]: 1_000_000,
};

/** How many stored units make the column's own unit: 1 for numbers; for times, stored units per millisecond. */
function divisor(type: DataType): number {
  if (type.typeId === Type.Timestamp) return PER_MS[type.unit] ?? 1;
  if (type.typeId === Type.Date) return type.unit === DateUnit.DAY ? 1 / MS_PER_DAY : 1;
  return 1;
}

/** 64-bit integers as doubles, read by halves: a BigInt per value costs ten times more. Exact up to 2^53. */
function copyInt64(source: BigInt64Array | BigUint64Array, target: Float64Array, at: number): void {
  const halves = new Int32Array(source.buffer, source.byteOffset, source.length * 2);
  const unsigned = new Uint32Array(source.buffer, source.byteOffset, source.length * 2);
  for (let i = 0; i < source.length; i++)
    target[at + i] = halves[2 * i + 1]! * 4_294_967_296 + unsigned[2 * i]!;
}

/** Copies what is stored as numbers of the column's own scale; false where it is stored otherwise. */
function copyStored({ type, values, length }: Batch<unknown>, target: Float64Array, at: number): boolean {
  const { typeId } = type;
  const isNumber = typeId === Type.Int || (typeId === Type.Float && type.precision > 0);
  if (!isNumber && typeId !== Type.Timestamp && typeId !== Type.Date) return false;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    copyInt64(values.subarray(0, length), target, at);
  } else {
    target.set((values as Float64Array).subarray(0, length), at);
  }
  return true;
}

function eraseNulls(batch: Batch<unknown>, target: Float64Array, at: number): void {
  if (batch.nullCount === 0) return;
  for (let i = 0; i < batch.length; i++) if (!batch.isValid(i)) target[at + i] = Number.NaN;
}

/** A numeric or time column as doubles; NaN where null. Times are epoch milliseconds, dates UTC midnights. */
export function readNumbers(column: Column<unknown>): Float64Array {
  const target = new Float64Array(column.length);
  const by = divisor(column.type);
  let at = 0;
  for (const batch of column.data) {
    const { length } = batch;
    if (!copyStored(batch, target, at)) {
      for (let i = 0; i < length; i++) target[at + i] = Number(batch.at(i) ?? Number.NaN);
    } else if (by !== 1) {
      for (let i = at; i < at + length; i++) target[i] = target[i]! / by;
    }
    eraseNulls(batch, target, at);
    at += length;
  }
  return target;
}
