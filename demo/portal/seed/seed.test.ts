import assert from "node:assert/strict";
import { test } from "node:test";
import { seedCrm } from "../store/crm.ts";
import { ENTITIES, type Entity, type Row } from "../values.ts";
import { createZone, DAY } from "../zone.ts";
import { isHouse } from "./houses.ts";
import { DEFAULT_COUNTS, type SeedPlan } from "./plan.ts";
import { lastSeededRow, seedProductRows } from "./product-rows.ts";
import { RECORD_FACTORIES } from "./records.ts";
import { seedDepartments, seedUsers } from "./users.ts";
import { FEMALE_NAMES, feminine, MALE_NAMES, SURNAMES } from "./words/people.ts";
import { stagesOf } from "./words/stages.ts";

const zone = createZone(180);
const anchor = Date.parse("2026-05-01T00:00:00+03:00");
const plan: SeedPlan = { seed: 7, counts: DEFAULT_COUNTS, anchor, zone };
const make = (entity: Entity, id: number, of: SeedPlan = plan) => RECORD_FACTORIES[entity].make(of, id);
const sample = (entity: Entity, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => make(entity, i + 1));

test("a record is the same for the same seed, whatever the total, and differs with the seed", () => {
  for (const entity of ENTITIES) {
    const { count } = RECORD_FACTORIES[entity];
    const larger = { ...plan, counts: { ...DEFAULT_COUNTS, [count]: 1_000_000 } };
    for (const id of [1, 42, 999]) {
      assert.deepEqual(make(entity, id), make(entity, id));
      assert.deepEqual(make(entity, id), make(entity, id, larger), entity);
      assert.notDeepEqual(make(entity, id), make(entity, id, { ...plan, seed: 8 }));
    }
  }
});

test("rows have every field that can be listed, and no other", () => {
  const { catalogues } = seedCrm(plan);
  for (const entity of ENTITIES) {
    const points = new Set(["PHONE", "EMAIL", "WEB", "IM", "LINK"]);
    const hidden = new Set(
      catalogues[entity].fields.filter((field) => field.isHidden).map((field) => field.name),
    );
    const expected = catalogues[entity].fields
      .map((field) => field.name)
      .filter((name) => !points.has(name) && !hidden.has(name));
    for (const row of sample(entity, 30)) {
      const names = Object.keys(row).filter((name) => !points.has(name) && !hidden.has(name));
      assert.deepEqual(names.sort(), [...expected].sort(), entity);
    }
  }
});

test("490 of 10,000 deals are houses with an address, in the second funnel", () => {
  const houses = sample("deal", 10_000).filter((deal) => deal.CATEGORY_ID === "2");
  assert.equal(houses.length, 490);
  for (const house of houses) {
    assert.match(String(house.UF_CRM_HOUSE_ADDRESS), /^г\. Калуга, .+, .+\|\d+\.\d+;\d+\.\d+$/);
    assert.equal(Number(house.UF_CRM_APARTMENTS) > 0 && Number(house.UF_CRM_ENTRANCES) > 0, true);
    assert.equal(isHouse(Number(house.ID)), true);
  }
});

test("dates tell a story: created, moved, changed, within two years before the anchor", () => {
  for (const entity of ENTITIES) {
    for (const row of sample(entity, 500)) {
      const at = (name: string) => Date.parse(String(row[name]));
      assert.equal(at("DATE_CREATE") >= anchor - 732 * DAY && at("DATE_MODIFY") < anchor, true);
      assert.equal(at("DATE_CREATE") <= at("DATE_MODIFY"), true);
      if (row.MOVED_TIME)
        assert.equal(at("DATE_CREATE") <= at("MOVED_TIME") && at("MOVED_TIME") <= at("DATE_MODIFY"), true);
    }
  }
  const months = new Set(sample("deal", 2_000).map((deal) => String(deal.DATE_CREATE).slice(0, 7)));
  assert.equal(months.size >= 24, true);
});

test("stages belong to the deal's funnel and agree with what follows from them", () => {
  for (const deal of sample("deal", 1_000)) {
    const stage = stagesOf(Number(deal.CATEGORY_ID)).find(([id]) => id === deal.STAGE_ID);
    assert.equal(stage?.[3], deal.STAGE_SEMANTIC_ID);
    assert.equal(deal.CLOSED, deal.STAGE_SEMANTIC_ID === "P" ? "N" : "Y");
  }
});

