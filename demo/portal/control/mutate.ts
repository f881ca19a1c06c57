import type { Portal } from "../portal.ts";
import type { Caller } from "../rest/method.ts";
import { Params } from "../rest/params.ts";
import { requireMethod } from "../rest/run-method.ts";
import { ALL_SCOPES } from "../scopes.ts";
import { makeMobile, makePerson } from "../seed/person.ts";
import { Random } from "../seed/random.ts";
import { COMMENTS, PRODUCTS, TAGS } from "../seed/words/business.ts";
import { LEAD_STAGES, stagesOf } from "../seed/words/stages.ts";
import type { Entity, Row } from "../values.ts";

export interface Mutation {
  operation: "add" | "update" | "delete";
  entity: Entity;
  id: number;
}

/** Changes records at random, the way people do: through the portal's own methods. The same seed does the same again. */
export function mutate(
  portal: Portal,
  seed: number,
  operations: number,
  entities: readonly Entity[],
): Mutation[] {
  return Array.from({ length: operations }, (_, i) =>
    mutateOnce(portal, new Random(seed, "mutate", i), entities),
  );
}

function mutateOnce(portal: Portal, random: Random, entities: readonly Entity[]): Mutation {
  const entity = random.pick(entities);
  const table = portal.crm.tables[entity];
  const drawn = random.weighted([
    ["update", 6],
    ["add", 2.5],
    ["delete", 1.5],
  ] as const);
  const operation = table.size === 0 ? "add" : drawn;
  if (operation === "add")
    return {
      operation,
      entity,
      id: Number(call(portal, `crm.${entity}.add`, { fields: newFields(entity, random) })),
    };
  const row = table.at(random.int(0, table.size - 1));
  const id = Number(row.ID);
  const params = operation === "update" ? { id, fields: changedFields(entity, row, random) } : { id };
  call(portal, `crm.${entity}.${operation}`, params);
  return { operation, entity, id };
}

function call(portal: Portal, method: string, params: Record<string, unknown>): unknown {
  const caller: Caller = { credential: "emulator", userId: 1, scopes: new Set(ALL_SCOPES) };
  return requireMethod(portal, method).run({ portal, caller, params: new Params(params), start: 0 }).result;
}

function newFields(entity: Entity, random: Random): Record<string, unknown> {
  const person = makePerson(random);
  const PHONE = [{ VALUE: makeMobile(random), VALUE_TYPE: "MOBILE" }];
  const names = { NAME: person.name, SECOND_NAME: person.secondName, LAST_NAME: person.lastName };
  if (entity === "contact") return { ...names, PHONE };
  if (entity === "company") return { TITLE: `ООО «${person.lastName} и партнёры»`, PHONE };
  if (entity === "lead") return { TITLE: `Заявка: ${person.lastName}`, ...names, PHONE };
  return {
    TITLE: random.pick(PRODUCTS),
    OPPORTUNITY: random.int(1, 900) * 1_000,
    UF_CRM_TAGS: random.some(TAGS, 0, 3),
  };
}

function changedFields(entity: Entity, row: Row, random: Random): Record<string, unknown> {
  const common = { COMMENTS: `${random.pick(COMMENTS)} (${random.int(1, 999)})` };
  if (entity === "deal") {
    const STAGE_ID = random.pick(stagesOf(Number(row.CATEGORY_ID)))[0];
    return random.pick([
      { STAGE_ID },
      { OPPORTUNITY: random.int(1, 900) * 1_000 },
      { UF_CRM_VIP: "Y", ...common },
      common,
    ]);
  }
  if (entity === "lead") return random.pick([{ STATUS_ID: random.pick(LEAD_STAGES)[0] }, common]);
  return random.pick([{ PHONE: [{ VALUE: makeMobile(random), VALUE_TYPE: "WORK" }] }, common]);
}
