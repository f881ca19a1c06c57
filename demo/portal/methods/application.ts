import type { Application } from "../apps/application.ts";
import { isAdmin } from "../people.ts";
import { accessDenied, RestError } from "../rest/error.ts";
import type { Call, Method } from "../rest/method.ts";

/** The application that calls. */
export function requireApplication({ portal, caller }: Call): Application {
  const application = portal.applications.get(caller.clientId ?? "");
  if (!application) throw new RestError("APPLICATION_NOT_FOUND", "Application not found", 401);
  return application;
}

/** Only administrators change what an application binds. */
export function requireAdmin({ caller }: Call): void {
  if (!isAdmin(caller.userId)) throw accessDenied();
}

/** `app.info` */
export const APPLICATION_METHODS: readonly Method[] = [
  { name: "app.info", scopes: [], applicationOnly: "ACCESS_DENIED", run: showApplication },
];

function showApplication(call: Call) {
  const application = requireApplication(call);
  return {
    result: {
      ID: application.id,
      CODE: application.marketCode ?? application.clientId,
      VERSION: application.version,
      STATUS: application.marketCode ? "F" : "L",
      INSTALLED: application.installed,
      PAYMENT_EXPIRED: "N",
      DAYS: null,
      LANGUAGE_ID: "ru",
      LICENSE: "ru_pro100",
      LICENSE_TYPE: "pro100",
      LICENSE_FAMILY: "pro100",
    },
  };
}
