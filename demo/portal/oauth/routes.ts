import { type Context, Hono } from "hono";
import { setCookie } from "hono/cookie";
import { browserUser, USER_COOKIE } from "../people.ts";
import { asText } from "../php.ts";
import type { Portal } from "../portal.ts";
import { RestError } from "../rest/error.ts";
import { breakConnection, jsonAnswer } from "../rest/http-answer.ts";
import { readContextParams } from "../rest/read-request.ts";
import { toRestError } from "../rest/run-method.ts";
import { makeFault } from "../rest/transport.ts";
import { type ConsentFault, readConsent, returnAddress } from "./consent.ts";
import { consentPage, faultPage } from "./page.ts";
import { answerTokenRequest } from "./token-answer.ts";

/** The name by which faults strike the token endpoint. */
const TOKEN_ENDPOINT = "oauth.token";

/** The auth server: the portal plays its own, under `/oauth/`. */
export function oauthRoutes(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.get("/authorize", (c) => askConsent(portal, c));
  app.post("/authorize", (c) => takeConsent(portal, c));
  app.on(["GET", "POST"], "/token", (c) => answerToken(portal, c));
  return app;
}

function askConsent(portal: Portal, c: Context): Response | Promise<Response> {
  const clientId = c.req.query("client_id") ?? "";
  const state = c.req.query("state") ?? "";
  const consent = readConsent(portal, clientId, browserUser(portal, c));
  if (typeof consent === "string") return showFault(portal, c, consent);
  if (portal.appSettings.oauth.autoConsent) return c.redirect(returnAddress(portal, consent, state));
  return c.html(consentPage(portal.address.domain, consent, { clientId, state }), 200, FRAMELESS);
}

async function takeConsent(portal: Portal, c: Context): Promise<Response> {
  const origin = c.req.header("origin");
  // Another site's page must not press the button in a person's place.
  if (origin && !origin.endsWith(`//${new URL(c.req.url).host}`)) {
    return showFault(portal, c, "denied");
  }
  // What cannot be read as a form names no application.
  const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
  const clientId = asText(form.client_id);
  const userId = Number(form.user_id) || browserUser(portal, c);
  const consent = readConsent(portal, clientId, userId);
  if (typeof consent === "string") return showFault(portal, c, consent);
  if (form.allow !== "Y") return showFault(portal, c, "denied");
  setCookie(c, USER_COOKIE, String(userId), { path: "/", sameSite: "Lax" });
  return c.redirect(returnAddress(portal, consent, asText(form.state)));
}

/** Nobody else's page may show these in a frame. */
const FRAMELESS = { "content-security-policy": "frame-ancestors 'self'", "cache-control": "no-store" };

const STATUS: Record<ConsentFault, 400 | 403 | 404> = {
  no_client: 400,
  unknown_client: 404,
  removed_client: 404,
  inactive_user: 403,
  denied: 403,
};

function showFault(portal: Portal, c: Context, fault: ConsentFault): Response | Promise<Response> {
  return c.html(faultPage(portal.address.domain, fault), STATUS[fault], FRAMELESS);
}

/** Faults strike here as they do at /rest/; the request bucket does not. */
async function answerToken(portal: Portal, c: Context): Promise<Response> {
  const fault = portal.faults.strike([TOKEN_ENDPOINT]);
  if (fault) portal.stats.faultsMade++;
  const instead = fault ? await makeFault(portal.faults, fault, c) : null;
  if (instead) return instead;
  const answered = tokenAnswer(portal, await readContextParams(c));
  return fault?.effect === "loseResponse" ? breakConnection(c) : answered;
}

function tokenAnswer(portal: Portal, params: Parameters<typeof answerTokenRequest>[1]): Response {
  try {
    portal.makeErrorFault(TOKEN_ENDPOINT);
    return jsonAnswer(answerTokenRequest(portal, params), 200);
  } catch (error) {
    if (!(error instanceof RestError)) portal.stats.crashed++;
    const refused = toRestError(error);
    return jsonAnswer(refused.toJSON(), refused.status);
  }
}
