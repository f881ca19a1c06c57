import type { DoctorMessages } from "./messages.ts";

const billing: Record<string, string> = {
  inner: "on each command within a batch",
  batch: "on the batch as a whole",
  none: "nowhere: it counts no time",
  unknown: "in an unknown way",
};

const yesNo = (value: unknown) => (value === null ? "not measured" : value ? "yes" : "no");
const ms = (seconds: unknown) => (seconds === null ? "?" : `${Math.round(Number(seconds) * 1000)} ms`);
const plural = (n: number, one: string, other: string) => `${n} ${n === 1 ? one : other}`;

export const en: DoctorMessages = {
  title: "b24kit doctor: how this installation is",
  sections: {
    settings: () => "Settings",
    database: () => "Database",
    portal: (host) => (host ? `Portal ${host}` : "Portals"),
  },
  why: "Why",
  todo: "To do",
  marks: { ok: "Good", note: "Note", warning: "Warning", failed: "Failed" },
  summary: (failed, warnings, requests) =>
    [
      failed > 0 ? plural(failed, "failure", "failures") : "No failures",
      warnings > 0 ? plural(warnings, "warning", "warnings") : "",
      requests > 0 ? `${plural(requests, "request", "requests")} to the portal` : "",
    ]
      .filter(Boolean)
      .join(" · "),
  readOnly: "Nothing was changed on the portal. --write measures also what takes a trial deal.",
  usage:
    "npm run doctor [-- --write] [-- --json]\n  --write  make a trial deal on the portal, measure, and remove it\n  --json   an answer for programs\nThe language comes from LANG. Exit code: 0 good, 1 failures, 2 wrong usage.",
  findings: {
    settings_read: { what: () => "The settings are readable" },
    setting_faulty: {
      what: (v) => `The setting ${v["name"]} will not do`,
      why: (v) => String(v["problem"]),
      todo: () => "Mend it in config.env, .env or the environment.",
    },
    public_url_missing: {
      what: () => "PUBLIC_URL is not set",
      why: () => "The portal does not know where to send events: changes come by the schedule.",
      todo: () => "If the internet reaches this server, put its address into PUBLIC_URL.",
    },
    database_reached: { what: (v) => `PostgreSQL ${v["version"]}, role ${v["role"]}` },
    database_unreachable: {
      what: () => "The database cannot be reached",
      why: (v) => String(v["detail"]),
      todo: () => "Check DATABASE_URL, that the server runs, and that it lets this machine in.",
    },
    database_old: {
      what: (v) => `PostgreSQL ${v["version"]} is too old`,
      why: (v) => `Version ${v["oldest"]} or newer is needed.`,
      todo: () => "Update the database server.",
    },
    role_may_not_create: {
      what: (v) => `The role ${v["role"]} may not create schemas`,
      why: () => "The copy of each portal lies in a schema of its own.",
      todo: (v) => `Run as the database's owner: GRANT CREATE ON DATABASE … TO "${v["role"]}".`,
    },
    role_superuser: {
      what: (v) => `The role ${v["role"]} is a superuser`,
      why: () => "The program needs far less, and a fault in it would cost more.",
      todo: () => "Make an ordinary role that owns this database and name it in DATABASE_URL.",
    },
    migrations_done: { what: (v) => `Migrations applied: ${v["count"]}` },
    migrations_pending: {
      what: (v) => `Migrations not applied: ${v["count"]}`,
      why: () => "The database is older than the program.",
      todo: () => "Start the program, or run npm run migrate.",
    },
    database_newer: {
      what: (v) => `The database is newer than the program: ${v["count"]} unknown migrations`,
      why: () => "A newer version has updated it.",
      todo: () => "Update the program; leave the database alone with the old one.",
    },
    portal_missing: {
      what: () => "No portal is connected",
      why: () => "Without a portal there is nothing to copy.",
      todo: () =>
        "Make an incoming webhook with the crm scope in Bitrix24 and put its address into BITRIX24_WEBHOOK_URL.",
    },
    portal_answers: { what: (v) => `The portal answers; we are ${v["name"] || "a user without a name"}` },
    portal_no_admin: {
      what: () => "The access is not an administrator's",
      why: () => "Only this employee's records are seen, and not all new fields.",
      todo: () => "Make the webhook as an administrator of the portal.",
    },
    portal_fails: {
      what: (v) => `The portal does not let us in: ${v["error"]}`,
      why: (v) => String(v["detail"]),
      todo: () => "Check the portal's address and webhook; put a new one into BITRIX24_WEBHOOK_URL.",
    },
    secret_unreadable: {
      what: () => "The stored access to the portal cannot be decrypted",
      why: () => "Another SECRET_KEY has sealed it.",
      todo: () => "Put the earlier key into SECRET_KEY_PREVIOUS, or connect the portal anew.",
    },
    scopes_there: { what: (v) => `Scopes: ${v["scopes"]}` },
    scope_missing: {
      what: (v) => `The scope ${v["scope"]} is missing`,
      why: () => "This part of the data stays out of the copy; the rest works.",
      todo: () => "If it is wanted, give the scope to the webhook or application.",
    },
    scope_needed: {
      what: (v) => `The scope ${v["scope"]} is missing`,
      why: () => "Without it there is nothing to copy.",
      todo: (v) => `Give the webhook or application the scope ${v["scope"]}.`,
    },
    limits_free: { what: (v) => `The request limit is free: ${v["used"]} of ${v["most"]} in use` },
    limits_used: {
      what: (v) => `The portal's limit is in use: ${v["used"]} of ${v["most"]}`,
      why: (v) =>
        v["parked"] ? `The portal has stopped methods: ${v["parked"]}.` : "Other programs use it too.",
      todo: () => "Wait ten minutes and look again; find out who else asks the portal.",
    },
    bindings_there: { what: (v) => `Bindings to the portal's events: ${v["count"]}` },
    bindings_missing: {
      what: () => "There are no bindings to events",
      why: () => "Changes come by the schedule only.",
      todo: () => "Set PUBLIC_URL and restart the program: it binds them itself.",
    },
    bindings_webhook: {
      what: () => "An incoming webhook cannot bind events",
      why: () => "The portal lets only applications do so.",
      todo: () =>
        "Install the application, or make an outgoing webhook on the portal and enter its token on the program's page.",
    },
    billing_measured: { what: (v) => `The portal books working time ${billing[String(v["billing"])]}` },
    page_measured: {
      what: (v) =>
        `A page of 50 records: ${ms(v["page"])}, in a batch ${ms(v["batch"])}; an empty request ${ms(v["trip"])}`,
    },
    page_slow: {
      what: (v) => `A page of 50 records is expensive: ${ms(v["batch"])} in a batch`,
      why: () => "The portal's working time covers fewer records in ten minutes.",
      todo: () => "Leave the first load to a night; remove user fields that nobody needs.",
    },
    child_edits_skipped: {
      what: () => "Whether edits of products and links change a deal's date was not measured",
      why: () => "That takes a trial deal, and without leave nothing is written into the portal.",
      todo: () => "Run it with --write: the deal is made and removed at once.",
    },
    child_edits_measured: {
      what: (v) =>
        `A deal's date is changed by an edit of its products: ${yesNo(v["productRows"])}, by a link to a contact: ${yesNo(v["contacts"])}`,
    },
    measurement_failed: {
      what: (v) => `It could not be measured: ${v["error"]}`,
      why: (v) => String(v["detail"]),
      todo: () => "Try again later; if that does not help, show this line to the developers.",
    },
    profile_saved: { what: () => "What was measured is kept in the database" },
  },
};
