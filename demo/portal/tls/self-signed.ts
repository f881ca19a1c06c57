import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { bits, der, integer, numbered, objectId, octets, sequence, set, text, utcTime, yes } from "./der.ts";

/** A certificate and its key, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

const DAY = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(objectId("1.2.840.10045.4.3.2"));
const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALT_NAME = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";

/**
 * Makes a certificate that signs itself, for whoever is told to trust it (`NODE_EXTRA_CA_CERTS`).
 * @param hosts names and IPv4 addresses that it is good for
 * @param now milliseconds; it is good from a day before to thirty days after
 */
export function selfSigned(hosts: readonly string[], now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = sequence(set(sequence(objectId(COMMON_NAME), text("b24kit portal emulator"))));
  const extensions = sequence(
    sequence(objectId(BASIC_CONSTRAINTS), yes(), octets(sequence(yes()))),
    sequence(objectId(SUBJECT_ALT_NAME), octets(sequence(...hosts.map(alternativeName)))),
  );
  const content = sequence(
    numbered(0, integer(Buffer.from([2]))),
    integer(randomBytes(8).fill(1, 0, 1)),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - DAY), utcTime(now + 30 * DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    numbered(3, extensions),
  );
  const signature = sign("sha256", content, privateKey);
  return {
    cert: pem("CERTIFICATE", sequence(content, ECDSA_WITH_SHA256, bits(signature))),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 4) return der(0x87, Buffer.from(host.split(".").map(Number)));
  return der(0x82, Buffer.from(host, "ascii"));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
