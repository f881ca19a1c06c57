import type { Schema } from "apache-arrow";
import type { Batch } from "./batch.ts";
import type { ColumnPlan } from "./column-plan.ts";

/** Turns batches into bytes of one media type. `encode` must copy what it needs: the batch is reused. */
export interface Encoder {
  readonly schema: Schema;
  /** @param isLast what closes the document follows in the same bytes */
  encode(batch: Batch, isLast: boolean): Uint8Array;
  /** What closes the document where no rows are left. */
  end(): Uint8Array;
}

/** What an encoder is made from, once the first batch has settled the columns. */
export interface EncoderInput {
  readonly plans: readonly ColumnPlan[];
  readonly schema: Schema;
}

/** A way of writing rows, and what it asks of the reading side. */
export interface Encoding {
  /** Numerics keep every digit, as text. */
  readonly exact: boolean;
  /** Text columns as dictionaries where that pays. */
  readonly dictionaries: boolean;
  readonly mostRows: number;
  open(input: EncoderInput): Encoder;
}
