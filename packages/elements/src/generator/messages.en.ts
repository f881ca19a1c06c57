import type { GeneratorEntity } from "@b24kit/client";
import { counted } from "../core/index.ts";
import type { GeneratorMessages } from "./messages.ts";

const records = (n: number) => counted("en", n, { one: "record", other: "records" });
const count: Record<GeneratorEntity, (n: number) => string> = {
  company: (n) => counted("en", n, { one: "company", other: "companies" }),
  contact: (n) => counted("en", n, { one: "contact", other: "contacts" }),
  lead: (n) => counted("en", n, { one: "lead", other: "leads" }),
  deal: (n) => counted("en", n, { one: "deal", other: "deals" }),
};
const many = { company: "companies", contact: "contacts", lead: "leads", deal: "deals" };

export const en: GeneratorMessages = {
  heading: "Test data",
  lead: (portal) =>
    `Linked companies, contacts, leads and deals will appear in the portal ${portal}. One button deletes them again.`,
  fields: { company: "Companies", contact: "Contacts", lead: "Leads", deal: "Deals" },
  locale: "Language of the data",
  locales: { ru: "Russian", en: "English", de: "German", fr: "French", es: "Spanish", pl: "Polish" },
  seed: "Seed",
  seedHint: "One seed gives the same records every time. Empty: a random one.",
  more: "More settings",
  wrongCount: "A whole number from 0 to 100,000.",
  wrongSeed: "A whole number from 0 to 2,147,483,647.",
  nothing: "Say how many records to make.",
  start: "Make test data",
  again: "Make more",
  preview: "Show without writing",
  previewTitle: "What it will be",
  previewClose: "Hide",
  previewLinks: (contacts, several) =>
    `${count.contact(contacts)} with a company, ${several} of them with two`,
  previewTime: (requests, duration) =>
    `${counted("en", requests, { one: "request", other: "requests" })} to the portal; ${duration === null ? "its limits make none wait" : `its limits allow no less than: ${duration}`}`,
  seedIs: (seed) => `Seed ${seed}`,
  samples: "Sample records",
  counted: count,
  records,
  states: {
    queued: "Queued",
    running: "Creating",
    held: "Waiting for the tab",
    stopping: "Stopping",
    completed: "Done",
    stopped: "Stopped",
    failed: "Failed",
    undoing: "Deleting",
    undone: "Deleted",
  },
  elsewhere: "A generation is already running in another tab. Wait for the results...",
  held: (until) =>
    `The tab that started the generation is closed. Unless it is back by ${until}, the generation stops.`,
  stopping: (underWay) =>
    underWay === 0
      ? "No new batch starts."
      : `No new batch starts; those under way are being finished: ${records(underWay)}.`,
  waiting: (until) => `The portal has limited requests. It goes on by itself at ${until}; nothing is lost.`,
  offline: "No connection to the server. The state is renewed when it is back.",
  progress: "Progress of the generation",
  undoProgress: "Progress of the deletion",
  ofTotal: (done, total) => `${done} of ${total}`,
  rate: (perSecond) => `${perSecond} records/s`,
  left: (duration) => `${duration} left`,
  resumed: "continued after a break",
  stop: "Stop",
  resume: "Continue",
  undo: "Delete what was made",
  undoCount: (n) => `Delete ${records(n)}`,
  undoQuestion: (n) =>
    `Delete ${records(n)} of this generation from the portal? Records that people have edited since stay. No other data of the portal is touched.`,
  undoYes: (n) => `Delete ${records(n)}`,
  undoNo: "Keep",
  force: (n) => `Delete the edited ones too (${n})`,
  forceQuestion: (n) => `Delete ${records(n)} that people have edited? Their changes will be lost.`,
  kept: (n) => `${records(n)} left alone: people have edited them`,
  stats: "Result",
  made: {
    contact: (n) => `Contacts created: ${n}`,
    company: (n) => `Companies created: ${n}`,
    lead: (n) => `Leads created: ${n}`,
    deal: (n) => `Deals created: ${n}`,
  },
  linked: (n) => `Linked: ${n}`,
  refused: (n) => `The portal refused ${records(n)}`,
  field: (name) => `field “${name}”`,
  undone: (deleted, missing) =>
    `Deleted: ${records(deleted)}${missing > 0 ? `; ${records(missing)} had been deleted before` : ""}`,
  results: "Companies and contacts made",
  history: "Earlier generations",
  log: "Log",
  cancelled: (session, reason, detail) => {
    const why = {
      disconnected: "the user has disconnected",
      request: "stopped on request",
      error: `error: ${detail}`,
    };
    return `Generation cancelled for session ${session} - ${why[reason]}`;
  },
  noRight: "You may not make data: it takes the right generator:run",
  noPortalTitle: "No portal is connected yet",
  noPortalText:
    "Make an incoming webhook with the crm scope in Bitrix24 and put its address into BITRIX24_WEBHOOK_URL.",
  noProviderTitle: "No server is named",
  noProviderText: "Put the element inside <b24-provider>: it knows the server's address and gets access.",
  line: {
    generation_started: (session) => `Making test data in Bitrix24: session ${session}...`,
    generation_resumed: (session) => `Going on from the same place: session ${session}...`,
    entity_started: (entity, n, session) => `Creating ${count[entity](n)}: session ${session}...`,
    batch_started: (entity, from, to, session) =>
      `Creating ${many[entity]} ${from}-${to}: session ${session}...`,
    records_failed: (_entity, n, detail) => `The portal refused ${records(n)}: ${detail}`,
    records_adopted: (_entity, n) => `The portal's answer was lost; ${records(n)} found in place`,
    tab_gone: (session) => `The tab is closed, waiting for it to come back: session ${session}...`,
    tab_back: (session) => `The tab is back: session ${session}...`,
    generation_done: (session) => `Done! Statistics for session ${session}:`,
    undo_started: "Deleting what was made...",
    undo_done: (deleted, kept, missing) =>
      `Deletion finished. Deleted: ${deleted}, edited and kept: ${kept}, gone before: ${missing}`,
    undo_failed: (n, detail) => `The portal did not delete ${records(n)}: ${detail}`,
  },
};
