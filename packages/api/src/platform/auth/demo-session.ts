import { randomBytes, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { PageToken } from "@b24kit/client/contract";
import { z } from "zod";
import { AppError } from "../http/app-error.ts";
import type { App, AppContext } from "../http/environment.ts";
import { isLoopback, remoteAddress } from "../http/remote-address.ts";
import { staticFiles } from "../http/static-files.ts";
import { readBody, strict } from "../http/validate.ts";
import type { PageTokens } from "./page-token.ts";
import { hashSecret, secretEquals } from "./secret-equal.ts";

export interface DemoSessionOptions {
  readonly pageTokens: PageTokens;
  /** Where HOST opens the demo to the network, sign-in is by a link that serves once. */
  readonly open: boolean;
}

export interface DemoSession {
  /** The code of the one-time link, or null where the demo answers this machine only. */
  readonly code: string | null;
}

const enterPage = fileURLToPath(new URL("./demo", import.meta.url));

const Request = strict(z.object({ code: z.string().max(200).optional() }).default({}));

const grant = { rights: ["data:read", "sync:run", "generator:run"], portals: "all" } as const;

/**
 * `POST /demo/session`: mints the demo's page tokens. Demo mode only; three ways in, each for requests of our own pages:
 * this machine's browser (loopback, local Host, own Origin: a rebound name or a foreign page fails one of them), the
 * code of the one-time link, and a page token that has not ended, which is renewed.
 */
export function mountDemoSession(app: App, { pageTokens, open }: DemoSessionOptions): DemoSession {
  const code = open ? randomBytes(24).toString("base64url") : null;
  let unused = code === null ? null : hashSecret(code);

  async function subjectOf(c: AppContext): Promise<string> {
    requireOwnOrigin(c);
    const renewed = await renewedSubject(c, pageTokens);
    if (renewed !== null) return renewed;
    const body = (await readBody(c, Request)) as { code?: string };
    if (body.code !== undefined) {
      if (!unused || !secretEquals(body.code, unused)) {
        throw new AppError(
          "unauthenticated",
          "This link was used already or is not from this start: see the server's log for the current one.",
        );
      }
      unused = null;
      return `${SUBJECT}${randomUUID().slice(0, 8)}`;
    }
    requireThisMachine(c);
    return localSubject(c);
  }

  app.use(
    "/demo/*",
    staticFiles({ dir: enterPage, at: "/demo/enter/", pages: { "/demo/enter": "enter.html" } }),
  );
  app.post("/demo/session", async (c) => {
    c.set("route", "/demo/session");
    const token = await pageTokens.mint({ ...grant, subject: await subjectOf(c) });
    c.header("Cache-Control", "no-store");
    return c.json(PageToken.parse(token));
  });
  return { code };
}

const SUBJECT = "demo-";

/** All tabs of this machine are one person's, unless the address names another: `?person=anna`. */
function localSubject(c: AppContext): string {
  const person = c.req.query("person") ?? "this-machine";
  if (!/^[a-z0-9-]{1,32}$/.test(person))
    throw new AppError("invalid_parameter", "query person: lower-case letters, digits and dashes, up to 32");
  return `${SUBJECT}${person}`;
}

async function renewedSubject(c: AppContext, pageTokens: PageTokens): Promise<string | null> {
  const token = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  if (token === undefined) return null;
  const { subject } = await pageTokens.verify(token);
  if (subject.startsWith(SUBJECT)) return subject;
  // A portal's frame has a token of the same kind that reaches less far.
  throw new AppError("unauthenticated", "This token was not given by the demo.");
}

/** A browser sends Origin with every POST; only a page that this server served has ours. */
function requireOwnOrigin(c: AppContext): void {
  const origin = c.req.header("Origin");
  const host = c.req.header("Host") ?? new URL(c.req.url).host;
  const site = c.req.header("Sec-Fetch-Site");
  const own = origin === `http://${host}` || origin === `https://${host}`;
  if (!own || (site !== undefined && site !== "same-origin")) {
    throw new AppError("origin_not_allowed", "A demo session is given only to pages of this server.");
  }
}

const localHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** @throws AppError forbidden unless the request comes from this machine, by a local name, past no proxy */
function requireThisMachine(c: AppContext): void {
  const { hostname } = new URL(`http://${c.req.header("Host") ?? new URL(c.req.url).host}`);
  const proxied = c.req.header("X-Forwarded-For") ?? c.req.header("Forwarded");
  if (isLoopback(remoteAddress(c)) && localHosts.has(hostname) && proxied === undefined) return;
  throw new AppError(
    "forbidden",
    "The demo signs in browsers on its own machine; from elsewhere use the one-time link that it printed.",
  );
}
