import { atLeast, atMost, type Goal, orTooSmall } from "../goal.ts";
import type { VariantName } from "./protocol.ts";

/** Medians of one variant at one size. */
export interface Medians {
  readonly wallMs: number;
  readonly minWallMs: number;
  readonly firstMs: number;
  readonly serverCpuMs: number;
  readonly clientCpuMs: number;
  readonly baseRssMb: number;
  readonly peakRssMb: number;
  readonly bytes: number;
  readonly gzipBytes?: number | undefined;
  readonly decodeMs?: number | undefined;
}

export type Table = Record<VariantName, Medians>;

export interface Measured {
  readonly rows: number;
  readonly large: Table;
  readonly small: Table;
  /** Peak over base of the product with a reader that dawdles. */
  readonly slowReaderMb: number;
}

/** Ratios that only mean something where a run is long enough to dwarf the fixed costs. */
const FULL_SIZE = 1_000_000;

/** The measured goals. Ratios of one run, never milliseconds: those belong to the machine. */
export function judge({ rows, large, small, slowReaderMb }: Measured): Goal[] {
  const bestJson = (table: Table) => Math.min(table.a2.wallMs, table.a3.wallMs);
  const fullSize = (made: Goal) => orTooSmall(made, rows < FULL_SIZE);
  const { a, h3, f3, c1 } = large;
  return [
    atMost("G1", "wall against the discard floor", h3.wallMs / f3.wallMs, 1.25),
    atLeast("G2", "faster than pg rows + JSON", a.wallMs / h3.wallMs, 8),
    atLeast("G3", "faster than the best JSON rival", bestJson(large) / h3.wallMs, 4),
    atLeast("G4", "faster than cursor + Arrow builders", c1.wallMs / h3.wallMs, 4),
    atLeast("G5", "10,000 rows: faster than pg rows + JSON", small.a.wallMs / small.h3.wallMs, 4),
    atLeast("G5", "10,000 rows: faster than the best JSON rival", bestJson(small) / small.h3.wallMs, 2),
    atMost("G5", "10,000 rows: wall against the floor", small.h3.wallMs / small.f3.wallMs, 1.6),
    atLeast("G6", "less server CPU than pg rows + JSON", a.serverCpuMs / h3.serverCpuMs, 9),
    atMost(
      "G7",
      "MB over base, slow reader included",
      Math.max(h3.peakRssMb - h3.baseRssMb, slowReaderMb),
      64,
    ),
    fullSize(atMost("G7", "peak memory against pg rows + JSON", h3.peakRssMb / a.peakRssMb, 1 / 7)),
    fullSize(atMost("G8", "first rows against pg rows + JSON", h3.firstMs / a.firstMs, 1 / 50)),
    atMost("G9", "bytes against JSON", h3.bytes / a.bytes, 0.25),
    atMost("G9", "bytes against JSON, both gzip 1", h3.gzipBytes! / a.gzipBytes!, 0.65),
    atLeast("G10", "decoding faster than JSON.parse", a.decodeMs! / h3.decodeMs!, 50),
  ];
}
