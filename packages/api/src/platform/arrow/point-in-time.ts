/** Days and microseconds between 1970-01-01 and PostgreSQL's own epoch, 2000-01-01. */
export const EPOCH_DAYS = 10957;
export const EPOCH_MICROSECONDS = 946_684_800_000_000n;

/** PostgreSQL's marks for infinity: the largest and the smallest integer. */
export const INFINITE_DAY = 2147483647;
export const MINUS_INFINITE_DAY = -2147483648;
const INFINITE_TIME = 9223372036854775807n;
const MINUS_INFINITE_TIME = -9223372036854775808n;

/** A wire date (days since 2000) as ISO 8601, or `infinity` as PostgreSQL says it. */
export function dateText(days: number): string {
  if (days === INFINITE_DAY) return "infinity";
  if (days === MINUS_INFINITE_DAY) return "-infinity";
  return isoDay(days + EPOCH_DAYS);
}

/** A wire timestamp (microseconds since 2000) as ISO 8601 with none, three or six fraction digits. */
export function timestampText(microseconds: bigint, zoned: boolean): string {
  if (microseconds === INFINITE_TIME) return "infinity";
  if (microseconds === MINUS_INFINITE_TIME) return "-infinity";
  return isoTime(microseconds + EPOCH_MICROSECONDS, zoned);
}

/** Days since 1970 as ISO 8601; years beyond four digits and before 1 take the signed six-digit form. */
export function isoDay(days: number): string {
  const { year, month, day } = civil(days);
  const shown = year < 0 || year > 9999 ? `${year < 0 ? "-" : "+"}${pad(Math.abs(year), 6)}` : pad(year, 4);
  return `${shown}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Microseconds since 1970 as ISO 8601, `Z` where the instant is known. */
export function isoTime(microseconds: bigint, zoned: boolean): string {
  const perDay = 86_400_000_000n;
  let days = microseconds / perDay;
  let rest = microseconds % perDay;
  if (rest < 0n) {
    days -= 1n;
    rest += perDay;
  }
  const inDay = Number(rest);
  const seconds = Math.floor(inDay / 1e6);
  const fraction = inDay % 1e6;
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((n) => pad(n, 2))
    .join(":");
  const digits = fraction === 0 ? "" : `.${pad(fraction, 6).replace(/000$/, "")}`;
  return `${isoDay(Number(days))}T${clock}${digits}${zoned ? "Z" : ""}`;
}

/** Proleptic Gregorian date of a day number; JavaScript's Date ends long before PostgreSQL's. */
function civil(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const inEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365,
  );
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * inYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: inYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
