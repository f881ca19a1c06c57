/**
 * PostgreSQL's binary numeric: int16 number of groups, int16 weight of the first group, uint16 sign, int16 scale,
 * then groups of four decimal digits.
 */
const NEGATIVE = 0x4000;
const NAN = 0xc000;
const INFINITY = 0xd000;
const MINUS_INFINITY = 0xf000;

/** Powers of ten up to 10^20 are exact doubles, so one multiplication or division by them rounds once. */
const POWERS = [1, 1e4, 1e8, 1e12, 1e16, 1e20];

/**
 * The nearest double, the same as `Number(text)` gives. Up to 2^53 the digits are summed exactly and divided once by
 * a power of ten, which IEEE rounds correctly; the rare rest goes through its text.
 */
export function numericToNumber(view: DataView, at: number): number {
  const groups = view.getUint16(at);
  const sign = view.getUint16(at + 4);
  if (sign >= NAN) return special(sign);
  if (groups === 0) return 0;
  const power = view.getInt16(at + 2) - groups + 1;
  if (groups <= 4 && power >= -5 && power <= 5) {
    let sum = 0;
    for (let i = 0, p = at + 8; i < groups; i++, p += 2) sum = sum * 10000 + view.getUint16(p);
    if (sum <= Number.MAX_SAFE_INTEGER) {
      const value = power < 0 ? sum / POWERS[-power]! : sum * POWERS[power]!;
      return sign === NEGATIVE ? -value : value;
    }
  }
  return Number(numericToText(view, at));
}

function special(sign: number): number {
  if (sign === INFINITY) return Number.POSITIVE_INFINITY;
  return sign === MINUS_INFINITY ? Number.NEGATIVE_INFINITY : Number.NaN;
}

/** Every digit, the way PostgreSQL prints it: `19999.90`, `NaN`, `-Infinity`. */
export function numericToText(view: DataView, at: number): string {
  const groups = view.getUint16(at);
  const weight = view.getInt16(at + 2);
  const sign = view.getUint16(at + 4);
  const scale = view.getUint16(at + 6);
  if (sign >= NAN) return String(special(sign));
  const group = (index: number) => (index < 0 || index >= groups ? 0 : view.getUint16(at + 8 + index * 2));
  let whole = weight < 0 ? "0" : String(group(0));
  for (let i = 1; i <= weight; i++) whole += fourDigits(group(i));
  let fraction = "";
  for (let i = weight + 1; fraction.length < scale; i++) fraction += fourDigits(group(i));
  const text = scale === 0 ? whole : `${whole}.${fraction.slice(0, scale)}`;
  return sign === NEGATIVE ? `-${text}` : text;
}

function fourDigits(value: number): string {
  return String(value).padStart(4, "0");
}
