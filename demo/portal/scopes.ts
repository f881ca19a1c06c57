/** Scopes that a credential of this portal can have. */
export const ALL_SCOPES = [
  "crm",
  "user",
  "user_basic",
  "user_brief",
  "user.userfield",
  "userfieldconfig",
  "department",
  "im",
  "task",
  "tasks",
  "calendar",
  "bizproc",
  "placement",
  "telephony",
] as const;
