import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { alignMirror } from "./align-mirror.ts";
import { planColumns } from "./columns.ts";
import { recordsOf } from "./entities.ts";
import { type PortalField, readFields } from "./fields.ts";
import { describeMirror } from "./mirror.ts";
import { normaliseContact, type PortalRow, toMirrorRow } from "./rows.ts";
import { type Batch, writeBatch } from "./write-batch.ts";

const fields: PortalField[] = readFields({
  ID: { type: "integer" },
  NAME: { type: "string" },
  DATE_MODIFY: { type: "datetime" },
  PHONE: { type: "crm_multifield", isMultiple: true },
});
const mirror = describeMirror("crm", recordsOf("contact"), planColumns(fields, "ID"));

/** Hours of one day, for the record's own time of change and for the time of reading. */
const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 0, 1, hour, minute));
const record = (id: number, name: string, modified: number, phones: string[] = []): PortalRow => ({
  ID: String(id),
  NAME: name,
  DATE_MODIFY: at(modified).toISOString(),
  PHONE: phones.map((VALUE, index) => ({
    ID: String(id * 10 + index),
    VALUE,
    VALUE_TYPE: "WORK",
    TYPE_ID: "PHONE",
  })),
});

describe("a batch that is written", () => {
  let test: TestDatabase;
  before(async () => {
    test = await createTestDatabase();
    await test.db.pool.query(`INSERT INTO b24kit.portal_portals (id, host, url, schema_name, credential, state) VALUES (1, 'p', 'p', 'crm', '', 'connected');
      INSERT INTO b24kit.sync_runs (portal_id, entity, type, cause, state) VALUES (1, 'contact', 'full', 'person', 'running')`);
    await alignMirror(test.db, mirror);
  });
  after(() => test.drop());

  const write = (rows: PortalRow[], readAt: Date, covers: Batch["covers"] = null) =>
    test.db.transaction((tx) =>
      writeBatch(tx, mirror, {
        rows: rows.map((row) => toMirrorRow(mirror.plans, row)),
        readAt,
        covers,
        runId: 1,
        portalId: 1,
      }),
    );
  const name = async (id: number) =>
    (await test.db.pool.query("SELECT name FROM crm.contacts WHERE id = $1", [id])).rows[0]?.name;

  it("adds, changes, and leaves alone what is the same", async () => {
    assert.deepEqual(await write([record(1, "a", 1), record(2, "b", 1)], at(2)), {
      written: 2,
      added: 2,
      misfits: 0,
    });
    assert.deepEqual(await write([record(1, "a", 1), record(2, "b", 1)], at(3)), {
      written: 0,
      added: 0,
      misfits: 0,
    });
    assert.deepEqual(await write([record(1, "a", 1), record(2, "B", 3)], at(4)), {
      written: 1,
      added: 0,
      misfits: 0,
    });
  });

  it("never puts an older state over a newer one, in whichever order they arrive", async () => {
    await write([record(5, "newer", 9)], at(10));
    assert.equal((await write([record(5, "older", 8)], at(9, 59))).written, 0, "read before, changed before");
    assert.equal((await write([record(5, "older", 8)], at(10, 1))).written, 0, "a slow request");
    assert.equal(await name(5), "newer");
    assert.equal((await write([record(5, "same second, read earlier", 9)], at(9, 59))).written, 0);
    assert.equal((await write([record(5, "same second, read later", 9)], at(10, 1))).written, 1);
    assert.equal(
      (await write([record(5, "changed later", 11)], at(10, 0))).written,
      1,
      "its own time of change is newer",
    );
  });

  it("believes a time of change that was set back, once the reading is surely later", async () => {
    await write([record(6, "now", 9)], at(10));
    assert.equal((await write([record(6, "restored", 2)], at(11))).written, 1);
    assert.equal(await name(6), "restored");
  });

  it("notes what a closed range lacks, but not what was read since", async () => {
    await write([record(20, "a", 1), record(21, "b", 1), record(22, "c", 1)], at(2));
    await write([record(23, "fresh", 12)], at(13));
    await write([record(20, "a", 1)], at(12), { from: 19, to: 30 });
    const { rows } = await test.db.pool.query("SELECT id::int AS id FROM b24kit.sync_missing ORDER BY id");
    assert.deepEqual(rows, [{ id: 21 }, { id: 22 }]);
  });

  it("notes what an empty range lacks", async () => {
    await test.db.pool.query("DELETE FROM b24kit.sync_missing");
    await write([], at(14), { from: 20, to: 22 });
    assert.equal((await test.db.pool.query("SELECT FROM b24kit.sync_missing")).rowCount, 2);
  });

  it("brings a record back that was taken for gone", async () => {
    await test.db.pool.query(
      "UPDATE crm.contacts SET _deleted_at = now(), _deleted_by = 'full', _read_at = $1 WHERE id = 21",
      [at(12)],
    );
    assert.equal((await write([record(21, "b", 1)], at(11))).written, 0, "read before it was missed");
    assert.deepEqual(await write([record(21, "b", 1)], at(13)), { written: 1, added: 1, misfits: 0 });
    const { rows } = await test.db.pool.query(
      "SELECT _deleted_at, _deleted_by FROM crm.contacts WHERE id = 21",
    );
    assert.deepEqual(rows, [{ _deleted_at: null, _deleted_by: null }]);
  });

  it("keeps the phones of a record in step with it", async () => {
    const phones = async (id: number) =>
      (
        await test.db.pool.query(
          "SELECT value, value_norm FROM crm.multifields WHERE entity = 'contact' AND entity_id = $1 ORDER BY id",
          [id],
        )
      ).rows;
    await write(
      [record(30, "x", 1, ["8 (912) 000-11-22", "+7 343 1112233"]), record(31, "y", 1, ["112"])],
      at(2),
    );
    assert.deepEqual(await phones(30), [
      { value: "8 (912) 000-11-22", value_norm: "79120001122" },
      { value: "+7 343 1112233", value_norm: "73431112233" },
    ]);
    await write([record(30, "x", 3, ["+7 343 1112233"])], at(4));
    assert.deepEqual(
      (await phones(30)).map(({ value }) => value),
      ["+7 343 1112233"],
    );
    assert.equal((await phones(31)).length, 1);
    await write([record(30, "older", 2, ["1", "2", "3"])], at(3));
    assert.equal((await phones(30)).length, 1, "a state that is not taken brings no phones");
  });

  it("carries every character there is", async () => {
    const odd = "tab\t line\n return\r back\\slash \\N quote\" '—\u2028 \u0007 émoji 🏗 \\.";
    await write([record(40, odd, 1)], at(2));
    assert.equal(await name(40), odd);
  });
});

describe("a way to reach somebody", () => {
  it("is equal to itself in other spelling", () => {
    assert.equal(normaliseContact("PHONE", "8 (912) 000-11-22"), normaliseContact("PHONE", "+7 912 0001122"));
    assert.equal(normaliseContact("PHONE", "112"), "112");
    assert.equal(normaliseContact("EMAIL", " Anna@Example.RU "), "anna@example.ru");
  });
});
