import { type Catalogue, listTargets, putTargets } from "@b24kit/client/contract";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import { findColumn, findTable } from "./catalogue.ts";
import type { Charts } from "./charts.ts";
import { changeTargets, selectTargets, type TargetChange } from "./store/targets.ts";

/** What is planned for a month, to stand beside what came of it. */
export function targetRoutes(app: App, charts: Charts, db: Database): void {
  mount(app, listTargets, async ({ caller, query }) => {
    const portal = await charts.portals.resolve(caller, query.portal);
    const { catalogue } = await charts.catalogue(portal.id);
    const targets = await selectTargets(db.pool, portal.id, query.from ?? null, query.to ?? null);
    return { currency: catalogue.baseCurrency, targets };
  });
  mount(app, putTargets, async ({ caller, query, body }) => {
    const portal = await charts.portals.resolve(caller, query.portal);
    const { catalogue } = await charts.catalogue(portal.id);
    for (const [index, change] of body.targets.entries()) requireSubject(catalogue, change, index);
    return { changed: await changeTargets(db.pool, portal.id, body.targets, caller.subject) };
  });
}

function requireSubject(catalogue: Catalogue, { scope, subject }: TargetChange, index: number): void {
  const at = `targets.${index}.subject`;
  if (scope === "all") {
    if (subject !== null)
      throw new AppError("invalid_parameter", `${at} is to be null where the scope is "all".`);
    return;
  }
  const values = findColumn(findTable(catalogue, "deals")!, `${scope}_id`)?.values ?? [];
  if (values.some(({ code }) => code === subject)) return;
  const known = values.slice(0, 10).map(({ code, label }) => `${code} (${label.en})`);
  throw new AppError(
    "invalid_parameter",
    `${at}: there is no ${scope} "${subject}"; there are ${known.join(", ")}.`,
  );
}
