import { isAdmin } from "../people.ts";
import { asInteger, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { Row } from "../values.ts";

const SCOPES = ["department"];

/** `department.{fields,add,update,delete}`: fields are parameters of the call itself. */
export const DEPARTMENT_WRITE_METHODS: readonly Method[] = [
  { name: "department.fields", scopes: SCOPES, run: () => ({ result: NAMES }) },
  { name: "department.add", scopes: SCOPES, run: addDepartment },
  { name: "department.update", scopes: SCOPES, run: updateDepartment },
  { name: "department.delete", scopes: SCOPES, run: deleteDepartment },
];

const NAMES = {
  ID: "ID",
  NAME: "Название подразделения",
  SORT: "Сортировка",
  PARENT: "Родительское подразделение",
  UF_HEAD: "Руководитель",
};

const refused = (text: string) => new RestError("ERROR_CORE", text);

function addDepartment(call: Call): Answer {
  const { portal, params } = call;
  requireRights(call);
  if (asText(params.get("NAME")) === "") throw refused("Не указано название подразделения.<br>");
  requireParent(call);
  const id = String(portal.crm.books.departments.nextId);
  portal.writeBook("departments", id, { ID: id, NAME: "", SORT: 500, ...givenFields(call) });
  return { result: Number(id) };
}

function updateDepartment(call: Call): Answer {
  requireRights(call);
  const before = requireDepartment(call);
  if (call.params.has("PARENT")) requireParent(call);
  call.portal.writeBook("departments", String(before.ID), { ...before, ...givenFields(call) });
  return { result: true };
}

/** The departments and people below move up to the parent. */
function deleteDepartment(call: Call): Answer {
  const { portal } = call;
  requireRights(call);
  const gone = requireDepartment(call);
  const parent = asText(gone.PARENT);
  if (parent === "") throw refused("Access denied");
  for (const row of portal.crm.departments.filter(({ PARENT }) => PARENT === gone.ID)) {
    portal.writeBook("departments", String(row.ID), { ...row, PARENT: parent });
  }
  for (const user of portal.crm.users) {
    const own = user.UF_DEPARTMENT as number[];
    if (!own.includes(Number(gone.ID))) continue;
    const moved = own.map((id) => (id === Number(gone.ID) ? Number(parent) : id));
    portal.writeBook("users", String(user.ID), { ...user, UF_DEPARTMENT: [...new Set(moved)] });
  }
  portal.writeBook("departments", String(gone.ID), null);
  return { result: true };
}

function requireRights({ caller }: Call): void {
  if (!isAdmin(caller.userId)) throw refused("Access denied");
}

function requireDepartment({ portal, params }: Call): Row {
  const row = portal.crm.books.departments.get(asInteger(params.get("ID")));
  if (!row) throw refused("Подразделение не найдено");
  return row;
}

/** There is one root; everything else stands under something that exists, and never under itself. */
function requireParent({ portal, params }: Call): void {
  const { departments } = portal.crm.books;
  const own = asInteger(params.get("ID"));
  let parent = departments.get(asInteger(params.get("PARENT")));
  if (!parent) throw refused("В структуре компании может быть только одно подразделение верхнего уровня");
  for (let steps = departments.rows.length; parent && steps > 0; steps--) {
    if (Number(parent.ID) === own) throw refused("Подразделение не может быть вложено в себя");
    parent = departments.get(parent.PARENT);
  }
}

function givenFields({ params }: Call): Row {
  const row: Row = {};
  if (params.has("NAME")) row.NAME = asText(params.get("NAME"));
  if (params.has("SORT")) row.SORT = asInteger(params.get("SORT"));
  if (params.has("PARENT")) row.PARENT = String(asInteger(params.get("PARENT")));
  if (params.has("UF_HEAD")) row.UF_HEAD = String(asInteger(params.get("UF_HEAD")));
  return row;
}
