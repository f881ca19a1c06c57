import { html, type TemplateResult } from "lit";
import { type Failure, failureNote, type LocaleController, textField } from "../../core/index.ts";
import type { ApplicationsMessages } from "./messages.ts";

/** What is being entered. */
export interface ApplicationDraft {
  url: string;
  clientId: string;
  clientSecret: string;
}

export const EMPTY_DRAFT: ApplicationDraft = { url: "", clientId: "", clientSecret: "" };

/** The draft without what people paste around it: a page's path behind the portal's address, spaces. */
export function readDraft({ url, clientId, clientSecret }: ApplicationDraft): ApplicationDraft {
  const address = url.trim();
  const origin = /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).origin : "";
  return { url: origin, clientId: clientId.trim(), clientSecret: clientSecret.trim() };
}

export type DraftFault = keyof ApplicationDraft;

/** Fields that cannot be right, before anybody is asked. */
export function draftFaults(draft: ApplicationDraft): DraftFault[] {
  const { url, clientId, clientSecret } = readDraft(draft);
  const faults: DraftFault[] = [];
  if (url === "") faults.push("url");
  if (!/^(local|app)\.[\w.]+$/.test(clientId)) faults.push("clientId");
  if (clientSecret.length < 8) faults.push("clientSecret");
  return faults;
}

export interface FormContext {
  locale: LocaleController;
  t: ApplicationsMessages;
  draft: ApplicationDraft;
  /** The form was sent with what is in it. */
  checked: boolean;
  busy: boolean;
  failure: Failure | undefined;
  enter(draft: ApplicationDraft): void;
  submit(): void;
}

/** Takes the keys of a portal's local application. */
export function applicationForm(context: FormContext): TemplateResult {
  const { t, draft, busy, failure, locale } = context;
  const faults = context.checked ? draftFaults(draft) : [];
  const field = (name: DraftFault, label: string, hint: string, wrong: string) =>
    textField({
      name,
      label,
      hint,
      value: draft[name],
      onInput: (value) => context.enter({ ...draft, [name]: value }),
      wrong: faults.includes(name) ? wrong : undefined,
      disabled: busy,
      maxlength: 200,
      ...(name === "clientSecret" ? { type: "password" as const, autocomplete: "off" } : {}),
    });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    context.submit();
  };
  return html`<form class="block fields" part="form" novalidate aria-label=${t.add} @submit=${submit}>
    <h3>${t.add}</h3>
    ${field("url", t.url, t.urlHint, t.urlWrong)}
    ${field("clientId", t.clientId, t.clientIdHint, t.clientIdWrong)}
    ${field("clientSecret", t.secret, t.secretHint, t.secretWrong)}
    ${failure ? failureNote(locale, failure) : ""}
    <div class="actions"><button class="button primary" type="submit" data-action="save" ?disabled=${busy}>${busy ? t.saving : t.save}</button></div>
  </form>`;
}
