/** What was typed as a portal's address: its domain, or what is wrong with it. */
export type DomainReading =
  | { domain: string; fault?: undefined }
  | { domain?: undefined; fault: "missing" | "short" | "site" | "shape" };

/** Bitrix24's own pages, which people paste in place of their portal's. */
const SITE = /^(?:www\.|auth2?\.|auth\.www\.|helpdesk\.|apidocs\.)?bitrix24\.[a-z.]+$/;

/**
 * Understands `mycompany.bitrix24.ru`, a whole address of the portal, capitals and spaces around. Whether the domain is
 * a portal's is for the server to say: a portal may stand on a server of its owner's.
 */
export function readDomain(text: string): DomainReading {
  const typed = text.trim().toLowerCase();
  if (typed === "") return { fault: "missing" };
  const scheme = /^(https?):\/\//.exec(typed)?.[1];
  if (!scheme && /^[a-z][a-z\d+.-]*:\/\//.test(typed)) return { fault: "shape" };
  const address = scheme ? typed : `https://${typed}`;
  if (/[\s\\@]/.test(typed) || !URL.canParse(address)) return { fault: "shape" };
  const { host, hostname } = new URL(address);
  if (SITE.test(hostname)) return { fault: "site" };
  if (!hostname.includes(".") && host === hostname) return { fault: "short" };
  return { domain: scheme === "http" ? `http://${host}` : host };
}
