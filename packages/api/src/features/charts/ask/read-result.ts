import { SCHEMA_METADATA } from "@b24kit/client/contract";
import type { Encoding } from "../../../platform/arrow/encoder.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import { selectResult } from "../store/answers.ts";
import { type Audience, requireCapability } from "./audience.ts";
import { type DrawDeps, type KeptStatement, MAX_ROWS, readRows } from "./draw.ts";
import { SqlRefused } from "./prepare.ts";

export interface ResultRequest {
  readonly id: string;
  readonly encoding: Encoding;
  /** Arrow is what elements draw; everything else leaves the page. */
  readonly isExport: boolean;
  readonly signal: AbortSignal;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Rows of an answer. Its statement is run again where the rows are not kept here, or where another form is asked for.
 * @throws AppError result_gone, forbidden, and what running throws
 */
export async function readResult(
  deps: DrawDeps,
  audience: Audience,
  { id, encoding, isExport, signal }: ResultRequest,
): Promise<ReadableStream<Uint8Array>> {
  const kept = UUID.test(id) ? await selectResult<KeptStatement>(deps.db.pool, id) : null;
  if (!kept || kept.portalId !== audience.portal.id) throw new AppError("result_gone");
  // A statement holds its audience's lock: another token's is none of ours.
  if (audience.can !== null && kept.who !== audience.who) throw new AppError("result_gone");
  if (isExport) requireCapability(audience, "export");
  const { lane, text, values, columns, timeZone, title } = kept.statement;
  const statement = lane === "plan" ? { text, values, columns } : await accepted(deps, audience, text);
  if (!isExport && !encoding.exact) {
    const { rows } = await readRows(deps, audience, { lane, statement }, timeZone, signal);
    return new Blob([rows.bytes as Uint8Array<ArrayBuffer>]).stream();
  }
  const metadata = {
    [SCHEMA_METADATA.title]: JSON.stringify(title),
    [SCHEMA_METADATA.portal]: audience.portal.url,
  };
  const options = { maxRows: MAX_ROWS, timeZone, signal, encoding, metadata };
  const { id: portalId } = audience.portal;
  const result =
    "ok" in statement
      ? await deps.charts.runSql(portalId, statement, options)
      : await deps.charts.runPlan(portalId, statement, options);
  return result.body;
}

async function accepted({ charts }: DrawDeps, audience: Audience, text: string) {
  const verdict = await charts.check(audience.portal.id, text, audience);
  if (!verdict.ok) throw new SqlRefused(verdict.refusal);
  return verdict;
}
