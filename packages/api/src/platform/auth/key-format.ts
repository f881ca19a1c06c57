/** `b24k_<id>_<secret>`: the id finds the row, the whole string proves. The prefix lets secret scanners find leaks. */
export interface KeyText {
  readonly id: string;
  readonly text: string;
}

const pattern = /^b24k_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** @param random source of that many random bytes */
export function makeKey(random: (bytes: number) => Buffer): KeyText {
  const id = [...random(8)].map((byte) => alphabet[byte % 32]).join("");
  return { id, text: `b24k_${id}_${random(32).toString("base64url")}` };
}

/** Null where the text is not one of our keys. */
export function parseKey(text: string): KeyText | null {
  const id = pattern.exec(text)?.[1];
  return id === undefined ? null : { id, text };
}
