import { setTimeout as delay } from "node:timers/promises";
import type { RunningPortal } from "../../../demo/portal/index.ts";
import { CRM_ENTITIES, type CrmEntity } from "../../mirror-equals.ts";
import type { Chance } from "./chance.ts";

/** Everybody who works in the portal while it is copied. */
export interface People {
  /** So many changes of any kind. */
  work(operations: number): Promise<void>;
}

type Json = Record<string, unknown>;

const FIELD_NAMES = ["UF_CRM_FIRST", "UF_CRM_SECOND", "UF_CRM_THIRD"];

/** Types of user fields, each with a value that it may hold. */
const FIELD_TYPES: Record<string, (chance: Chance) => unknown> = {
  string: (chance) => chance.pick(["", "слово", "a\tb\\c\nd", "€ 😀", String(chance.int(0, 99))]),
  integer: (chance) => chance.int(-5, 100_000),
  double: (chance) => chance.int(-500, 500) / 8,
  boolean: (chance) => chance.pick(["1", "0"]),
  date: (chance) => `2024-0${chance.int(1, 9)}-1${chance.int(0, 9)}`,
  datetime: (chance) => `2024-0${chance.int(1, 9)}-1${chance.int(0, 9)}T0${chance.int(0, 9)}:15:00+03:00`,
  money: (chance) => `${chance.int(0, 900)}.50|${chance.pick(["RUB", "USD"])}`,
  url: () => "https://example.com/?a=1&b=2",
};

/** Work that is the same for the same chance, through the portal's own methods; every kind of change is among it. */
export function createPeople(portal: RunningPortal, chance: Chance): People {
  const gone: { entity: CrmEntity; record: Json }[] = [];

  async function call(method: string, params: Json): Promise<unknown> {
    for (;;) {
      const answer = await fetch(`${portal.webhookUrl}${method}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(params),
      });
      const body = (await answer.json()) as { result?: unknown; error_description?: string };
      if (answer.ok) return body.result;
      if (answer.status !== 503) throw new Error(`${method}: ${body.error_description}`);
      await delay(20);
    }
  }

  /** Some record of the entity; null where there is none. */
  function someRecord(entity: CrmEntity): Json | null {
    const [record] = portal.control.records({ entity, after: chance.int(0, 300), limit: 1 });
    return (record as Json | undefined) ?? null;
  }

  const fieldsOf = async (entity: CrmEntity) =>
    (await call(`crm.${entity}.userfield.list`, {})) as {
      ID: string;
      FIELD_NAME: string;
      USER_TYPE_ID: string;
    }[];

  async function fill(entity: CrmEntity, records: number): Promise<void> {
    const own = (await fieldsOf(entity)).filter(({ FIELD_NAME }) => FIELD_NAMES.includes(FIELD_NAME));
    for (let n = 0; n < records && own.length > 0; n++) {
      const record = someRecord(entity);
      const { FIELD_NAME, USER_TYPE_ID } = chance.pick(own);
      const value = FIELD_TYPES[USER_TYPE_ID]!(chance);
      if (record) await call(`crm.${entity}.update`, { id: record["ID"], fields: { [FIELD_NAME]: value } });
    }
  }

  const changes: Record<string, (entity: CrmEntity) => Promise<unknown>> = {
    async remove(entity) {
      const record = someRecord(entity);
      if (!record) return;
      gone.push({ entity, record });
      await call(`crm.${entity}.delete`, { id: record["ID"] });
    },
    /** Out of the recycle bin: a new id, and the dates that it had. */
    async restore() {
      const [back] = gone.splice(chance.int(0, gone.length), 1);
      if (!back) return;
      // What a file holds is not kept in the bin's record.
      const fields = Object.fromEntries(
        Object.entries(back.record).filter(([, value]) => !JSON.stringify(value).includes("showUrl")),
      );
      await call(`crm.${back.entity}.add`, { fields, params: { IMPORT: "Y" } });
    },
    async move() {
      const record = someRecord("deal");
      if (!record) return;
      const categoryId = Number(record["CATEGORY_ID"]) === 0 ? 2 : 0;
      await call("crm.item.update", { entityTypeId: 2, id: record["ID"], fields: { categoryId } });
    },
    async link() {
      const [contact, company] = [someRecord("contact"), someRecord("company")];
      if (!contact || !company) return;
      await call("crm.contact.company.add", { id: contact["ID"], fields: { COMPANY_ID: company["ID"] } });
    },
    async addField(entity) {
      const names = (await fieldsOf(entity)).map(({ FIELD_NAME }) => FIELD_NAME);
      const name = FIELD_NAMES.find((one) => !names.includes(one));
      if (name === undefined) return;
      const type = chance.pick(Object.keys(FIELD_TYPES));
      const fields = {
        FIELD_NAME: name,
        USER_TYPE_ID: type,
        MULTIPLE: chance.pick(["N", "N", "Y"]),
        LABEL: name,
      };
      await call(`crm.${entity}.userfield.add`, { fields });
      await fill(entity, 10);
    },
    async dropField(entity) {
      const own = (await fieldsOf(entity)).filter(({ FIELD_NAME }) => FIELD_NAMES.includes(FIELD_NAME));
      if (own.length > 0) await call(`crm.${entity}.userfield.delete`, { id: chance.pick(own).ID });
    },
    async relabelField(entity) {
      const own = (await fieldsOf(entity)).filter(({ FIELD_NAME }) => FIELD_NAMES.includes(FIELD_NAME));
      const fields = { LIST_COLUMN_LABEL: `Имя ${chance.int(1, 9)}` };
      if (own.length > 0) await call(`crm.${entity}.userfield.update`, { id: chance.pick(own).ID, fields });
    },
    fill: (entity) => fill(entity, 5),
  };
  const rare = ["addField", "dropField", "relabelField"];
  const usual = Object.keys(changes).filter((name) => !rare.includes(name));

  return {
    async work(operations) {
      const special = Math.ceil(operations / 10);
      portal.control.mutate({ seed: chance.int(1, 1e9), operations: Math.max(1, operations - special) });
      for (let n = 0; n < special; n++) {
        const name = chance.happens(0.15) ? chance.pick(rare) : chance.pick(usual);
        await changes[name]!(chance.pick(CRM_ENTITIES));
      }
    },
  };
}
