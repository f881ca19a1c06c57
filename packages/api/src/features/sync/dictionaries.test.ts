import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { DICTIONARIES } from "./dictionaries.ts";
import { createDictionaryTables } from "./dictionary-tables.ts";
import { writeDictionary } from "./write-dictionary.ts";

const dictionary = (name: string) => DICTIONARIES.find((one) => one.name === name)!;

describe("a dictionary's answer", () => {
  it("is read whatever is missing from it", () => {
    const [status] = dictionary("statuses").read([
      { ID: "1", ENTITY_ID: "SOURCE", STATUS_ID: "WEB", NAME: "Сайт", SORT: "10", SEMANTICS: null },
    ]);
    assert.deepEqual(status, {
      entity_id: "SOURCE",
      status_id: "WEB",
      id: 1,
      name: "Сайт",
      sort: 10,
      color: null,
      semantics: null,
      category_id: null,
    });
    const [colored] = dictionary("statuses").read([
      { ENTITY_ID: "DEAL_STAGE", STATUS_ID: "NEW", NAME: "Новая", EXTRA: { COLOR: "#39A8EF" } },
    ]);
    assert.equal(colored?.["color"], "#39A8EF");
    const [user] = dictionary("users").read([
      { ID: "7", NAME: "Анна", LAST_NAME: "Петрова", ACTIVE: true, UF_DEPARTMENT: [3], TIMESTAMP_X: {} },
    ]);
    assert.deepEqual(
      [user?.["full_name"], user?.["active"], user?.["department_ids"]],
      ["Анна Петрова", true, [3]],
    );
    assert.equal(dictionary("users").read([{ ID: 8, EMAIL: "a@b.ru" }])[0]?.["full_name"], "a@b.ru");
    assert.equal(dictionary("users").read([{ ID: 9 }])[0]?.["full_name"], "#9");
    assert.equal(dictionary("departments").read([{ ID: "1", NAME: "Компания" }])[0]?.["parent_id"], null);
    assert.equal(
      dictionary("categories").read({
        categories: [{ id: 0, name: "Общая", sort: 100, isDefault: "Y" }],
      })[0]?.["is_default"],
      true,
    );
    assert.throws(() => dictionary("users").read({ error: "no list" }));
  });
});

describe("a dictionary's table", () => {
  let test: TestDatabase;
  before(async () => {
    test = await createTestDatabase();
    await test.db.pool.query("CREATE SCHEMA crm");
    await test.db.transaction((tx) => createDictionaryTables(tx, "crm"));
  });
  after(() => test.drop());

  const sources = dictionary("statuses");
  const entry = (code: string, name: string) =>
    sources.read([{ ENTITY_ID: "SOURCE", STATUS_ID: code, NAME: name }])[0]!;
  const write = (...entries: Record<string, unknown>[]) =>
    test.db.transaction((tx) => writeDictionary(tx, "crm", sources, entries)).then(({ written }) => written);
  const stored = async () =>
    (
      await test.db.pool.query(
        "SELECT status_id AS code, name, _deleted_at IS NOT NULL AS gone FROM crm.statuses ORDER BY 1",
      )
    ).rows;

  it("takes what is new or changed and leaves the rest untouched", async () => {
    assert.equal(await write(entry("WEB", "Сайт"), entry("CALL", "Звонок")), 2);
    assert.equal(await write(entry("WEB", "Сайт"), entry("CALL", "Звонок")), 0);
    assert.equal(await write(entry("WEB", "Веб-сайт"), entry("CALL", "Звонок")), 1);
  });

  it("keeps an entry that is gone, since old records speak of it, and takes it back", async () => {
    await write(entry("CALL", "Звонок"));
    assert.deepEqual(await stored(), [
      { code: "CALL", name: "Звонок", gone: false },
      { code: "WEB", name: "Веб-сайт", gone: true },
    ]);
    assert.equal(await write(entry("WEB", "Веб-сайт"), entry("CALL", "Звонок")), 1);
    assert.ok((await stored()).every(({ gone }) => !gone));
  });

  it("bears entries that come twice", async () => {
    await write(entry("WEB", "Сайт"), entry("WEB", "Сайт"), entry("CALL", "Звонок"));
    assert.equal((await stored()).length, 2);
  });
});
