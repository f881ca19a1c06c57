import { ARROW_STREAM } from "@b24kit/client/contract";
import { arrowEncoding } from "../arrow/arrow-encoder.ts";
import { csvEncoding } from "../arrow/csv-encoder.ts";
import type { Encoding } from "../arrow/encoder.ts";
import { jsonEncoding } from "../arrow/json-encoder.ts";
import { AppError } from "../http/app-error.ts";

/** A media type in which rows can be answered. */
export interface Representation {
  readonly contentType: string;
  /** File name extension where browsers are to save the answer; null where code reads it. */
  readonly fileExtension: string | null;
  readonly encoding: Encoding;
}

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const OFFERED = [ARROW_STREAM, "application/json", "text/csv"] as const;

/**
 * Chooses by Accept; Arrow where the caller does not mind. `numeric=text` keeps every digit of numerics in Arrow,
 * `bom=present` puts the mark in front of CSV by which Excel knows UTF-8.
 * @throws AppError not_acceptable
 */
export function chooseRepresentation(accept: string | undefined): Representation {
  const ranges = parseAccept(accept ?? "*/*");
  let best: { offered: (typeof OFFERED)[number]; range: Range } | null = null;
  for (const offered of OFFERED) {
    const range = mostSpecific(offered, ranges);
    if (range && range.quality > (best?.range.quality ?? 0)) best = { offered, range };
  }
  if (best) return represent(best.offered, best.range);
  throw new AppError("not_acceptable", `Rows come as ${OFFERED.join(", ")}.`);
}

function represent(type: (typeof OFFERED)[number], { parameters }: Range): Representation {
  switch (type) {
    case "text/csv":
      return {
        contentType: "text/csv; charset=utf-8; header=present",
        fileExtension: "csv",
        encoding: csvEncoding({ bom: parameters.get("bom") === "present" }),
      };
    case "application/json":
      return { contentType: type, fileExtension: null, encoding: jsonEncoding() };
    default:
      return {
        contentType: type,
        fileExtension: null,
        encoding: arrowEncoding({ exact: parameters.get("numeric") === "text" }),
      };
  }
}

function parseAccept(accept: string): Range[] {
  return accept
    .slice(0, 1000)
    .split(",")
    .map((part) => {
      const [type = "", ...rest] = part.split(";").map((piece) => piece.trim().toLowerCase());
      const parameters = new Map(
        rest.map((piece): [string, string] => {
          const [key = "", value = ""] = piece.split("=");
          return [key, value.replace(/^"|"$/g, "")];
        }),
      );
      const quality = Number(parameters.get("q") ?? 1);
      return { type, parameters, quality: Number.isNaN(quality) ? 0 : quality };
    });
}

/** RFC 9110: of the ranges that match, the most specific one decides, so that `;q=0` can exclude. */
function mostSpecific(offered: string, ranges: readonly Range[]): Range | undefined {
  const wildcard = `${offered.split("/")[0]}/*`;
  const match = (type: string) => ranges.find((range) => range.type === type);
  return match(offered) ?? match(wildcard) ?? match("*/*");
}
