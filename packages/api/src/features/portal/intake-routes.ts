import { fileURLToPath } from "node:url";
import { formText, type PhpForm, parsePhpForm } from "../../platform/bitrix/php-form.ts";
import { AppError, toFailure } from "../../platform/http/app-error.ts";
import type { App, AppContext } from "../../platform/http/environment.ts";
import { staticFiles } from "../../platform/http/static-files.ts";
import type { Logger } from "../../platform/log/logger.ts";
import { type Accepted, type AcceptOptions, acceptEvent } from "./accept-event.ts";
import { readEventAuth, readFrameAuth } from "./delivered-auth.ts";
import type { Inbox } from "./inbox.ts";
import type { Installs } from "./install.ts";
import { failurePage, formPage, installedPage, outsidePage } from "./install-pages.ts";
import { readLanguage } from "./page.ts";
import { type PagePart, placementPage } from "./placement-page.ts";
import { CALLBACK_PATH, EVENT_PATH, HANDLER_PATH, INSTALL_PATH, readPlace } from "./places.ts";
import { openSession, type SessionOptions } from "./sessions.ts";
import { selectInstallationOf } from "./store/installation.ts";

/** What the portal itself, or a person at it, calls. None of it is JSON and none of it carries a key of ours. */
export interface IntakeOptions extends AcceptOptions, SessionOptions {
  readonly installs: Installs;
  readonly inbox: Inbox;
  /** The application was taken off the portal at `ts`, Unix time on its clock; false where it is there again. */
  readonly onUninstalled: (portalId: number, ts: number | null) => Promise<boolean>;
  /** The application has changed there: bindings may be lost or scopes new. */
  readonly onUpdated: (portalId: number) => Promise<void>;
  /** Origins on which a portal may be, beside the cloud. */
  readonly configured: () => Promise<readonly string[]>;
  readonly requirePortal: (address: string) => Promise<void>;
  /** What other features show on the pages behind the buttons. */
  readonly parts: readonly PagePart[];
  readonly log: Pick<Logger, "error" | "info">;
}

const pages = fileURLToPath(new URL("./pages", import.meta.url));

export function intakeRoutes(app: App, options: IntakeOptions): void {
  const { installs } = options;
  app.use("/bitrix/pages/*", staticFiles({ dir: pages, at: "/bitrix/pages/" }));

  app.get(INSTALL_PATH, async (c) => {
    c.set("route", INSTALL_PATH);
    return formPage(c, readLanguage(c), await formTargets(options));
  });

  // The card of an application has one address: the consent page leads back to it, and frames are posted to it.
  for (const path of [CALLBACK_PATH, HANDLER_PATH]) {
    app.get(path, (c) => {
      c.set("route", path);
      const { code, state, server_domain: authServer } = c.req.query();
      if (!code || !state) return outsidePage(c, readLanguage(c));
      return asPage(c, null, async () =>
        installedPage(c, await installs.finish({ code, state, authServer }), false),
      );
    });
  }

  for (const path of [INSTALL_PATH, CALLBACK_PATH, HANDLER_PATH]) {
    app.post(path, async (c) => {
      c.set("route", path);
      const form = await readForm(c);
      if (formText(form, "event") !== undefined) return takeEvent(c, options, form, path === INSTALL_PATH);
      if (formText(form, "AUTH_ID") !== undefined) return takeFrame(c, options, form, path === INSTALL_PATH);
      const domain = formText(form, "domain");
      return asPage(c, null, async () => {
        if (domain === undefined)
          throw new AppError("bad_request", "The form has neither AUTH_ID nor a domain.");
        requireOwnForm(c);
        return c.redirect(await installs.begin(domain, readLanguage(c)), 303);
      });
    });
  }

  app.post(EVENT_PATH, async (c) => {
    c.set("route", EVENT_PATH);
    c.set("frequent", true);
    return takeEvent(c, options, await readForm(c), false);
  });
}

async function readForm(c: AppContext): Promise<PhpForm> {
  return parsePhpForm(await c.req.text());
}

