import { createPortalApp } from "./app.ts";
import { createControl, type PortalControl } from "./control/control.ts";
import { Portal, type PortalOptions } from "./portal.ts";

/** 1 May 2026, noon in Moscow. */
export const NOON = Date.parse("2026-05-01T12:00:00+03:00");

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; null where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  body: any;
}

export interface TestPortal {
  portal: Portal;
  control: PortalControl;
  /** Calls a method by JSON with the default webhook. */
  call(method: string, params?: unknown): Promise<Reply>;
  /** Sends any request; the address may be relative to the default webhook. */
  send(path: string, init?: RequestInit): Promise<Reply>;
}

/** A small portal in this process, its clock stopped at NOON. */
export function openTestPortal(options: Partial<PortalOptions> = {}): TestPortal {
  const counts = { deals: 120, contacts: 60, companies: 30, leads: 40, users: 12 };
  const portal = new Portal({
    name: "test",
    journalPath: null,
    anchor: NOON,
    clock: { now: () => NOON },
    url: "http://portal.example",
    counts,
    ...options,
  });
  const control = createControl(portal);
  control.clock({ mode: "virtual", now: NOON });
  const app = createPortalApp(portal);
  const send = async (path: string, init?: RequestInit): Promise<Reply> => {
    const address = path.startsWith("/") ? path : `/rest/1/${portal.defaultCode}/${path}`;
    const response = await app.request(`http://portal.example${address}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: readJson(text) };
  };
  const call = (method: string, params: unknown = {}) => {
    // Tests of limits turn them on; elsewhere many calls in one stopped moment are no offence.
    return send(method, json(params));
  };
  control.limits({ rate: { enabled: false } });
  return { portal, control, call, send };
}

export function json(body: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export function form(body: string): RequestInit {
  return { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
