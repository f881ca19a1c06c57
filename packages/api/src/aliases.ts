/** Addresses of the services that this one replaces, answered by the same handlers. The list grows with the features. */
export const ALIASES: Readonly<Record<string, string>> = {
  "/api/health": "/health",
  "/api/bitrix24/install": "/bitrix/oauth/install",
  "/api/bitrix24/button_handler": "/api/bitrix24",
  "/api/v1/webhooks/bitrix": "/api/bitrix24/webhook",
  "/create-test-data": "/api/v1/generator/runs",
  "/generation-status": "/api/v1/generator/status",
  "/generation-status/{session_id}": "/api/v1/generator/status/{session_id}",
  "/session-info": "/api/v1/generator/sessions",
};
