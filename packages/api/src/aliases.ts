/** Addresses of the services that this one replaces, answered by the same handlers. The list grows with the features. */
export const ALIASES: Readonly<Record<string, string>> = {
  "/api/health": "/health",
};
