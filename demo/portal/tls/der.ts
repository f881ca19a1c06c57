/** The few shapes of DER that a certificate is made of. */

export function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

export const sequence = (...members: Buffer[]) => der(0x30, ...members);
export const set = (...members: Buffer[]) => der(0x31, ...members);
export const octets = (content: Buffer) => der(0x04, content);
export const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);
export const yes = () => der(0x01, Buffer.from([0xff]));
export const text = (value: string) => der(0x0c, Buffer.from(value, "utf8"));
/** A member that the standard tells by its number. */
export const numbered = (number: number, content: Buffer) => der(0xa0 | number, content);

/** @param bytes of a number that is not negative, the highest first */
export function integer(bytes: Buffer): Buffer {
  const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
  return der(0x02, positive);
}

/** @param moment milliseconds; years up to 2049 */
export function utcTime(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replace(/\D/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`, "ascii"));
}

/** @param name `2.5.29.17` */
export function objectId(name: string): Buffer {
  const [first = 0, second = 0, ...rest] = name.split(".").map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBits)]));
}

function sevenBits(value: number): number[] {
  const low = value & 0x7f;
  const high = Math.floor(value / 128);
  return high === 0 ? [low] : [...sevenBits(high).map((byte) => byte | 0x80), low];
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
