import { applicationAuth, portalAuth } from "../events/auth-block.ts";
import { postEvent, secondsNow } from "../events/fan-out.ts";
import type { EventHandler } from "../events/handlers.ts";
import type { Portal } from "../portal.ts";
import type { Application } from "./application.ts";
import { type AppEventInput, appEventInput } from "./inputs.ts";

/**
 * Puts an application to work, or does so again. One of scripts only is told by ONAPPINSTALL and is ready; one with
 * an installation page waits until that page, shown by the first open, says `installFinish`.
 */
export function installApplication(portal: Portal, application: Application): Application {
  const waits = !application.scriptOnly && application.installUrl !== null;
  const installed = portal.applications.save({ ...application, installed: !waits });
  if (application.scriptOnly && application.installUrl)
    postInstall(portal, installed, application.installUrl);
  return installed;
}

/** `installFinish` of the frame: from now on events are sent and placements seen. */
export function finishInstall(portal: Portal, clientId: string): Application | undefined {
  const application = portal.applications.get(clientId);
  if (!application || application.installed) return application;
  const installed = portal.applications.save({ ...application, installed: true });
  for (const handler of boundTo(portal, clientId, "ONAPPINSTALL")) {
    postEvent(portal, installed, handler, {
      event: "ONAPPINSTALL",
      data: installData(installed),
      userId: handler.authType || installed.userId,
      renewable: true,
    });
  }
  return installed;
}

function postInstall(portal: Portal, application: Application, url: string): void {
  const form = {
    event: "ONAPPINSTALL",
    data: installData(application),
    ts: secondsNow(portal),
    auth: applicationAuth(portal, application, application.userId, true),
  };
  portal.delivery.send({ url, label: "ONAPPINSTALL", form });
}

function installData({ version }: Application) {
  return { VERSION: version, ACTIVE: "Y", INSTALLED: "Y", LANGUAGE_ID: "ru" };
}

/**
 * A new version, a payment, a method that an administrator has allowed: those who asked for it hear of it. Throws a
 * ZodError that names the wrong field.
 */
export function fireApplicationEvent(
  portal: Portal,
  application: Application,
  input: AppEventInput,
): Application {
  const { event, data } = appEventInput.parse(input);
  const { version, marketCode, clientId } = application;
  const now =
    event === "ONAPPUPDATE"
      ? portal.applications.save({ ...application, version: version + 1 })
      : application;
  const told = {
    ONAPPUPDATE: { PREVIOUS_VERSION: version, VERSION: now.version, LANGUAGE_ID: "ru" },
    ONAPPPAYMENT: {
      CODE: marketCode ?? clientId,
      VERSION: version,
      STATUS: "P",
      PAYMENT_EXPIRED: "N",
      DAYS: 30,
    },
    ONAPPMETHODCONFIRM: { TOKEN: "", METHOD: "", CONFIRMED: 1 },
  }[event];
  for (const handler of boundTo(portal, clientId, event)) {
    const userId = handler.authType || now.userId;
    postEvent(portal, now, handler, {
      event,
      data: { ...told, ...data },
      userId,
      renewable: event === "ONAPPUPDATE",
    });
  }
  return now;
}

/**
 * Takes an application off the portal with all that it bound. Those who asked for it hear ONAPPUNINSTALL, without
 * tokens: only the application token says whom it is from.
 */
export function uninstallApplication(portal: Portal, application: Application, clean: boolean): void {
  const { clientId, applicationToken } = application;
  const handlers = boundTo(portal, clientId, "ONAPPUNINSTALL");
  portal.handlers.remove(portal.handlers.of(clientId));
  portal.placements.remove(portal.placements.of(clientId));
  portal.robots.removeOf(clientId);
  portal.offline.removeOf(clientId);
  portal.applications.save({ ...application, installed: false, removed: true });
  for (const { id, url } of handlers) {
    const form = {
      event: "ONAPPUNINSTALL",
      event_handler_id: id,
      data: { LANGUAGE_ID: "ru", CLEAN: clean ? "1" : "0" },
      ts: secondsNow(portal),
      auth: { ...portalAuth(portal), application_token: applicationToken },
    };
    portal.delivery.send({ url, label: "ONAPPUNINSTALL", form });
  }
}

function boundTo(portal: Portal, clientId: string, event: string): EventHandler[] {
  return portal.handlers.of(clientId).filter((handler) => handler.event === event && !handler.offline);
}
