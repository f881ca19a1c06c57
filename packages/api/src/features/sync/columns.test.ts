import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type FieldPlan, MAX_IDENTIFIER_BYTES, planColumns } from "./columns.ts";
import { type PortalField, readFields } from "./fields.ts";

function field(name: string, type: string, multiple = false): PortalField {
  return { name, type, multiple, custom: false, label: name, statusType: null, items: [] };
}

const id = field("ID", "integer");
const shapeOf = (plan: FieldPlan | undefined) =>
  plan?.columns.map(({ name, type }) => `${name} ${type}`).join(", ");

function planOf(type: string, multiple = false): string | undefined {
  return shapeOf(planColumns([id, field("UF_CRM_X", type, multiple)], "ID")[1]);
}

describe("columns of a portal's fields", () => {
  it("puts the id first", () => {
    const plans = planColumns([field("TITLE", "string"), id], "ID");
    assert.deepEqual(plans.map(shapeOf), ["id bigint", "title text"]);
  });

  it("gives every type its PostgreSQL type", () => {
    const single: Record<string, string> = {
      integer: "bigint",
      user: "bigint",
      employee: "bigint",
      double: "numeric",
      char: "boolean",
      boolean: "boolean",
      string: "text",
      url: "text",
      date: "date",
      datetime: "timestamp with time zone",
      enumeration: "bigint",
      crm_status: "text",
      crm_currency: "text",
      crm_category: "integer",
      crm_company: "bigint",
      crm_entity: "bigint",
      crm: "text",
      iblock_element: "bigint",
      file: "jsonb",
      crm_multifield: "jsonb",
      resourcebooking: "jsonb",
      rest_app_code: "text",
      "a type that nobody knows": "jsonb",
    };
    for (const [type, column] of Object.entries(single))
      assert.equal(planOf(type), `uf_crm_x ${column}`, type);
  });

  it("gives two columns to values that hold two things", () => {
    assert.equal(planOf("money"), "uf_crm_x numeric, uf_crm_x_currency text");
    assert.equal(planOf("address"), "uf_crm_x text, uf_crm_x_place jsonb");
  });

  it("keeps several values in an array, and in JSON where one value is no scalar", () => {
    assert.equal(planOf("string", true), "uf_crm_x text[]");
    assert.equal(planOf("enumeration", true), "uf_crm_x bigint[]");
    assert.equal(planOf("datetime", true), "uf_crm_x timestamp with time zone[]");
    assert.equal(planOf("money", true), "uf_crm_x jsonb");
    assert.equal(planOf("file", true), "uf_crm_x jsonb");
  });

  it("leaves out what no list returns", () => {
    const plans = planColumns([id, field("CONTACT_IDS", "crm_contact", true)], "ID", ["CONTACT_IDS"]);
    assert.equal(plans.length, 1);
  });

  it("keeps a field's column apart from another field's second column", () => {
    const plans = planColumns([id, field("UF_A_CURRENCY", "string"), field("UF_A", "money")], "ID");
    const names = plans.flatMap(({ columns }) => columns.map(({ name }) => name));
    assert.equal(new Set(names).size, 4);
    assert.match(names[3]!, /^uf_a_currency_[0-9a-f]{8}$/);
  });

  it("leaves out what a table cannot hold", () => {
    const many = Array.from({ length: 1_600 }, (_, at) => field(`UF_${at}`, "money"));
    const plans = planColumns([...many, id], "ID");
    assert.equal(shapeOf(plans[0]), "id bigint");
    const columns = plans.flatMap((plan) => [...plan.columns]);
    assert.ok(columns.length > 1_490 && columns.length <= 1_500, `${columns.length}`);
  });

  it("makes names that PostgreSQL takes as they are, never twice, the same each time", () => {
    const anyField = fc.record({
      name: fc
        .string({ minLength: 1, maxLength: 80, unit: "grapheme" })
        .filter((name) => !name.includes("\0") && name !== "ID"),
      type: fc.constantFrom("string", "money", "address", "double", "file"),
      multiple: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyField, { maxLength: 40, selector: ({ name }) => name }), (fields) => {
        const all = [id, ...fields.map(({ name, type, multiple }) => field(name, type, multiple))];
        const plans = planColumns(all, "ID");
        const names = plans.flatMap(({ columns }) => columns.map(({ name }) => name));
        assert.equal(new Set(names).size, names.length);
        for (const name of names) {
          assert.ok(Buffer.byteLength(name) <= MAX_IDENTIFIER_BYTES, name);
          assert.ok(!name.startsWith("_") && name !== "", name);
        }
        assert.deepEqual(planColumns(all, "ID"), plans);
      }),
    );
  });
});

describe("the portal's description of its fields", () => {
  it("is read whatever PHP made of it", () => {
    const [title, custom, odd] = readFields({
      TITLE: { type: "string", isRequired: false, isMultiple: false, isDynamic: false, title: "Название" },
      UF_CRM_1: {
        type: "enumeration",
        isMultiple: true,
        isDynamic: true,
        title: "UF_CRM_1",
        listLabel: "Этаж",
        formLabel: null,
        items: [{ ID: "45", VALUE: "Первый" }],
        settings: [],
      },
      ODD: { title: 5, items: "none" },
    });
    assert.deepEqual(title, {
      name: "TITLE",
      type: "string",
      multiple: false,
      custom: false,
      label: "Название",
      statusType: null,
      items: [],
    });
    assert.equal(custom?.label, "Этаж");
    assert.deepEqual(custom?.items, [{ id: "45", label: "Первый" }]);
    assert.deepEqual([odd?.type, odd?.label, odd?.items], ["unknown", "5", []]);
  });

  it("is refused where it is no description", () => {
    for (const answer of [null, "fields", [1], { TITLE: "string" }]) assert.throws(() => readFields(answer));
  });
});
