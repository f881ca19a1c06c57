import { createHash } from "node:crypto";
import type { Catalogue } from "@b24kit/client/contract";
import pg from "pg";
import type { MirrorDescription } from "../deps.ts";
import { calls } from "./calls.ts";
import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { deals } from "./deals.ts";
import type { DefineView, ViewDefinition } from "./definition.ts";
import { departments, funnels, stages, users } from "./dictionaries.ts";
import { leads } from "./leads.ts";
import { baseCurrency } from "./money.ts";
import { productRows } from "./product-rows.ts";
import { leadStageMoves, stageMoves } from "./stage-moves.ts";
import { tasks } from "./tasks.ts";

/** What every portal has; these views are there before the first sync, too. */
const VIEWS: readonly DefineView[] = [
  ...[deals, leads, contacts, companies, users, departments, funnels, stages],
  stageMoves,
];

/** What a portal, its plan or the credential may lack: views only of what was mirrored. */
const VIEWS_WHERE_MIRRORED: readonly DefineView[] = [leadStageMoves, productRows, tasks, calls];

/** The views of a portal and what is to be known of them. Pure: the same mirror gives the same text. */
export interface ChartViews {
  readonly catalogue: Catalogue;
  /** `SELECT …` of each view, by its name. */
  readonly statements: ReadonlyMap<string, string>;
  /** Of the statements: the same fingerprint, the same views. */
  readonly fingerprint: string;
}

export function defineChartViews(mirror: MirrorDescription): ChartViews {
  const views = [
    ...VIEWS.map((define) => define(mirror)),
    ...VIEWS_WHERE_MIRRORED.map((define) => define(mirror)).filter(({ rows }) => rows !== null),
  ];
  const statements = new Map(views.map((view) => [view.name, selectOf(view)]));
  return { catalogue: toCatalogue(mirror, views), statements, fingerprint: digest([...statements]) };
}

function selectOf({ columns, from }: ViewDefinition): string {
  const list = columns.map(({ info, sql }) => `${sql} AS ${pg.escapeIdentifier(info.name)}`);
  return `SELECT ${list.join(",\n  ")}\nFROM ${from.join("\n")}`;
}

function toCatalogue(mirror: MirrorDescription, views: readonly ViewDefinition[]): Catalogue {
  const tables = views.map(({ name, entity, label, rows, columns }) => ({
    ...{ name, entity, label, rows },
    columns: columns.map(({ info }) => info),
  }));
  const joins = views.flatMap((view) => view.joins);
  const known = { baseCurrency: baseCurrency(mirror), offsetMinutes: mirror.offsetMinutes, joins };
  const version = digest({ ...known, tables: tables.map((table) => ({ ...table, rows: null })) });
  return { version, ...known, tables };
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
