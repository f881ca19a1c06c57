const OF_EVERY_ENTITY = [
  "LIST_MENU",
  "LIST_TOOLBAR",
  "DETAIL_TAB",
  "DETAIL_TOOLBAR",
  "DETAIL_ACTIVITY",
  "ACTIVITY_TIMELINE_MENU",
  "DOCUMENTGENERATOR_BUTTON",
  "ROBOT_DESIGNER_TOOLBAR",
];

const CRM_ENTITIES = ["LEAD", "DEAL", "CONTACT", "COMPANY", "QUOTE", "SMART_INVOICE"];

/** Where an application can appear, by the scope that this needs beside `placement`. */
export const PLACEMENT_CODES: Readonly<Record<string, readonly string[]>> = {
  "": ["DEFAULT", "LEFT_MENU", "PAGE_BACKGROUND_WORKER", "REST_APP_URI", "USER_PROFILE_MENU"].concat([
    "USER_PROFILE_TOOLBAR",
  ]),
  crm: [
    ...CRM_ENTITIES.flatMap((entity) => OF_EVERY_ENTITY.map((place) => `CRM_${entity}_${place}`)),
    "CRM_DETAIL_SEARCH",
    "CRM_FUNNELS_TOOLBAR",
    "CRM_ANALYTICS_MENU",
    "CRM_ANALYTICS_TOOLBAR",
    "CALL_CARD",
  ],
  task: ["TASK_LIST_CONTEXT_MENU", "TASK_VIEW_TAB", "TASK_VIEW_SIDEBAR", "TASK_VIEW_TOP_PANEL"],
  calendar: ["CALENDAR_GRIDVIEW"],
  im: ["IM_NAVIGATION", "IM_TEXTAREA", "IM_SIDEBAR", "IM_CONTEXT_MENU", "IM_SMILES_SELECTOR"],
};

/** Places of a smart process carry its number: `CRM_DYNAMIC_156_DETAIL_TAB`. */
const OF_SMART_PROCESS = new RegExp(`^CRM_DYNAMIC_\\d+_(${OF_EVERY_ENTITY.join("|")})$`);

export function placementCodes(scopes: ReadonlySet<string>): string[] {
  return Object.entries(PLACEMENT_CODES).flatMap(([scope, codes]) =>
    scope === "" || scopes.has(scope) ? codes : [],
  );
}

export function isPlacementCode(code: string, scopes: ReadonlySet<string>): boolean {
  return placementCodes(scopes).includes(code) || (scopes.has("crm") && OF_SMART_PROCESS.test(code));
}
