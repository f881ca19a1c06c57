import type { AppContext } from "./environment.ts";

/** Address of the socket's other end, or "in-process". Forwarded headers are not believed: anyone can send them. */
export function remoteAddress(c: AppContext): string {
  return c.env?.incoming?.socket?.remoteAddress ?? "in-process";
}

/** True for 127.0.0.0/8 and ::1, also written as IPv4 in IPv6. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
