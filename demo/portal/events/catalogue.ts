const kinds = (name: string, ...ends: string[]) => ends.map((end) => name + end);

const CRM_ENTITIES = ["LEAD", "DEAL", "CONTACT", "COMPANY"];
const WRITES = ["ADD", "UPDATE", "DELETE"];
const FIELD_WRITES = [...WRITES, "SETENUMVALUES"];

const CRM_EVENTS = [
  ...CRM_ENTITIES.flatMap((entity) => kinds(`ONCRM${entity}`, ...WRITES)),
  ...CRM_ENTITIES.flatMap((entity) => kinds(`ONCRM${entity}USERFIELD`, ...FIELD_WRITES)),
  "ONCRMDEALMOVETOCATEGORY",
  ...["DYNAMICITEM", "TYPE", "ACTIVITY", "TIMELINECOMMENT", "REQUISITE", "BANKDETAIL", "QUOTE", "INVOICE"]
    .concat(["CURRENCY", "PRODUCT", "DEALRECURRING"])
    .flatMap((name) => kinds(`ONCRM${name}`, ...WRITES)),
  ...kinds("ONCRMADDRESS", "REGISTER", "UNREGISTER"),
];

/** Events by the scope that a subscriber needs; "" is for everybody. */
export const EVENTS_BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  "": [
    ...kinds("ONAPP", "INSTALL", "UNINSTALL", "UPDATE", "PAYMENT", "TEST", "METHODCONFIRM"),
    "ONOFFLINEEVENT",
  ],
  crm: CRM_EVENTS,
  task: kinds("ONTASK", ...WRITES),
  user: ["ONUSERADD"],
};

/** An event of one smart process alone carries its number: `ONCRMDYNAMICITEMADD_156`. */
const OF_ONE_TYPE = /^(ONCRMDYNAMICITEM(?:ADD|UPDATE|DELETE))_\d+$/;

/** The events that these scopes let a subscriber hear. */
export function eventsOfScopes(scopes: ReadonlySet<string>): string[] {
  return Object.entries(EVENTS_BY_SCOPE).flatMap(([scope, events]) =>
    scope === "" || scopes.has(scope) ? events : [],
  );
}

export function isKnownEvent(event: string, scopes: ReadonlySet<string>): boolean {
  const name = OF_ONE_TYPE.exec(event)?.[1] ?? event;
  return eventsOfScopes(scopes).includes(name);
}

/** Outgoing webhooks hear of records and tasks, not of applications nor of moves between funnels. */
export function isWebhookEvent(event: string): boolean {
  return event !== "ONCRMDEALMOVETOCATEGORY" && !/^ON(APP|OFFLINE)/.test(event);
}