test("product rows come to their deal's amount and begin with what its title names", () => {
  const { products } = seedCrm(plan);
  const sold = sample("deal", 1_000).map((deal) => ({
    deal,
    rows: seedProductRows(plan, products, Number(deal.ID)),
  }));
  const ids = new Set<unknown>();
  for (const { deal, rows } of sold.filter(({ rows }) => rows.length > 0)) {
    const sum = rows.reduce((total, row) => total + Number(row.PRICE) * Number(row.QUANTITY), 0);
    assert.equal(sum.toFixed(2), deal.OPPORTUNITY, String(deal.ID));
    assert.ok(String(deal.TITLE).startsWith(String(rows[0]?.PRODUCT_NAME)));
    assert.ok(rows.every(({ PRICE, OWNER_ID }) => Number(PRICE) > 0 && OWNER_ID === deal.ID));
    for (const row of rows) ids.add(Number(row.ID));
  }
  const rows = sold.flatMap((one) => one.rows);
  assert.equal(ids.size, rows.length);
  assert.ok(Math.max(...rows.map(({ ID }) => Number(ID))) <= lastSeededRow(plan));
  const share = sold.filter((one) => one.rows.length > 0).length / sold.length;
  assert.ok(share > 0.55 && share < 0.7, `${share} of the deals`);
  assert.deepEqual(seedProductRows(plan, products, 10_001), [], "none of a deal that was added later");
});

test("names agree in gender", () => {
  const male = new Set(MALE_NAMES);
  const surnames = new Set([...SURNAMES, ...SURNAMES.map(feminine)]);
  for (const { NAME, SECOND_NAME, LAST_NAME } of sample("contact", 500)) {
    const isMale = male.has(String(NAME));
    assert.equal(isMale || FEMALE_NAMES.includes(String(NAME)), true);
    assert.equal(surnames.has(String(LAST_NAME)), true);
    assert.equal(/(а|ая)$/.test(String(LAST_NAME)), !isMale, `${NAME} ${LAST_NAME}`);
    if (SECOND_NAME) assert.equal(String(SECOND_NAME).endsWith("ич"), isMale, `${NAME} ${SECOND_NAME}`);
  }
});

test("links point to records that exist, also when there are few or none", () => {
  const within = (value: unknown, count: number) =>
    value === null || (Number(value) >= 0 && Number(value) <= count);
  for (const counts of [
    { deals: 10, contacts: 2, companies: 1, leads: 1, users: 1 },
    { deals: 10, contacts: 0, companies: 0, leads: 0, users: 1 },
  ]) {
    for (const entity of ENTITIES) {
      for (let id = 1; id <= 50; id++) {
        const row = make(entity, id, { ...plan, counts });
        if (entity !== "company") assert.equal(within(row.CONTACT_ID ?? null, counts.contacts), true);
        assert.equal(within(row.COMPANY_ID ?? null, counts.companies), true);
        assert.equal(row.ASSIGNED_BY_ID, "1");
      }
    }
  }
});

test("requisites have true control digits", () => {
  for (const company of sample("company", 200)) {
    const inn = String(company.UF_CRM_INN);
    const sum = [2, 4, 10, 3, 5, 9, 4, 6, 8].reduce((total, factor, i) => total + factor * Number(inn[i]), 0);
    assert.equal(Number(inn[9]), (sum % 11) % 10);
  }
});

test("user fields are empty in all the portal's ways", () => {
  const deals = sample("deal", 1_000);
  const shapes = (name: string) =>
    new Set(
      deals.map((deal) =>
        Array.isArray(deal[name])
          ? `[${deal[name].length > 0}]`
          : typeof deal[name] === "string" && deal[name] !== "" && deal[name] !== "0"
            ? "text"
            : JSON.stringify(deal[name]),
      ),
    );
  assert.deepEqual([...shapes("UF_CRM_TAGS")].sort(), ["[false]", "[true]", "false", "null"]);
  assert.deepEqual([...shapes("UF_CRM_1721244482250")].sort(), ['""', '"0"', "false", "text"]);
  assert.deepEqual([...shapes("UF_CRM_VIP")].sort(), ['""', '"0"', "false", "null", "text", "true"]);
  assert.deepEqual([...shapes("COMPANY_ID")].sort(), ['"0"', "null", "text"]);
});

test("82 people work in six departments, each with its head", () => {
  const users = seedUsers(plan);
  const departments = seedDepartments(plan);
  assert.equal(users.length, 82);
  assert.equal(departments.length, 7);
  for (const department of departments) {
    const head = users.find((user) => user.ID === department.UF_HEAD);
    assert.deepEqual(head?.UF_DEPARTMENT, [Number(department.ID)]);
  }
  const crowded = departments
    .slice(1)
    .map(({ ID }) => users.filter((user) => (user.UF_DEPARTMENT as number[])[0] === Number(ID)).length);
  assert.equal(Math.min(...crowded) >= 13, true);
});
