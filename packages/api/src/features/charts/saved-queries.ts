import type { QueryDescription, SavedChart } from "@b24kit/client/contract";
import { SCHEMA_METADATA, TimeZone } from "@b24kit/client/contract";
import { z } from "zod";
import { AppError } from "../../platform/http/app-error.ts";
import type { MadeQueries } from "../../platform/queries/made-queries.ts";
import { MAX_ROWS } from "./ask/draw.ts";
import type { Asking } from "./asking.ts";
import type { Boards } from "./boards.ts";

const PREFIX = "chart-";
const Parameters = z.strictObject({
  timeZone: TimeZone.describe("IANA name: where days and months begin"),
});

/** A kept chart as a query: `chart-<id>`, its rows as Arrow, CSV or JSON. */
export function savedQueries(boards: Boards, asking: Asking): MadeQueries {
  return {
    owns: (name) => name.startsWith(PREFIX),
    async list(caller) {
      try {
        const { audience } = await boards.audience(caller, undefined, undefined);
        return (await boards.saved.list(audience)).map(describe);
      } catch (error) {
        // Whoever reads several portals names one when a chart is asked for.
        if (error instanceof AppError && error.code === "portal_required") return [];
        throw error;
      }
    },
    async run({ name, caller, portal, own, limit = MAX_ROWS, language, encoding, signal }) {
      const id = z.uuid().safeParse(name.slice(PREFIX.length));
      if (!id.success) throw new AppError("unknown_query", `There is no query "${name.slice(0, 63)}".`);
      const params = Parameters.safeParse(own);
      if (!params.success)
        throw new AppError("invalid_parameter", params.error.issues.map(({ message }) => message).join("; "));
      if (limit > MAX_ROWS)
        throw new AppError(
          "limit_too_large",
          `${name} answers at most ${MAX_ROWS} rows; ${limit} were asked.`,
        );
      const admitted = await boards.audience(caller, portal, undefined);
      const chart = await boards.savedFor(admitted, id.data);
      const { definition } = chart;
      const locale = language ?? chart.locale;
      return asking.rows(
        admitted.audience,
        { definition, locale, timeZone: params.data.timeZone, filters: null },
        {
          ...{ maxRows: limit, encoding, signal },
          metadata: {
            ...metadataOf(name, chart, admitted.audience.portal.url),
            // SQL says what it says; a plan's groups are named for the reader.
            ...(definition.lane === "plan" && { [SCHEMA_METADATA.language]: locale }),
          },
        },
      );
    },
  };
}

const titleOf = ({ name }: SavedChart) => ({ ru: name, en: name });

const metadataOf = (name: string, chart: SavedChart, portalUrl: string) => ({
  [SCHEMA_METADATA.query]: name,
  [SCHEMA_METADATA.title]: JSON.stringify(titleOf(chart)),
  [SCHEMA_METADATA.portal]: portalUrl,
});

function describe(chart: SavedChart): QueryDescription {
  return {
    name: `${PREFIX}${chart.id}`,
    title: titleOf(chart),
    description: { ru: chart.question ?? "Сохранённая диаграмма", en: chart.question ?? "A kept chart" },
    parameters: z.toJSONSchema(Parameters, { io: "input" }),
    defaultLimit: MAX_ROWS,
    maxLimit: MAX_ROWS,
  };
}
