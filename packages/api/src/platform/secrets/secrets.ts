import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value that cannot be opened: altered, moved to another row, or sealed by a key that is not known. */
export class SecretUnreadable extends Error {
  constructor(reason: string) {
    super(`A stored secret cannot be opened: ${reason}`);
    this.name = "SecretUnreadable";
  }
}

/** Keeps credentials readable only to this installation. */
export interface Secrets {
  /**
   * `{key id}.{nonce}.{ciphertext and tag}`, base64url, AES-256-GCM. `row` names the place the value belongs to
   * (table, column, id): sealed values cannot be swapped between rows.
   */
  seal(plain: string, row: string): string;
  /** @throws SecretUnreadable */
  open(sealed: string, row: string): string;
  /** True where a value was sealed by an older key and should be sealed again. */
  outdated(sealed: string): boolean;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Keys come from SECRET_KEY by HKDF-SHA256, so any long random text serves; the key's id is derived from it too and
 * tells nothing about it. The first secret seals; the others still open what they sealed (rotation).
 */
export function createSecrets(
  secretKeys: readonly string[],
  random: (size: number) => Buffer = randomBytes,
): Secrets {
  const keys = secretKeys.map(deriveKey);
  const current = keys[0];
  if (current === undefined) throw new Error("SECRET_KEY is needed to keep credentials");
  return {
    seal: (plain, row) => seal(current, plain, row, random(NONCE_BYTES)),
    open: (sealed, row) => open(keys, sealed, row),
    outdated: (sealed) => !sealed.startsWith(`${current.id}.`),
  };
}

function deriveKey(secret: string): Key {
  if (secret.length < 16) throw new Error("SECRET_KEY must have at least 16 characters");
  const derive = (use: string, size: number) => Buffer.from(hkdfSync("sha256", secret, "b24kit", use, size));
  return { id: derive("secrets key id", 6).toString("base64url"), bytes: derive("secrets aes-256-gcm", 32) };
}

function seal(key: Key, plain: string, row: string, nonce: Buffer): string {
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad(key, row));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${key.id}.${nonce.toString("base64url")}.${body.toString("base64url")}`;
}

function open(keys: readonly Key[], sealed: string, row: string): string {
  const [id, nonceText, bodyText, ...rest] = sealed.split(".");
  const nonce = Buffer.from(nonceText ?? "", "base64url");
  const body = Buffer.from(bodyText ?? "", "base64url");
  if (rest.length > 0 || nonce.length !== NONCE_BYTES || body.length < TAG_BYTES)
    throw new SecretUnreadable("it is not a sealed value");
  const key = keys.find((candidate) => candidate.id === id);
  if (key === undefined) throw new SecretUnreadable("its key is not among SECRET_KEY and the earlier keys");
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad(key, row));
  decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    throw new SecretUnreadable("it was altered or belongs to another row");
  }
}

/** Binds the key's id and the row: neither can be exchanged under the same ciphertext. */
function aad(key: Key, row: string): Buffer {
  return Buffer.from(`${key.id}\n${row}`);
}
