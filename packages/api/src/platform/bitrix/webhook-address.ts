import { BlockList, isIP } from "node:net";
import { PortalError } from "./errors.ts";

/** An incoming webhook's address, taken apart. The code is a password: it is not enumerable and never printed. */
export interface WebhookAddress {
  origin: string;
  host: string;
  userId: number;
  /** Path up to `rest`, for portals that do not live at their server's root; usually empty. */
  prefix: string;
  readonly code: string;
  /** Full address with a trailing slash; a method's name is appended to it. Secret. */
  readonly base: string;
}

// A method pasted along with the address, as the portal's own page shows it, does no harm.
const PATH = /^(?<prefix>.*?)\/rest\/(?<user>\d{1,10})\/(?<code>[A-Za-z0-9_-]{3,128})(?:\/[a-z][\w.]*)?\/*$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

const refuse = (detail: string) =>
  new PortalError({ code: "portal_url_invalid", detail, method: "", outcome: "refused" });

const ownNetwork = new BlockList();
ownNetwork.addSubnet("10.0.0.0", 8);
ownNetwork.addSubnet("172.16.0.0", 12);
ownNetwork.addSubnet("192.168.0.0", 16);
ownNetwork.addSubnet("100.64.0.0", 10);
ownNetwork.addSubnet("fc00::", 7, "ipv6");

/** Whether a host is of one's own network: by a private address, or by a name that no public server has. */
function isNear(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(address);
  if (family !== 0) return ownNetwork.check(address, family === 6 ? "ipv6" : "ipv4");
  return !address.includes(".") || /\.(lan|local|internal|home\.arpa)$/i.test(address);
}

/**
 * Reads `https://<portal>/rest/<user>/<code>/`, with or without the last slash. Plain http only on this machine or,
 * with `allowHttp`, for a portal in one's own network.
 * @throws PortalError `portal_url_invalid`, whose detail never repeats the address
 */
export function parseWebhookAddress(text: string, options: { allowHttp?: boolean } = {}): WebhookAddress {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw refuse("The address is not a URL");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refuse("The address must begin with https://");
  const trusted = LOOPBACK.test(url.hostname) || (options.allowHttp && isNear(url.hostname));
  if (url.protocol === "http:" && !trusted) {
    throw refuse(`Plain http is not allowed for ${url.host}: use https://`);
  }
  if (url.username || url.password) throw refuse("The address must not carry a user name or a password");
  if (url.search || url.hash) throw refuse("The address must end after the webhook's code");
  const parts = PATH.exec(url.pathname.replace(/\/{2,}/g, "/"))?.groups;
  if (!parts) throw refuse(`The path at ${url.host} is not /rest/<user>/<code>/`);
  const { prefix = "", user = "", code = "" } = parts;
  return hideSecrets({ origin: url.origin, host: url.host, userId: Number(user), prefix }, code);
}

function hideSecrets(open: Omit<WebhookAddress, "code" | "base">, code: string): WebhookAddress {
  const base = `${open.origin}${open.prefix}/rest/${open.userId}/${code}/`;
  return Object.defineProperties(open, {
    code: { value: code, enumerable: false },
    base: { value: base, enumerable: false },
  }) as WebhookAddress;
}

/** The same webhook at another origin: where a renamed portal has gone. */
export function moveWebhookAddress(address: WebhookAddress, origin: string): WebhookAddress {
  const { host } = new URL(origin);
  return hideSecrets({ origin, host, userId: address.userId, prefix: address.prefix }, address.code);
}
