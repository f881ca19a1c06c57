import { createHmac, hkdfSync, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Signs the ids of links, so that nobody comes by one through guessing or through the database alone. */
export interface LinkSigner {
  sign(id: string): string;
  /** The id of a link that we signed; null for anything else. */
  verify(link: string): string | null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param kind what the links lead to: one of another kind is none */
export function createLinkSigner(secretKeys: readonly string[], kind: string): LinkSigner {
  const keys = secretKeys.map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, "b24kit", `${kind}, HMAC`, 32)),
  );
  const macOf = (key: Buffer, id: string) => createHmac("sha256", key).update(id).digest();
  return {
    sign: (id) => `${id}.${macOf(keys[0]!, id).toString("base64url")}`,
    verify(link) {
      const [id = "", mac = "", ...rest] = link.split(".");
      const given = Buffer.from(mac, "base64url");
      if (rest.length > 0 || !UUID.test(id) || given.length !== 32) return null;
      return keys.some((key) => timingSafeEqual(macOf(key, id), given)) ? id : null;
    },
  };
}

const derive = promisify(scrypt) as (password: string, salt: Buffer, size: number) => Promise<Buffer>;

/** `<salt>.<hash>`, scrypt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString("base64url")}.${(await derive(password.normalize("NFKC"), salt, 32)).toString("base64url")}`;
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = "", hash = ""] = stored.split(".").map((part) => Buffer.from(part, "base64url"));
  return timingSafeEqual(await derive(password.normalize("NFKC"), salt as Buffer, 32), hash as Buffer);
}
