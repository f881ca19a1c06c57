import type { ShareLink } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { coreTexts, failureNote, icons, type LocaleController, textField } from "../../core/index.ts";
import { dashboardTexts } from "./messages.ts";
import type { ShareController } from "./share-controller.ts";

const HOURS = [24, 168, 720] as const;

function madeView(share: ShareController, locale: LocaleController): TemplateResult | typeof nothing {
  const { made, copied } = share.state!;
  const t = locale.texts(dashboardTexts);
  if (!made?.url) return nothing;
  return html`<div class="note success" role="status"><div>
    <p class="note-title">${t.linkReady}</p>
    <p class="copy-line"><code class="link">${made.url}</code>
      <button class="button" type="button" data-action="copy-link" @click=${() => share.copy()}>${icons.copy}${copied ? t.copied : t.copy}</button></p>
  </div></div>`;
}

function linksView(share: ShareController, locale: LocaleController): TemplateResult | typeof nothing {
  const t = locale.texts(dashboardTexts);
  const { links } = share.state!;
  if (!links.length) return nothing;
  return html`<h3>${t.links}</h3>
    <ul class="links">${links.map(
      (
        link,
      ) => html`<li><div class="facts"><p>${t.linkFacts(dateTime(locale, link.expiresAt), link.opened, link.password)}</p>
          ${lastView(locale, link)}</div>
        <button class="button quiet danger" type="button" data-revoke=${link.id} @click=${() => share.revoke(link.id)}>${t.revoke}</button></li>`,
    )}</ul>`;
}

function embedsView(share: ShareController, locale: LocaleController): TemplateResult | typeof nothing {
  const t = locale.texts(dashboardTexts);
  const { embeds } = share.state!;
  if (!embeds.length) return nothing;
  return html`<h3>${t.embeds}</h3>
    <ul class="links embeds">${embeds.map((embed) => {
      const revoked = embed.revokedAt !== null;
      const pages = embed.origins.join(", ") || t.anyPage;
      return html`<li><div class="facts"><p class="pages">${pages}</p><p>${t.embedFacts(embed.used, revoked)}</p>${lastView(locale, embed)}</div>
        <button class=${`button quiet ${revoked ? "" : "danger"}`} type="button" data-embed=${embed.id}
          @click=${() => share.changeEmbed(embed.id, !revoked)}>${revoked ? t.allowAgain : t.revoke}</button></li>`;
    })}</ul>`;
}

/** When a stranger was last here, and on which page. */
function lastView(
  locale: LocaleController,
  { lastUsedAt, lastOrigin }: Pick<ShareLink, "lastUsedAt" | "lastOrigin">,
): TemplateResult | typeof nothing {
  if (lastUsedAt === null) return nothing;
  return html`<p class="last-use">${locale.texts(dashboardTexts).lastUse(dateTime(locale, lastUsedAt), lastOrigin)}</p>`;
}

const dateTime = (locale: LocaleController, at: string) => locale.format.dateTime(Date.parse(at));

/** A dialog that makes a link for strangers, and lists those that work. */
export function shareView(
  share: ShareController,
  locale: LocaleController,
  onMake: () => void,
): TemplateResult | typeof nothing {
  const { state } = share;
  if (!state) return nothing;
  const t = locale.texts(dashboardTexts);
  const { close } = locale.texts(coreTexts);
  const submit = (event: Event) => {
    event.preventDefault();
    onMake();
  };
  return html`<dialog class="dialog" part="share" aria-labelledby="share-title" @close=${() => share.close()}>
    <form @submit=${submit}>
      <div class="dialog-head"><h2 id="share-title">${t.share}</h2>
        <button class="button quiet icon-only" type="button" aria-label=${close} title=${close}
          @click=${(event: Event) => (event.currentTarget as Element).closest("dialog")?.close()}>${icons.close}</button></div>
      <p class="lead">${t.shareText}</p>
      <fieldset><legend>${t.expires}</legend>
        <div class="segments">${HOURS.map(
          (
            hours,
          ) => html`<label class="segment"><input type="radio" name="hours" .checked=${state.hours === hours}
            @change=${() => share.change({ hours })} /><span>${t.expiresChoices[hours]}</span></label>`,
        )}</div>
      </fieldset>
      ${textField({
        name: "password",
        label: t.password,
        value: state.password,
        hint: t.passwordHint,
        maxlength: 200,
        autocomplete: "new-password",
        onInput: (password) => share.change({ password }),
      })}
      ${state.failure ? failureNote(locale, state.failure) : nothing}
      <div class="actions"><button class="button primary" type="submit" ?disabled=${state.busy}>${t.makeLink}</button></div>
      ${madeView(share, locale)}${linksView(share, locale)}${embedsView(share, locale)}
    </form>
  </dialog>`;
}
