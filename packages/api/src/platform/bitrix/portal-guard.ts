import { AppError } from "../http/app-error.ts";
import { isConfigured, shown, toPlainUrl } from "../outside/address.ts";

/** Which addresses may be called, redirected to and told secrets, when their names come from outside. */
export interface PortalGuard {
  /**
   * The origin that a person means: `mycompany.bitrix24.com`, or a whole address of it.
   * @throws AppError portal_domain_invalid
   */
  readDomain(text: string): Promise<string>;
  /** @throws AppError portal_domain_invalid unless the address belongs to a portal in the cloud or a configured one */
  requirePortal(address: string): Promise<void>;
  /** @throws AppError portal_domain_invalid unless it may be told our application's secret */
  requireAuthServer(address: string): Promise<void>;
}

/** Vendor's domains, on which nobody else can make a host. */
const CLOUD =
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.bitrix24\.(?:ru|com|by|kz|uz|ua|eu|de|fr|es|it|pl|uk|in|cn|jp|id|vn|mx|co|com\.br|com\.tr)$/;

/** Auth servers of the cloud, west and east; portals on servers of one's own use them too. */
const AUTH_SERVERS: ReadonlySet<string> = new Set([
  "https://oauth.bitrix.info",
  "https://oauth.bitrix24.tech",
]);

/** Where a portal does not say which auth server it belongs to. */
export const DEFAULT_AUTH_SERVER = "https://oauth.bitrix.info/rest/";

/** @param configured origins that an administrator has named: any address may stand there, on any protocol */
export function createPortalGuard(configured: () => Promise<readonly string[]>): PortalGuard {
  const isNamed = async (url: URL) => isConfigured(url, await configured());

  const isPortal = async (url: URL) =>
    (url.protocol === "https:" && url.port === "" && CLOUD.test(url.hostname)) || (await isNamed(url));

  async function requirePortal(address: string): Promise<void> {
    const url = toPlainUrl(address);
    if (url && (await isPortal(url))) return;
    throw new AppError(
      "portal_domain_invalid",
      `"${shown(address)}" is neither a cloud portal nor a configured one.`,
    );
  }

  return {
    async readDomain(text) {
      const trimmed = text.trim().toLowerCase();
      const named = /^[a-z][a-z0-9+.-]*:\/\//.test(trimmed)
        ? [trimmed]
        : [`https://${trimmed}`, `http://${trimmed}`];
      for (const candidate of named) {
        const url = toPlainUrl(candidate);
        if (url && (await isPortal(url))) return url.origin;
      }
      throw new AppError(
        "portal_domain_invalid",
        `"${shown(text)}" is neither a cloud portal nor a configured one.`,
      );
    },
    requirePortal,
    async requireAuthServer(address) {
      const url = toPlainUrl(address);
      if (url && (AUTH_SERVERS.has(url.origin) || (await isNamed(url)))) return;
      throw new AppError("portal_domain_invalid", `"${shown(address)}" is no auth server of Bitrix24.`);
    },
  };
}
