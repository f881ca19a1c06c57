import type { Random } from "./random.ts";

/** A taxpayer number of ten digits with a true control digit. */
export function makeInn(random: Random): string {
  const digits =
    String(random.int(1, 92)).padStart(2, "0") + String(random.int(0, 9_999_999)).padStart(7, "0");
  const factors = [2, 4, 10, 3, 5, 9, 4, 6, 8];
  const sum = factors.reduce((total, factor, i) => total + factor * Number(digits[i]), 0);
  return digits + ((sum % 11) % 10);
}

/** The reason code of the tax office that gave out the number. */
export function makeKpp(inn: string): string {
  return `${inn.slice(0, 4)}01001`;
}

/** A state registration number of thirteen digits with a true control digit. */
export function makeOgrn(random: Random): string {
  const year = String(random.int(2, 25)).padStart(2, "0");
  const digits = `1${year}${String(random.int(1, 92)).padStart(2, "0")}${String(random.int(0, 9_999_999)).padStart(7, "0")}`;
  return digits + ((Number(digits) % 11) % 10);
}
