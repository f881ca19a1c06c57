import * as contract from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";
import { AppError, toFailure } from "../../platform/http/app-error.ts";
import type { App, AppContext } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import { toProblem } from "../../platform/http/problem.ts";
import type { Logger } from "../../platform/log/logger.ts";
import { chooseRepresentation } from "../../platform/queries/media-type.ts";
import { respondRows } from "../../platform/queries/respond-rows.ts";
import { requireCapability } from "./ask/audience.ts";
import { limitExports } from "./ask/export-limit.ts";
import type { Asking } from "./asking.ts";
import type { Boards } from "./boards.ts";
import type { ChartSettingsAccess } from "./chart-settings.ts";

export interface AskRoutesDeps {
  readonly asking: Asking;
  readonly boards: Boards;
  readonly settings: ChartSettingsAccess;
  readonly log: Logger;
  readonly now: () => number;
}

/** Questions, plans, SQL of people, their rows, and the settings of it all. */
export function askRoutes(app: App, { asking, boards, settings, log, now }: AskRoutesDeps): void {
  const exports = limitExports(now);
  const audienceOf = (caller: Caller, portal: string | undefined, c: AppContext) =>
    boards.audience(caller, portal, c.req.header("Origin"));

  mount(app, contract.askChart, async ({ caller, query, body, c, signal }) => {
    const admitted = await audienceOf(caller, query.portal, c);
    const { audience } = admitted;
    await boards.countQuestion(admitted);
    return lines({ c, log, client: signal }, (left, say) =>
      asking.ask(audience, body, left, (phase) => say({ phase })).then((answer) => ({ answer })),
    );
  });
  mount(app, contract.suggestCharts, async ({ caller, query, c }) => {
    const { audience } = await audienceOf(caller, query.portal, c);
    return { suggestions: await asking.suggest(audience.portal.id, query.entity) };
  });
  mount(app, contract.runPlan, async ({ caller, query, body, c, signal }) => {
    const { audience } = await audienceOf(caller, query.portal, c);
    requireCapability(audience, "ask");
    const { plan, title, ...rest } = body;
    const definition = { lane: "plan", plan } as const;
    return asking.draw(audience, { ...rest, definition, title: title ?? UNTITLED, source: "plan" }, signal);
  });
  mount(app, contract.previewSql, async ({ caller, query, body, c, signal }) => {
    const { audience } = await audienceOf(caller, query.portal, c);
    const { sql, title, ...rest } = body;
    const definition = { lane: "sql", sql } as const;
    const request = { ...rest, definition, title: title ?? UNTITLED, filters: null, source: "sql" as const };
    return asking.draw(audience, request, signal);
  });
  mount(app, contract.readResult, async ({ caller, query, params, c, signal }) => {
    const start = performance.now();
    const { audience } = await audienceOf(caller, query.portal, c);
    const representation = chooseRepresentation(c.req.header("Accept"));
    const isExport = representation.contentType !== contract.ARROW_STREAM;
    const { encoding } = representation;
    if (isExport) exports.take(`${audience.portal.id} ${audience.who}`);
    const body = await asking.result(audience, { id: params.id, encoding, isExport, signal });
    return respondRows(c, "chart", representation, body, performance.now() - start);
  });
  mount(app, contract.getChartSettings, async ({ caller, query, c }) => {
    const { audience } = await audienceOf(caller, query.portal, c);
    return settings.read(audience.portal.id);
  });
  mount(app, contract.listChartSettingsChanges, async ({ caller, query, c }) => {
    const { audience } = await audienceOf(caller, query.portal, c);
    return { changes: await settings.changes(audience.portal.id) };
  });
  mount(app, contract.putChartSettings, async ({ caller, query, body, c }) => {
    const { audience } = await audienceOf(caller, query.portal, c);
    return settings.change(audience.portal.id, audience.who, body);
  });
}

const UNTITLED = { ru: "График", en: "Chart" };

type Line = contract.AskEvent;

/** Lines of JSON as they come, the last one the answer or what went wrong; a reader who leaves ends the work. */
function lines(
  { c, log, client }: { readonly c: AppContext; readonly log: Logger; readonly client: AbortSignal },
  run: (left: AbortSignal, say: (line: Line) => void) => Promise<Line>,
): Response {
  const left = new AbortController();
  client.addEventListener("abort", () => left.abort(client.reason), { once: true });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (line: Line) => {
        if (!left.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        say(await run(left.signal, say));
      } catch (error) {
        if (!left.signal.aborted) say({ problem: problemOf(c, log, error) });
      }
      if (!left.signal.aborted) controller.close();
    },
    cancel: (reason) => left.abort(reason ?? new AppError("interrupted")),
  });
  return c.body(body, 200, {
    "Content-Type": contract.NDJSON,
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
}

/** What `onError` does where the answer has begun already. */
function problemOf(c: AppContext, log: Logger, error: unknown): contract.Problem {
  const failure = toFailure(error);
  const { requestId } = c.var;
  if (failure.code === "internal") log.error({ err: error, requestId, route: c.var.route }, "request failed");
  return toProblem(failure, requestId);
}
