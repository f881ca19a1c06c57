import type { ChartSpec, Entity } from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";

/** What charts need of the `portal` feature; app.ts passes it in. */
export interface PortalAccess {
  get(portalId: number): Promise<ChartPortal>;
  resolve(caller: Caller, name?: string): Promise<ChartPortal>;
  all(): Promise<readonly ChartPortal[]>;
}

export interface ChartPortal {
  readonly id: number;
  readonly host: string;
  /** Origin, for links. */
  readonly url: string;
  /** The mirror's schema, e.g. `crm`. */
  readonly schema: string;
}

/** A chart's rows and how they are to look. */
export interface PictureJob {
  readonly spec: ChartSpec;
  /** The rows as an Arrow stream. */
  readonly rows: Uint8Array;
  readonly locale: "ru" | "en";
  readonly theme: "light" | "dark";
  /** Of the whole card, px. */
  readonly width: number;
  /** What its form needs where absent. */
  readonly height?: number | undefined;
}

/** Draws a chart as SVG, with the elements' own code; app.ts passes it in. @throws AppError chart_not_drawable */
export type DrawPicture = (job: PictureJob, signal: AbortSignal) => Promise<string>;

/** What charts need to know of a portal's mirror; the `sync` feature knows it, app.ts passes it in. */
export interface MirrorAccess {
  describe(portalId: number): Promise<MirrorDescription>;
}

export interface MirrorDescription {
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** The portal's fields, in its order. */
  readonly fields: readonly MirrorField[];
  readonly statuses: readonly MirrorStatus[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly currencies: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly base: boolean;
  }[];
  readonly users: readonly { readonly id: number; readonly name: string }[];
  readonly departments: readonly { readonly id: number; readonly name: string }[];
  /** Rows of each entity; absent before its first run. */
  readonly rows: Readonly<Partial<Record<Entity, number>>>;
  /** SQL of a derived table that has these columns whether or not the mirror does; records that are gone are left out. */
  from(table: string, shape: Readonly<Record<string, string>>, alias: string): string;
}

/** A field that the portal's people made. */
export interface MirrorField {
  readonly entity: Entity;
  readonly name: string;
  readonly type: string;
  readonly multiple: boolean;
  readonly label: string;
  readonly statusType: string | null;
  readonly items: readonly { readonly id: string; readonly label: string }[];
  /** Columns of the mirror, one or two (money: amount and currency). */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** An entry of the portal's dictionaries: a stage, a source, a type. */
export interface MirrorStatus {
  /** The dictionary, e.g. `SOURCE` or `DEAL_STAGE_1`. */
  readonly dictionary: string;
  readonly code: string;
  readonly name: string;
  readonly color: string | null;
  /** S won, F lost. */
  readonly semantics: string | null;
}
