import { isIP } from "node:net";
import type { AppSettings } from "./settings.ts";

export type HandlerFault = "address" | "protocol";

/**
 * Why a portal would not call this address, or null.
 * @param needsHttps pages shown in a frame; events may go to plain http
 */
export function handlerFault(
  text: string,
  { local, plainHttp }: AppSettings["handlers"],
  needsHttps: boolean,
): HandlerFault | null {
  if (!URL.canParse(text)) return "address";
  const { protocol, hostname } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") return "protocol";
  if (protocol === "http:" && needsHttps && !plainHttp) return "protocol";
  return local || isPublicHost(hostname) ? null : "address";
}

/** A name with a dot, or a number that is routed on the internet. */
function isPublicHost(hostname: string): boolean {
  if (hostname.startsWith("[")) return false;
  if (isIP(hostname) === 4) return !PRIVATE.test(hostname);
  return hostname.includes(".") && !/(^|\.)localhost\.?$/i.test(hostname);
}

const PRIVATE = /^(0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;