/** Keeps an event and says so at once; what follows from it is done after the answer. */
async function takeEvent(
  c: AppContext,
  options: IntakeOptions,
  form: PhpForm,
  installing: boolean,
): Promise<Response> {
  if (
    formText(form, "event")?.toUpperCase() === "ONAPPINSTALL" &&
    (await isInstallation(options, form, installing))
  ) {
    await options.installs.accept(readEventAuth(form), { face: false, language: "en" });
    return c.text("ok");
  }
  const accepted = await acceptEvent(options, form);
  options.inbox.arrived();
  await follow(options, accepted);
  return c.text("ok");
}

/** An application that is installed from its frame hears ONAPPINSTALL too; that one brings nothing new. */
async function isInstallation(options: IntakeOptions, form: PhpForm, installing: boolean): Promise<boolean> {
  if (installing) return true;
  const known = await selectInstallationOf(options.db.pool, formText(form, "auth", "member_id") ?? "");
  return known === null || known.state === "dead";
}

async function follow(options: IntakeOptions, { event, kind, portalId, ts }: Accepted): Promise<void> {
  // An outgoing webhook has no say in what the application is.
  if (kind !== "application") return;
  if (event === "ONAPPUNINSTALL" && !(await options.onUninstalled(portalId, ts)))
    options.log.info({ portal: portalId }, "an uninstallation was told late: the application is there again");
  if (event === "ONAPPUPDATE")
    options
      .onUpdated(portalId)
      .catch((err) => options.log.error({ err, portal: portalId }, "bindings were not checked"));
}

/** A frame of the portal: the installation where it is not finished, else the page behind the button. */
async function takeFrame(
  c: AppContext,
  options: IntakeOptions,
  form: PhpForm,
  installing: boolean,
): Promise<Response> {
  const language = readLanguage(c, formText(form, "LANG"));
  return asPage(c, await framedBy(c, options, form), async () => {
    const auth = readFrameAuth(form, c.req.query());
    const known = await selectInstallationOf(options.db.pool, auth.memberId);
    const session = !installing && known?.state === "live" ? await openSession(options, auth) : null;
    if (session?.installed) {
      const recordId = readRecordId(formText(form, "PLACEMENT_OPTIONS"));
      const place = readPlace(formText(form, "PLACEMENT") ?? "DEFAULT", recordId);
      return placementPage(c, { session, language, place, more: options.parts });
    }
    return installedPage(c, await options.installs.accept(auth, { face: true, language }), true);
  });
}

/** Origin of the portal that shows the frame, if it can be one: failures have to be seen there too. */
async function framedBy(c: AppContext, options: IntakeOptions, form: PhpForm): Promise<string | null> {
  try {
    const { endpoint } = readFrameAuth(form, c.req.query());
    await options.requirePortal(endpoint);
    return new URL(endpoint).origin;
  } catch {
    return null;
  }
}

/** `PLACEMENT_OPTIONS` is a JSON text; cards say `{"ID":"7"}`. */
function readRecordId(text: string | undefined): number | null {
  try {
    const { ID, ENTITY_ID } = JSON.parse(text ?? "{}") as { ID?: unknown; ENTITY_ID?: unknown };
    const id = Number(ID ?? ENTITY_ID);
    return Number.isSafeInteger(id) && id > 0 ? id : null;
  } catch {
    return null;
  }
}

/** Failures as pages with a remedy. */
async function asPage(
  c: AppContext,
  framedByOrigin: string | null,
  fn: () => Promise<Response> | Promise<Response | Promise<Response>>,
): Promise<Response> {
  try {
    return await fn();
  } catch (error) {
    const failure = toFailure(error);
    // Its reason is logged where every other one is.
    if (failure.code === "internal") throw error;
    return failurePage(c, failure, { language: readLanguage(c), framedBy: framedByOrigin });
  }
}

async function formTargets({ configured }: IntakeOptions): Promise<string[]> {
  const origins = (await configured()).filter((url) => URL.canParse(url)).map((url) => new URL(url).origin);
  return ["https:", ...new Set(origins.filter((origin) => origin.startsWith("http:")))];
}

/** Another site's page must not send people to a portal in our name. */
function requireOwnForm(c: AppContext): void {
  const origin = c.req.header("Origin");
  const site = c.req.header("Sec-Fetch-Site");
  const host = c.req.header("Host") ?? new URL(c.req.url).host;
  const own = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (site === "same-origin" || (own && (site === undefined || site === "none"))) return;
  throw new AppError("origin_not_allowed", "The form was sent by a page of another site.");
}
