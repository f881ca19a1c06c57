import { getCatalogue, getChartSafety, getSchema } from "@b24kit/client/contract";
import { callerName } from "../../platform/auth/caller.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import { findTable } from "./catalogue.ts";
import type { Charts } from "./charts.ts";
import { type ExplainDeps, explainSchema } from "./explain-schema.ts";
import { toMarkdown } from "./schema-markdown.ts";

/** What charts are made of, and how safe that is. */
export function catalogueRoutes(app: App, charts: Charts, explain: ExplainDeps): void {
  mount(app, getCatalogue, async ({ caller, query }) => {
    const portal = await charts.portals.resolve(caller, query.portal);
    return (await charts.catalogue(portal.id)).catalogue;
  });
  mount(app, getSchema, async ({ c, caller, query, signal }) => {
    const { portal: name, locale, table, enriched } = query;
    const portal = await charts.portals.resolve(caller, name);
    const { catalogue } = await charts.catalogue(portal.id);
    if (table !== undefined && !findTable(catalogue, table))
      throw new AppError(
        "not_found",
        `There is no table ${table}; there are ${catalogue.tables.map((one) => one.name).join(", ")}.`,
      );
    c.header("Cache-Control", "no-store");
    c.header("Vary", "Accept", { append: true });
    if (wantsJson(c.req.header("accept"))) return c.json(catalogue);
    const tables = catalogue.tables.filter((one) => table === undefined || one.name === table);
    const who = callerName(caller);
    const notes = enriched
      ? await explainSchema(explain, { portalId: portal.id, who, catalogue, tables, locale, signal })
      : undefined;
    const text = toMarkdown(catalogue, { portal: portal.host, locale, table, notes });
    return c.body(text, 200, {
      "Content-Type": "text/markdown; charset=utf-8",
      "X-Content-Type-Options": "nosniff",
    });
  });
  mount(app, getChartSafety, async ({ caller, query }) => {
    const portal = await charts.portals.resolve(caller, query.portal);
    const { lane, attempts, checkedAt } = await charts.access(portal.id);
    const why =
      lane.state === "on" ? { reason: null, detail: null } : { reason: lane.reason, detail: lane.detail };
    return { generatedSql: lane.state, ...why, checkedAt: checkedAt.toISOString(), attempts: [...attempts] };
  });
}

/** Markdown is the answer unless JSON alone is asked for. */
function wantsJson(accept = ""): boolean {
  return /\bapplication\/json\b/.test(accept) && !/\btext\/(markdown|\*)|\*\/\*/.test(accept);
}
