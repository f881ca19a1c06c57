import type { EntityStatus } from "@b24kit/client";
import { html, type TemplateResult } from "lit";
import { icons } from "../../core/index.ts";
import type { SyncMessages } from "../messages.ts";

/** Counting stops here; the API says so. */
const MOST_MISFITS = 1_000;

function warning(title: string, text: string): TemplateResult {
  return html`<div class="note warning" part="warning" role="group" aria-label=${title}>
    ${icons.warning}
    <div>
      <p class="note-title">${title}</p>
      <p>${text}</p>
    </div>
  </div>`;
}

/** Whether something waits for a person, though the last run may have ended well. */
export function needsAttention({ reconcile, quarantined = 0 }: EntityStatus): boolean {
  return (reconcile?.withheld ?? 0) > 0 || quarantined > 0;
}

/** What a person should know of an entity beyond its runs. */
export function notices(t: SyncMessages, { reconcile, quarantined = 0 }: EntityStatus): TemplateResult[] {
  const withheld = reconcile?.withheld ?? 0;
  const found: TemplateResult[] = [];
  if (withheld > 0) found.push(warning(t.withheldTitle(withheld), t.withheldText));
  if (quarantined > 0)
    found.push(warning(t.quarantineTitle(quarantined, quarantined >= MOST_MISFITS), t.quarantineText));
  return found;
}
