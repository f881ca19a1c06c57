import { z } from "zod";

/**
 * Every error the API may answer: HTTP status, a title that never changes, and what the reader can do.
 * Elements show the code in the page's language; the texts here are for logs, scripts and people with curl.
 */
export const ERRORS = {
  // The caller's side.
  bad_request: [400, "The request is malformed", "Compare it with /docs and send it again."],
  invalid_parameter: [
    400,
    "A parameter has a wrong value",
    "The detail names the parameter and what it may be.",
  ],
  portal_required: [400, "Several portals exist and none was named", "Add ?portal=<host> to the address."],
  unauthenticated: [
    401,
    "No valid credential came with the request",
    "Send an API key or a signed-in user's token.",
  ],
  token_expired: [401, "The token has expired", "Ask for a new token and repeat the request."],
  forbidden: [
    403,
    "The credential lacks the right for this",
    "Ask an administrator for the right named in the detail.",
  ],
  origin_not_allowed: [403, "This page may not use this API", "Add the page's origin to ALLOWED_ORIGINS."],
  not_found: [404, "There is nothing at this address", "See /docs for the addresses that exist."],
  unknown_query: [404, "No query has this name", "GET /api/v1/queries lists the names."],
  unknown_portal: [404, "No such portal is connected", "GET /api/v1/portals lists the connected portals."],
  run_active: [
    409,
    "A run of this entity is already under way",
    "Wait for it to finish, or watch its progress.",
  ],
  not_mirrored: [
    409,
    "The entity was never copied as a whole",
    "Start a full sync of it first; then both sides can be compared.",
  ],
  schema_frozen: [
    409,
    "The portal's fields changed, and the table may not",
    "Let the table follow the portal, or let it quarantine what is new: in the entity's schedule.",
  ],
  generation_active: [
    409,
    "A generation is already running in another tab",
    "Wait for its results, or stop it there.",
  ],
  generation_state: [
    409,
    "The generation's state does not allow this",
    "The detail names the state; wait for it to change, or look at the run.",
  ],
  not_acceptable: [406, "The asked media type cannot be made", "Ask for Arrow, JSON or CSV."],
  payload_too_large: [413, "The request body is too large", "Send less in one request."],
  limit_too_large: [
    422,
    "More rows were asked than one answer may carry",
    "Ask for fewer rows or narrow the query.",
  ],
  too_many_requests: [429, "Too many requests from this caller", "Wait the time named in Retry-After."],

  // Outgoing webhooks.
  address_refused: [
    400,
    "This address may not be called from here",
    "Name a public https address; for one in your own network set OUTGOING_ORIGINS.",
  ],
  outgoing_unreachable: [
    502,
    "The address of the webhook cannot be reached",
    "Check its name, its certificate and that it runs; it is tried again by itself.",
  ],
  outgoing_timeout: [
    504,
    "The address of the webhook did not answer in time",
    "Let it answer within 15 s and do the work afterwards; it is tried again by itself.",
  ],
  outgoing_refused: [
    502,
    "The address of the webhook did not take the message",
    "It should answer 2xx; redirects are not followed. The detail has its status.",
  ],

  // Installing as an application of a portal.
  portal_domain_invalid: [
    400,
    "This is not the domain of a portal we may open",
    "It looks like mycompany.bitrix24.com; for a portal on your own server set BITRIX_PORTAL_URL.",
  ],
  install_state_invalid: [
    400,
    "This installation was finished already, or is too old",
    "Begin again at /bitrix/oauth/install; nothing was left behind.",
  ],
  foreign_application: [
    403,
    "The token belongs to another application",
    "Open the page from the portal, by the button of this application.",
  ],
  event_token_invalid: [
    401,
    "The event does not carry the token of a portal we know",
    "Install the application again, or store the outgoing webhook's token.",
  ],
  application_not_configured: [
    409,
    "No Bitrix24 application is configured",
    "Set BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET, or store the portal's local application.",
  ],
  app_context_required: [
    409,
    "This needs an installed application, a webhook is not enough",
    "Install the application at /bitrix/oauth/install, or make an outgoing webhook in the portal by hand.",
  ],
  application_removed: [
    409,
    "The application was removed from the portal",
    "Install it again, or enter a webhook: the data are kept.",
  ],
  confirmation_required: [
    400,
    "Removing a portal removes its data and must be confirmed",
    "Repeat the portal's host in the field named in the detail.",
  ],

  // The portal's side.
  portal_url_invalid: [
    400,
    "This is not a webhook address of a portal",
    "It looks like https://<portal>/rest/<user>/<code>/",
  ],
  portal_unreachable: [
    502,
    "The portal does not answer",
    "Check the address and the network, then start again.",
  ],
  portal_not_bitrix: [
    502,
    "What answered is not a Bitrix24 portal",
    "Check the portal's address; it sent something other than JSON.",
  ],
  portal_credential_rejected: [
    502,
    "The portal refused our credential",
    "The webhook was deleted or its code is wrong: make a new one.",
  ],
  portal_token_expired: [502, "The portal's access token has expired", "Authorise the portal again."],
  portal_user_inactive: [
    502,
    "The user behind the credential is not active",
    "Make a webhook of an active administrator.",
  ],
  insufficient_scope: [
    502,
    "The credential lacks a scope",
    "Add the scope named in the detail to the webhook or the application.",
  ],
  portal_access_denied: [
    502,
    "The portal's rights do not allow this",
    "Give the credential's user the CRM right named in the detail.",
  ],
  portal_plan_required: [
    502,
    "The portal's plan has no REST API",
    "Renew or extend the portal's subscription.",
  ],
  portal_rate_limited: [
    503,
    "The portal's request limit is used up",
    "Nothing is lost; the work goes on by itself when the limit allows.",
  ],
  portal_operating_limit: [
    503,
    "The method's operating time is used up",
    "Nothing is lost; the work goes on when the portal lets the method run again.",
  ],
  portal_blocked: [
    503,
    "The portal has blocked REST because of overload",
    "Ask Bitrix24 support to lift the block, then start again.",
  ],
  portal_method_missing: [
    502,
    "The portal does not know this method",
    "The module behind it may be off on this portal.",
  ],
  portal_error: [502, "The portal answered with an error", "The detail carries the portal's own words."],
  portal_answer_invalid: [
    502,
    "The portal's answer makes no sense",
    "The detail names what was wrong; nothing was written.",
  ],
  write_outcome_unknown: [
    502,
    "It is unknown whether the portal carried out a write",
    "It was not repeated; look in the portal before you do.",
  ],

  // Charts.
  plan_invalid: [
    422,
    "The plan does not fit this portal's data",
    "The detail names what does not fit and what would.",
  ],
  sql_refused: [
    422,
    "This SQL is not allowed",
    "One SELECT over the chart views is; the detail names what was met.",
  ],
  sql_off: [409, "SQL is switched off here", "Ask an administrator, or ask in words."],
  query_too_heavy: [
    422,
    "The question would read too much",
    "Narrow the period, or ask for sums instead of rows.",
  ],
  result_gone: [410, "These rows are no longer kept", "Ask again."],
  chart_not_drawable: [
    422,
    "This chart is no picture",
    "Read its rows, or choose a form that is drawn; the detail says why.",
  ],
  version_conflict: [409, "Somebody else has changed it meanwhile", "Load it again and repeat your change."],
  share_link_invalid: [404, "This link leads nowhere", "Ask whoever sent it for a new one."],
  embed_revoked: [403, "This embedding was ended", "Allow it again beside the dashboard's links."],
  share_link_expired: [410, "This link has expired", "Ask whoever sent it for a new one."],
  share_password_wrong: [403, "The link needs its password", "Enter the password that came with the link."],
  ai_unavailable: [
    503,
    "The language model does not answer",
    "What needs no model still works; try again later.",
  ],
  sql_invalid: [422, "The SQL cannot be run as it is", "The detail names the fault; mend it and try again."],
  ai_not_configured: [
    409,
    "No language model is configured",
    "Set OPENAI_API_KEY; what needs no model works.",
  ],
  ai_credential_rejected: [
    502,
    "The language model's service refused our key",
    "Check OPENAI_API_KEY and OPENAI_BASE_URL.",
  ],
  ai_timeout: [504, "The language model took too long", "Ask again, or in simpler words."],
  ai_rate_limited: [
    429,
    "Too many questions to the language model",
    "Wait the time named in Retry-After; what needs no model works meanwhile.",
  ],
  ai_over_budget: [
    429,
    "Today's budget for the language model is used up",
    "It begins anew at midnight UTC; an administrator can raise it.",
  ],

  // Our side.
  database_unavailable: [503, "The database does not answer", "Check DATABASE_URL and the database's log."],
  query_timeout: [504, "The query took too long and was stopped", "Narrow it and try again."],
  interrupted: [503, "The work was interrupted by a restart", "It is continued by itself."],
  internal: [500, "Something went wrong in b24kit", "Look for the request id in the server's log."],
} as const satisfies Record<string, readonly [status: number, title: string, remedy: string]>;

export type ErrorCode = keyof typeof ERRORS;

export const errorCodes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** `application/problem+json` (RFC 9457) as every failed request answers it. */
export const Problem = z.object({
  type: z.string().describe("Address of the code's documentation"),
  code: z.enum(errorCodes),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe("What exactly happened, in English; never a secret"),
  remedy: z.string(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
