import { type Data, DataType, TimeUnit, type Vector } from "apache-arrow";

const MS_PER_DAY = 86_400_000;
const PER_MS: Record<TimeUnit, number> = {
  [TimeUnit.SECOND]: 1 / 1000,
  [TimeUnit.MILLISECOND]: 1,
  [TimeUnit.MICROSECOND]: 1000,
  [TimeUnit.NANOSECOND]: 1_000_000,
};

/** How many stored units make the column's own unit: 1 for numbers; for times, stored units per millisecond. */
function divisor(type: DataType): number {
  if (DataType.isTimestamp(type)) return PER_MS[type.unit];
  if (DataType.isDate(type)) return type.unit === 0 ? 1 / MS_PER_DAY : 1;
  return 1;
}

/** 64-bit integers as doubles, read by halves: a BigInt per value costs ten times more. Exact up to 2^53. */
function copyInt64(source: BigInt64Array | BigUint64Array, target: Float64Array, at: number): void {
  const halves = new Int32Array(source.buffer, source.byteOffset, source.length * 2);
  const unsigned = new Uint32Array(source.buffer, source.byteOffset, source.length * 2);
  for (let i = 0; i < source.length; i++)
    target[at + i] = halves[2 * i + 1]! * 4_294_967_296 + unsigned[2 * i]!;
}

function copyValues(data: Data, target: Float64Array, at: number): boolean {
  const values: unknown = data.values;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    copyInt64(values.subarray(0, data.length) as BigInt64Array, target, at);
  } else if (ArrayBuffer.isView(values) && !DataType.isDecimal(data.type) && !DataType.isBool(data.type)) {
    target.set((values as Float64Array).subarray(0, data.length), at);
  } else {
    return false;
  }
  return true;
}

function eraseNulls(data: Data, target: Float64Array, at: number): void {
  if (data.nullCount === 0) return;
  for (let i = 0; i < data.length; i++) if (!data.getValid(i)) target[at + i] = Number.NaN;
}

function readDecimal(value: unknown, scale: number): number {
  return value == null ? Number.NaN : Number(value) / 10 ** scale;
}

/** A numeric or time column as doubles; NaN where null. Times are epoch milliseconds, dates UTC midnights. */
export function readNumbers(vector: Vector): Float64Array {
  const target = new Float64Array(vector.length);
  const by = divisor(vector.type);
  let at = 0;
  for (const data of vector.data) {
    if (copyValues(data, target, at)) {
      if (by !== 1) for (let i = at; i < at + data.length; i++) target[i] = target[i]! / by;
    } else {
      const scale = DataType.isDecimal(data.type) ? data.type.scale : 0;
      for (let i = at; i < at + data.length; i++) target[i] = readDecimal(vector.get(i), scale);
    }
    eraseNulls(data, target, at);
    at += data.length;
  }
  return target;
}
