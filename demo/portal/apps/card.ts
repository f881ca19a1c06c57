import * as z from "zod";
import type { Portal } from "../portal.ts";
import { type Application, newApplication } from "./application.ts";
import { type HandlerFault, handlerFault } from "./handler-url.ts";
import { type AppChangeInput, type AppInput, appChangeInput, appInput } from "./inputs.ts";

/** Puts a new application on the portal, not installed yet. Throws a ZodError that names the wrong field. */
export function addApplication(portal: Portal, input: AppInput): Application {
  const { installUrl, ...card } = appInput.parse(input);
  const application = newApplication(
    { ...card, installUrl: installUrl || null },
    portal.applications.nextId,
    portal.clock.now(),
  );
  requireAddresses(portal, application);
  return portal.applications.save(application);
}

/** Changes the card; the credentials stay. */
export function changeApplication(portal: Portal, known: Application, input: AppChangeInput): Application {
  const given = Object.entries(appChangeInput.parse(input)).filter(([, value]) => value !== undefined);
  const application: Application = { ...known, ...Object.fromEntries(given), version: known.version + 1 };
  application.installUrl ||= null;
  requireAddresses(portal, application);
  return portal.applications.save(application);
}

/** Words for each fault; the card page has its own, by `params.fault`. */
const WORDS = {
  address: "must be an address that the portal can reach from the internet (switch handlers.local)",
  protocol: "must begin with https:// (switch handlers.plainHttp)",
};

function requireAddresses(portal: Portal, application: Application): void {
  for (const field of ["handlerUrl", "installUrl"] as const) {
    const text = application[field];
    // An application of scripts only is never shown in a frame, so plain http would do.
    const fault =
      text === null ? null : handlerFault(text, portal.appSettings.handlers, !application.scriptOnly);
    if (fault) throw addressFault(field, text, fault);
  }
}

/** A wrong address, as the checks of input say it. */
export function addressFault(field: string, input: unknown, fault: HandlerFault): z.ZodError {
  return new z.ZodRealError([
    { code: "custom", path: [field], message: WORDS[fault], params: { fault }, input },
  ]);
}
