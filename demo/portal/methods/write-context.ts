import { asFlag, asMap } from "../php.ts";
import type { Portal } from "../portal.ts";
import { RestError } from "../rest/error.ts";
import type { Call } from "../rest/method.ts";
import { catalogueOf, tableOf } from "../store/crm.ts";
import { type Staged, stageBook } from "../store/stage-history.ts";
import type { WriteContext } from "../store/write.ts";
import { type Collection, entityTypeIdOf } from "../values.ts";

/** The map `fields` of a call that writes. */
export function requireFields({ params }: Call): Record<string, unknown> {
  const fields = asMap(params.get("fields"));
  if (!fields) throw new RestError("", "Parameter 'fields' must be array.");
  return fields;
}

export function writeContext({ portal, caller, params }: Call, entity: Collection): WriteContext {
  return {
    entity,
    catalogue: catalogueOf(portal.crm, entity),
    zone: portal.zone,
    now: portal.clock.now(),
    userId: String(caller.userId),
    nextId: tableOf(portal.crm, entity).nextId,
    nextPointId: () => portal.nextPointId(),
    stages: (category) => stagesOf(portal, entity, category),
    isImport: asFlag(asMap(params.get("params"))?.IMPORT),
    mayMoveFunnel: false,
    categories: funnelsOf(portal, entity),
  };
}

/** Stages of a funnel, in their order; leads have one funnel without a number. */
export function stagesOf(portal: Portal, entity: Collection, category: string | null) {
  const entityId = stageBook(category === null ? "lead" : (entity as Staged), Number(category));
  return portal.crm.statuses
    .filter((row) => row.ENTITY_ID === entityId)
    .sort((a, b) => Number(a.SORT) - Number(b.SORT))
    .map((row) => ({ id: String(row.STATUS_ID), semantics: String(row.SEMANTICS ?? "P") }));
}

/** Numbers of the funnels of a kind of record, the default one first. */
function funnelsOf(portal: Portal, entity: Collection): string[] {
  const type = entityTypeIdOf(entity);
  return portal.crm.books.categories.rows
    .filter((row) => row.entityTypeId === type)
    .sort((a, b) => Number(b.isDefault === "Y") - Number(a.isDefault === "Y"))
    .map((row) => String(row.id));
}
