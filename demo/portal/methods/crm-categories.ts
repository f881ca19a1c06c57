import { asFlag, asInteger, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { stageRow } from "../seed/dictionaries.ts";
import { SMART_STAGES } from "../seed/smart-process.ts";
import { SALES_STAGES } from "../seed/words/stages.ts";
import { tableOf } from "../store/crm.ts";
import { stageBook } from "../store/stage-history.ts";
import { ENTITY_TYPE_ID, entityTypeIdOf, isEntity, type Row } from "../values.ts";
import { requireItemFields } from "./crm-item-writes.ts";
import { requireCollection } from "./item-target.ts";
import { listAnswer, pageOf } from "./list-answer.ts";

/** Funnels: `crm.category.*` */
export const CRM_CATEGORY_METHODS: readonly Method[] = [
  { name: "crm.category.list", scopes: ["crm"], run: listCategories },
  { name: "crm.category.get", scopes: ["crm"], run: (call) => answer(requireCategory(call)) },
  { name: "crm.category.add", scopes: ["crm"], run: addCategory },
  { name: "crm.category.update", scopes: ["crm"], run: updateCategory },
  { name: "crm.category.delete", scopes: ["crm"], run: deleteCategory },
];

const answer = (category: Row): Answer => ({ result: { category } });

/** The kind of record that the call names; it must have funnels. */
function requireType(call: Call): number {
  const collection = requireCollection(call);
  const entityTypeId = entityTypeIdOf(collection);
  if (isEntity(collection) && collection !== "deal") {
    throw new RestError("ENTITY_TYPE_NOT_SUPPORTED", `Entity type '${entityTypeId}' is not supported`);
  }
  return entityTypeId;
}

function ofType({ portal }: Call, entityTypeId: number): Row[] {
  return portal.crm.books.categories.rows
    .filter((row) => row.entityTypeId === entityTypeId)
    .sort((a, b) => Number(a.sort) - Number(b.sort));
}

function listCategories(call: Call): Answer {
  const page = pageOf(ofType(call, requireType(call)), call.start);
  return listAnswer(call.portal, page, { categories: page.rows });
}

function requireCategory(call: Call): Row {
  const entityTypeId = requireType(call);
  const id = asInteger(call.params.get("id"));
  const row = ofType(call, entityTypeId).find((category) => category.id === id);
  if (!row || !call.params.has("id")) throw new RestError("NOT_FOUND", "Элемент не найден");
  return row;
}

function addCategory(call: Call): Answer {
  const { portal } = call;
  const entityTypeId = requireType(call);
  const fields = requireItemFields(call.params.get("fields"));
  if (asText(fields.name) === "") throw new RestError("CRM_FIELD_ERROR_REQUIRED", "Не заполнено поле «name»");
  const id = portal.crm.books.categories.nextId;
  const isDeal = entityTypeId === ENTITY_TYPE_ID.deal;
  const row: Row = {
    id,
    name: asText(fields.name),
    sort: asInteger(fields.sort ?? 500),
    isDefault: "N",
    entityTypeId,
    ...(isDeal ? { originId: "", originatorId: "" } : { isSystem: "N", code: "" }),
  };
  portal.writeBook("categories", id, row);
  if (asFlag(fields.isDefault)) makeDefault(call, row);
  addStages(call, entityTypeId, id);
  return answer(portal.crm.books.categories.get(id) ?? row);
}

/** A new funnel starts with the stages of its kind. */
function addStages({ portal }: Call, entityTypeId: number, category: number): void {
  const isDeal = entityTypeId === ENTITY_TYPE_ID.deal;
  const prefix = isDeal ? `C${category}` : `DT${entityTypeId}_${category}`;
  const entityId = stageBook(isDeal ? "deal" : `dynamic_${entityTypeId}`, category);
  for (const [i, stage] of (isDeal ? SALES_STAGES : SMART_STAGES).entries()) {
    const [code, ...rest] = stage;
    const own = `${prefix}:${code.replace(/^.*:/, "")}`;
    const id = String(portal.crm.books.statuses.nextId);
    portal.writeBook("statuses", id, {
      ID: id,
      ...stageRow(entityId, [i, [own, ...rest]], String(category)),
    });
  }
}

function updateCategory(call: Call): Answer {
  const row = requireCategory(call);
  const fields = requireItemFields(call.params.get("fields"));
  const changed = { ...row };
  if (asText(fields.name) !== "") changed.name = asText(fields.name);
  if (fields.sort !== undefined) changed.sort = asInteger(fields.sort);
  call.portal.writeBook("categories", Number(row.id), changed);
  if (asFlag(fields.isDefault)) makeDefault(call, changed);
  return answer(call.portal.crm.books.categories.get(row.id) ?? changed);
}

function makeDefault(call: Call, row: Row): void {
  for (const other of ofType(call, Number(row.entityTypeId))) {
    const isDefault = other.id === row.id ? "Y" : "N";
    if (other.isDefault !== isDefault) {
      call.portal.writeBook("categories", Number(other.id), { ...other, isDefault });
    }
  }
}

function deleteCategory(call: Call): Answer {
  const { portal } = call;
  const row = requireCategory(call);
  const isDeal = row.entityTypeId === ENTITY_TYPE_ID.deal;
  if (row.isDefault === "Y") {
    if (isDeal) throw new RestError("0", "Default deal category cannot be deleted");
    throw new RestError("BX_ERROR", "Это воронка по умолчанию");
  }
  const collection = isDeal ? "deal" : (`dynamic_${Number(row.entityTypeId)}` as const);
  const table = tableOf(portal.crm, collection);
  if (table.ids.some((_, index) => Number(table.at(index).CATEGORY_ID) === row.id)) {
    if (isDeal) throw new RestError("0", `Найдены сделки, связанные с воронкой «${String(row.name)}»`);
    throw new RestError("BX_ERROR", "Найдены элементы, связанные с воронкой");
  }
  portal.writeBook("categories", Number(row.id), null);
  const stages = stageBook(collection, Number(row.id));
  for (const stage of portal.crm.statuses.filter(({ ENTITY_ID }) => ENTITY_ID === stages)) {
    portal.writeBook("statuses", String(stage.ID), null);
  }
  return { result: null };
}
