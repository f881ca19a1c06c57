import type { HealthMessages } from "./messages.ts";

export const en: HealthMessages = {
  asking: "Asking the server…",
  ok: "The server works",
  noDatabase: "The database does not answer",
  silent: "The server does not answer",
  version: (version) => `version ${version}`,
  took: (milliseconds) => `answered in ${milliseconds} ms`,
  label: "State of the server",
};
