import { cleanMethodName } from "./batch.ts";

/** What the address of a REST call names. */
export interface RestPath {
  /** The webhook, or null where a token must come with the parameters. */
  webhook: { userId: number; code: string } | null;
  method: string;
}

/** Reads `/rest/<user>/<code>/<method>[.json]` and `/rest/<method>[.json]`; doubled and closing slashes do not matter. */
export function readPath(pathname: string): RestPath {
  const [, first = "", second, ...rest] = pathname.split("/").filter((segment) => segment !== "");
  if (!/^\d+$/.test(first) || second === undefined) {
    return { webhook: null, method: cleanMethodName([first, second, ...rest].filter(Boolean).join("/")) };
  }
  return { webhook: { userId: Number(first), code: second }, method: cleanMethodName(rest.join("/")) };
}
