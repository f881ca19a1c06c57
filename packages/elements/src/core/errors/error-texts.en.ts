import type { ErrorTexts } from "./error-texts.ts";

export const en: ErrorTexts = {
  bad_request: {
    title: "The request is malformed",
    remedy: "Compare it with the documentation and send it again.",
  },
  invalid_parameter: {
    title: "A parameter has a wrong value",
    remedy: "The details name the parameter and what it may be.",
  },
  portal_required: {
    title: "No portal was chosen",
    remedy: "Several portals are connected: choose which one to show.",
  },
  unauthenticated: { title: "You need to sign in", remedy: "Sign in, or pass a valid API key." },
  token_expired: { title: "Your session has expired", remedy: "Reload the page to go on." },
  forbidden: {
    title: "You lack the right for this",
    remedy: "Ask an administrator for the right named in the details.",
  },
  origin_not_allowed: {
    title: "This page has no access",
    remedy: "An administrator can add the page's address to ALLOWED_ORIGINS.",
  },
  not_found: { title: "Nothing was found", remedy: "Check the address: there is nothing behind it." },
  unknown_query: {
    title: "There is no such query",
    remedy: "Check its name: the documentation lists them all.",
  },
  unknown_portal: {
    title: "The portal is not connected",
    remedy: "Check the portal's address, or connect it.",
  },
  run_active: {
    title: "A sync is already under way",
    remedy: "Wait for it to finish, or watch its progress.",
  },
  not_mirrored: {
    title: "Nothing to compare yet",
    remedy: "Load the entity as a whole first, then compare.",
  },
  schema_frozen: {
    title: "The portal's fields changed, and the table may not",
    remedy: "Decide in the entity's schedule: let the table follow the portal, or quarantine what is new.",
  },
  generation_active: {
    title: "A generation is already running in another tab",
    remedy: "Wait for its results, or stop it there.",
  },
  generation_state: {
    title: "This generation does not allow that now",
    remedy: "Wait until it has finished what it is doing, then try again.",
  },
  not_acceptable: { title: "This format is not supported", remedy: "Ask for Arrow, JSON or CSV." },
  payload_too_large: { title: "The request is too large", remedy: "Send the data in smaller parts." },
  limit_too_large: {
    title: "Too many rows were asked for",
    remedy: "Ask for fewer rows or narrow the query.",
  },
  too_many_requests: { title: "Too many requests", remedy: "Wait a moment and try again." },

  address_refused: {
    title: "This address may not be called",
    remedy: "Name a public https address. One in your own network is allowed by OUTGOING_ORIGINS.",
  },
  outgoing_unreachable: {
    title: "The webhook's address cannot be reached",
    remedy: "Check its name, its certificate and that the receiver runs. It is tried again by itself.",
  },
  outgoing_timeout: {
    title: "The webhook's address did not answer in time",
    remedy: "The receiver should answer within 15 seconds and work afterwards. It is tried again by itself.",
  },
  outgoing_refused: {
    title: "The webhook's address did not take the message",
    remedy: "It should answer 2xx; redirects are not followed. The status is in the details.",
  },
  portal_domain_invalid: {
    title: "This is not a portal's address",
    remedy: "It looks like mycompany.bitrix24.com. For a portal on your own server set BITRIX_PORTAL_URL.",
  },
  install_state_invalid: {
    title: "This installation is finished or too old",
    remedy: "Begin again: nothing was left behind.",
  },
  foreign_application: {
    title: "This key belongs to another application",
    remedy: "Open the page from the portal, by this application's button.",
  },
  event_token_invalid: {
    title: "The event lacks the key of a known portal",
    remedy: "Install the application again, or store the outgoing webhook's token.",
  },
  application_not_configured: {
    title: "No Bitrix24 application is configured",
    remedy: "Set BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET, or store the portal's local application.",
  },
  app_context_required: {
    title: "An installed application is needed",
    remedy:
      "A webhook is not enough: install the application, or make an outgoing webhook in the portal by hand.",
  },
  application_removed: {
    title: "The application was removed from the portal",
    remedy: "Install it again, or connect the portal by a webhook: the data are there.",
  },
  confirmation_required: {
    title: "Removing a portal must be confirmed",
    remedy: "Its data go with it: repeat the portal's address.",
  },

  portal_url_invalid: {
    title: "This is not a webhook address",
    remedy: "A webhook address looks like https://portal/rest/user/code/",
  },
  portal_unreachable: {
    title: "The portal does not answer",
    remedy: "Check its address and the network, then start again.",
  },
  portal_not_bitrix: {
    title: "There is no Bitrix24 at this address",
    remedy: "Check the portal's address: something other than data came back.",
  },
  portal_credential_rejected: {
    title: "The portal refused the webhook",
    remedy: "It was deleted or its code is wrong. Make a new one and give its address.",
  },
  portal_token_expired: { title: "Access to the portal has expired", remedy: "Authorise the portal again." },
  portal_user_inactive: {
    title: "The user behind the access is no longer active",
    remedy: "Make a webhook as an active administrator.",
  },
  insufficient_scope: {
    title: "The webhook lacks a permission",
    remedy: "Add the permission named in the details to the webhook or the application.",
  },
  portal_access_denied: {
    title: "The portal's rights do not allow this",
    remedy: "Give the webhook's user the CRM right named in the details.",
  },
  portal_plan_required: {
    title: "The portal's plan has no REST API",
    remedy: "Renew or extend the portal's subscription.",
  },
  portal_rate_limited: {
    title: "The portal limits the number of requests",
    remedy: "Nothing is lost: the work goes on by itself when the limit allows.",
  },
  portal_operating_limit: {
    title: "The portal limits the method's running time",
    remedy: "Nothing is lost: the work goes on when the portal allows the method again.",
  },
  portal_blocked: {
    title: "The portal has blocked REST because of overload",
    remedy: "Ask Bitrix24 support to lift the block, then start again.",
  },
  portal_method_missing: {
    title: "The portal does not know this method",
    remedy: "The module behind it may be switched off.",
  },
  portal_error: {
    title: "The portal answered with an error",
    remedy: "The details carry the portal's own words.",
  },
  portal_answer_invalid: {
    title: "The portal's answer makes no sense",
    remedy: "Nothing was written. The details say what was wrong.",
  },
  write_outcome_unknown: {
    title: "It is unknown whether the portal wrote the data",
    remedy: "It was not repeated. Look in the portal before you do.",
  },

  plan_invalid: {
    title: "The plan does not fit this portal's data",
    remedy: "The details say what does not fit and what would.",
  },
  sql_refused: {
    title: "This SQL is not allowed",
    remedy: "One SELECT over the chart views is; the details name what was met.",
  },
  sql_off: {
    title: "SQL is switched off here",
    remedy: "Ask an administrator to switch it on, or ask in words.",
  },
  query_too_heavy: {
    title: "The question would read too much",
    remedy: "Narrow the period, or ask for sums instead of records.",
  },
  result_gone: {
    title: "These rows are no longer kept",
    remedy: "Ask again.",
  },
  chart_not_drawable: {
    title: "This chart cannot be shown as a picture",
    remedy: "Open it as a live chart, or choose another form.",
  },
  version_conflict: {
    title: "Somebody has changed it meanwhile",
    remedy: "Load it again and repeat your change.",
  },
  share_link_invalid: {
    title: "This link leads nowhere",
    remedy: "Ask whoever sent it for a new one.",
  },
  embed_revoked: {
    title: "This embedding was ended",
    remedy: "Whoever looks after the dashboard can allow it again beside its links.",
  },
  share_link_expired: {
    title: "This link has expired",
    remedy: "Ask whoever sent it for a new one.",
  },
  share_password_wrong: {
    title: "The link needs its password",
    remedy: "Enter the password that came with the link.",
  },
  ai_unavailable: {
    title: "The language model does not answer",
    remedy: "What needs no model still works; try again later.",
  },
  ai_not_configured: {
    title: "No language model is connected",
    remedy: "Simple questions work without one. Administrator: set OPENAI_API_KEY.",
  },
  ai_credential_rejected: {
    title: "The language model's service refused the key",
    remedy: "Administrator: check OPENAI_API_KEY and OPENAI_BASE_URL.",
  },
  ai_timeout: { title: "The language model took too long", remedy: "Ask again, or in simpler words." },
  ai_rate_limited: {
    title: "Too many questions at once",
    remedy: "Wait a little; simple questions work meanwhile.",
  },
  ai_over_budget: {
    title: "Today's budget for the language model is used up",
    remedy: "Simple questions still work. An administrator can raise the budget.",
  },

  database_unavailable: {
    title: "The database does not answer",
    remedy: "Administrator: check DATABASE_URL and the database's log.",
  },
  sql_invalid: { title: "The SQL does not work", remedy: "Mend it, or ask in other words." },
  query_timeout: { title: "The query took too long", remedy: "It was stopped. Narrow it and try again." },
  interrupted: { title: "A restart interrupted the work", remedy: "It will continue by itself." },
  internal: {
    title: "Internal error",
    remedy: "Try again later. An administrator finds the cause in the log by the request id.",
  },

  api_unreachable: {
    title: "No connection to the server",
    remedy:
      "Check your network. If it works, an administrator should check the API's address and ALLOWED_ORIGINS.",
  },
  api_timeout: { title: "The server takes too long", remedy: "Try again a little later." },
  api_answer_invalid: {
    title: "Something other than b24kit answered",
    remedy: "Administrator: check the API's address and any proxy between the page and the server.",
  },
  api_answer_broken: {
    title: "The answer broke off",
    remedy: "Try again. If it happens again, an administrator finds the cause in the server's log.",
  },
  sign_in_refused: {
    title: "The e-mail or the password is wrong",
    remedy: "Check the keyboard's language and capitals. The details say what the sign-in service answered.",
  },
  sign_in_unavailable: {
    title: "The sign-in service does not answer",
    remedy: "Try again later. Administrators: check SUPABASE_URL and SUPABASE_KEY.",
  },
  token_unavailable: {
    title: "Access could not be obtained",
    remedy: "The page could not get a token. Reload it or sign in again.",
  },
};
