import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openRig, type Rig, whenEnded } from "../../../../../test/sync-rig.ts";

type Row = Record<string, unknown>;

describe("entities beside those of every CRM", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 400, contacts: 60, companies: 20, leads: 150 } });
    rig.portal.control.limits({ rate: { enabled: false } });
    // The tests of products say themselves which deals have some.
    for (let id = 1; id <= 400; id++) await setRows(id);
    for (const entity of ["deal", "lead"]) assert.equal((await rig.run(entity)).state, "completed");
  });
  after(() => rig.close());

  async function call<T = unknown>(method: string, params: object = {}): Promise<T> {
    const answer = await fetch(`${rig.portal.webhookUrl}${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(params),
    });
    const body = (await answer.json()) as { result: T };
    assert.ok(answer.ok, `${method}: ${JSON.stringify(body)}`);
    return body.result;
  }

  /** The portal's list as a person would page through it. */
  async function pages(method: string, key: string | null, params: object = {}): Promise<Row[]> {
    const rows: Row[] = [];
    for (let start: number | undefined = 0; start !== undefined; ) {
      const answer = await fetch(`${rig.portal.webhookUrl}${method}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...params, start }),
      });
      const body = (await answer.json()) as { result: Row[] & Record<string, Row[]>; next?: number };
      rows.push(...(key === null ? body.result : body.result[key]!));
      start = body.next;
    }
    return rows;
  }

  const mirrored = async (table: string, columns: string): Promise<Row[]> =>
    (
      await rig.db.pool.query<Row>(
        `SELECT ${columns} FROM crm.${table} WHERE _deleted_at IS NULL ORDER BY id`,
      )
    ).rows;
  const statusOf = async (entity: string) =>
    (await rig.sync.status(rig.portalId)).entities.find((one) => one.entity === entity)!;
  const time = (value: unknown) => (value ? new Date(String(value)).toISOString() : null);
  const iso = (value: unknown) => (value as Date | null)?.toISOString() ?? null;

  it("are listed with their names, smart processes by the portal's own", async () => {
    const { entities } = await rig.sync.status(rig.portalId);
    assert.deepEqual(
      entities.map(({ entity, label }) => `${entity}: ${label.ru}`),
      [
        ...["deal: Сделки", "contact: Контакты", "lead: Лиды", "company: Компании"],
        ...["stage_history: История стадий сделок", "lead_stage_history: История стадий лидов"],
        ...["product_row: Товары в сделках", "task: Задачи", "call: Звонки"],
        ...["user: Сотрудники", "department: Отделы", "status: Справочники и стадии"],
        "dynamic_156: Объект обслуживания",
      ],
    );
    const config = await rig.sync.config(rig.portalId);
    assert.deepEqual(
      config.map(({ entity_type }) => entity_type),
      entities.map(({ entity }) => entity),
    );
  });

  it("tasks: every one, in camelCase or not", async () => {
    const run = await rig.run("task");
    assert.deepEqual([run.state, run.error], ["completed", null]);
    const portal = await pages("tasks.task.list", "tasks", { order: { ID: "asc" } });
    const rows = await mirrored("tasks", "id, title, responsible_id, deadline, closed_date, uf_crm_task");
    assert.deepEqual(
      rows.map((row) => [
        row["id"],
        row["title"],
        row["responsible_id"],
        iso(row["deadline"]),
        iso(row["closed_date"]),
        row["uf_crm_task"],
      ]),
      portal.map((task) => [
        task["id"],
        task["title"],
        task["responsibleId"],
        time(task["deadline"]),
        time(task["closedDate"]),
        task["ufCrmTask"] || null,
      ]),
    );
    assert.equal((await statusOf("task")).rows, 60);
  });

  it("tasks: changes, new ones and, by comparing, those that are gone", async () => {
    await call("tasks.task.update", { taskId: 5, fields: { TITLE: "Новое название" } });
    await call("tasks.task.add", { fields: { TITLE: "Новая", RESPONSIBLE_ID: 1 } });
    await call("tasks.task.delete", { taskId: 7 });
    const run = await rig.run("task", "incremental");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", 2]);
    await rig.run("task", "reconcile");
    const rows = await mirrored("tasks", "id, title");
    assert.deepEqual(
      [rows.length, rows.find(({ id }) => id === "5")?.["title"], rows.some(({ id }) => id === "7")],
      [60, "Новое название", false],
    );
    assert.deepEqual((await statusOf("task")).reconcile?.deleted, 1);
  });

  it("calls: every one, by filters that stand side by side", async () => {
    const run = await rig.run("call");
    assert.deepEqual([run.state, run.error], ["completed", null]);
    const portal = await pages("voximplant.statistic.get", null, { SORT: "ID", ORDER: "ASC" });
    const rows = await mirrored("calls", "id, portal_user_id, call_duration, call_start_date, crm_entity_id");
    assert.deepEqual(
      rows.map((row) => [
        row["id"],
        row["portal_user_id"],
        row["call_duration"],
        iso(row["call_start_date"]),
        row["crm_entity_id"],
      ]),
      portal.map((one) => [
        one["ID"],
        one["PORTAL_USER_ID"],
        one["CALL_DURATION"],
        time(one["CALL_START_DATE"]),
        one["CRM_ENTITY_ID"],
      ]),
    );
  });

  for (const [entity, entityTypeId, stage] of [
    ["stage_history", 2, "STAGE_ID"],
    ["lead_stage_history", 1, "STATUS_ID"],
  ] as const) {
    it(`${entity}: every arrival on a stage, and those that come`, async () => {
      const run = await rig.run(entity);
      assert.deepEqual([run.state, run.error], ["completed", null]);
      const fields =
        entityTypeId === 2 ? { STAGE_ID: "EXECUTING", CATEGORY_ID: 0 } : { STATUS_ID: "IN_PROCESS" };
      const owner = entityTypeId === 2 ? "deal" : "lead";
      const id = await call<number>(`crm.${owner}.add`, { fields: { TITLE: "Новая" } });
      await call(`crm.${owner}.update`, { id, fields });
      const second = await rig.run(entity, "incremental");
      assert.equal(second.state, "completed");
      const portal = await pages("crm.stagehistory.list", "items", { entityTypeId, order: { ID: "ASC" } });
      const rows = await mirrored(entity, `id, owner_id, created_time, ${stage.toLowerCase()} AS stage`);
      assert.deepEqual(
        rows.map((row) => [row["id"], row["owner_id"], iso(row["created_time"]), row["stage"]]),
        portal.map((move) => [
          String(move["ID"]),
          String(move["OWNER_ID"]),
          time(move["CREATED_TIME"]),
          move[stage],
        ]),
      );
      assert.equal(second.rowsWritten, 2);
    });
  }

  it("stage history goes with its records, also when many go at once", async () => {
    for (let id = 1; id <= 90; id++) await call("crm.deal.delete", { id });
    await rig.run("deal", "reconcile");
    await rig.run("stage_history", "reconcile");
    const { reconcile } = await statusOf("stage_history");
    assert.ok(reconcile!.deleted > 100, `${reconcile!.deleted} are gone`);
    assert.deepEqual(
      [reconcile!.withheld, reconcile!.source + 0],
      [0, reconcile!.mirror + 0 + reconcile!.withheld],
    );
  });

  const setRows = (id: number, ...rows: object[]) => call("crm.deal.productrows.set", { id, rows });
  const product = (name: string, price: number, quantity = 1) => ({
    PRODUCT_NAME: name,
    PRICE: price,
    QUANTITY: quantity,
  });
  const products = async () =>
    (
      await mirrored(
        "product_rows",
        "owner_id::int AS deal, product_name AS name, price::float8, quantity::float8",
      )
    ).map(({ deal, name, price, quantity }) => [deal, name, price, quantity].join(" "));

  it("products of deals: read deal by deal, 50 deals with one request", async () => {
    await setRows(100, product("Уборка", 500, 2), product("Окна", 1200.5));
    await setRows(300, ...Array.from({ length: 120 }, (_, n) => product(`Товар ${n}`, n)));
    const before = rig.portal.control.stats().requests;
    const run = await rig.run("product_row");
    assert.deepEqual([run.state, run.error, run.rowsRead], ["completed", null, 122]);
    // One to plan, one for each 50 of 401 deals, two more for the deal with three pages.
    assert.ok(rig.portal.control.stats().requests - before <= 1 + 9 + 2);
    const rows = await products();
    assert.deepEqual([rows.length, rows.slice(0, 2)], [122, ["100 Уборка 500 2", "100 Окна 1200.5 1"]]);
  });

  it("products of deals: what a change of the deal brings and takes, and nothing else is asked for", async () => {
    const configure = (webhook_enabled: boolean) =>
      rig.sync.configure(rig.portalId, { entity_type: "product_row", webhook_enabled });
    await configure(false);
    await rig.run("deal", "incremental");
    await rig.run("product_row", "incremental");
    await rig.db.pool.query("UPDATE crm.deals SET _synced_at = now() - interval '1 hour'");
    await setRows(100, product("Уборка", 600, 2));
    await call("crm.deal.delete", { id: 300 });
    await rig.run("deal", "incremental");
    await rig.run("deal", "reconcile");
    const before = rig.portal.control.stats().requests;
    const run = await rig.run("product_row", "incremental");
    assert.deepEqual([run.state, run.rowsRead], ["completed", 1]);
    assert.ok(rig.portal.control.stats().requests - before <= 3);
    assert.deepEqual(await products(), ["100 Уборка 600 2"]);
    await configure(true);
    await setRows(101, product("Окна", 700));
    const ended = whenEnded(rig.bus, "product_row", run.id);
    await rig.run("deal", "incremental");
    assert.equal((await ended).state, "completed", "a run of the deals is followed by one of their products");
    assert.deepEqual(await products(), ["100 Уборка 600 2", "101 Окна 700 1"]);
  });

  it("products of deals: comparing reads them all", async () => {
    await rig.db.pool.query(
      "UPDATE crm.product_rows SET product_name = 'Чужое', _hash = gen_random_uuid(), _read_at = '2020-01-01'",
    );
    const run = await rig.run("product_row", "reconcile");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", 2]);
    const { reconcile, rows } = await statusOf("product_row");
    assert.deepEqual([reconcile?.source, reconcile?.mirror, rows], [2, 2, 2]);
    assert.deepEqual(await products(), ["100 Уборка 600 2", "101 Окна 700 1"]);
  });

  it("a smart process: every item with its own fields, changed, added and gone", async () => {
    assert.equal((await rig.run("dynamic_156")).state, "completed");
    const rows = await mirrored(
      "items_156",
      "id, title, stage_id, assigned_by_id, updated_time, uf_crm_5_area, uf_crm_5_contact_phones",
    );
    const portal = await pages("crm.item.list", "items", {
      entityTypeId: 156,
      useOriginalUfNames: "Y",
      order: { id: "ASC" },
    });
    assert.deepEqual(
      rows.map((row) => [
        Number(row["id"]),
        row["title"],
        row["stage_id"],
        Number(row["assigned_by_id"]),
        iso(row["updated_time"]),
        row["uf_crm_5_area"] === null ? null : Number(row["uf_crm_5_area"]),
      ]),
      portal.map((item) => [
        item["id"],
        item["title"],
        item["stageId"],
        item["assignedById"],
        time(item["updatedTime"]),
        item["UF_CRM_5_AREA"],
      ]),
    );
    await call("crm.item.update", { entityTypeId: 156, id: 3, fields: { title: "Другое" } });
    await call("crm.item.add", { entityTypeId: 156, fields: { title: "Ещё один" } });
    await call("crm.item.delete", { entityTypeId: 156, id: 4 });
    const run = await rig.run("dynamic_156", "incremental");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", 2]);
    await rig.run("dynamic_156", "reconcile");
    const after = await mirrored("items_156", "id, title");
    assert.deepEqual(
      [after.length, after.find(({ id }) => id === "3")?.["title"], after.some(({ id }) => id === "4")],
      [120, "Другое", false],
    );
  });

  it("people, departments and dictionaries: read as a whole, and only what changed is written", async () => {
    const run = await rig.run("user");
    assert.deepEqual([run.state, run.rowsRead, run.rowsWritten], ["completed", 82, 0]);
    await call("user.update", { ID: 9, WORK_POSITION: "Главный по клумбам" });
    const again = await rig.run("user", "incremental");
    assert.deepEqual([again.state, again.rowsWritten], ["completed", 1]);
    await rig.run("department", "reconcile");
    assert.deepEqual((await statusOf("department")).reconcile?.source, 7);
    assert.ok((await statusOf("status")).rows > 50);
  });

  it("a second full run rewrites nothing", async () => {
    for (const entity of [
      "task",
      "call",
      "stage_history",
      "lead_stage_history",
      "product_row",
      "dynamic_156",
      "status",
    ])
      assert.deepEqual([entity, (await rig.run(entity)).rowsWritten], [entity, 0]);
  });

  it("a quiet cycle of all of them is one request", async () => {
    for (const entity of ["contact", "company"]) await rig.run(entity);
    // What changed in the two minutes before the last run is read again.
    rig.portal.control.clock({ advance: 600_000 });
    for (const { entity } of (await rig.sync.status(rig.portalId)).entities)
      await rig.run(entity, "incremental");
    await rig.db.pool.query("UPDATE crm.deals SET _synced_at = now() - interval '1 hour'");
    const { id } = (await rig.db.pool.query("SELECT max(id) AS id FROM b24kit.sync_runs")).rows[0];
    const made = () => rig.db.pool.query("SELECT entity, type FROM b24kit.sync_runs WHERE id > $1", [id]);
    const requests = rig.portal.control.stats().requests;
    await rig.db.pool.query("UPDATE b24kit.sync_state SET next_run_at = now() - interval '1 second'");
    const due = async () =>
      (
        await rig.db.pool.query(
          "SELECT count(*)::int AS due FROM b24kit.sync_state WHERE next_run_at <= now()",
        )
      ).rows[0].due;
    while ((await due()) > 0) await new Promise(setImmediate);
    assert.deepEqual((await made()).rows, [], "no run was made");
    assert.equal(rig.portal.control.stats().requests - requests, 1);
  });

  it("one for which a scope is missing says so; the portal is well and the others go on", async () => {
    const { path } = rig.portal.control.createWebhook({ scopes: ["crm", "user", "department"] });
    await rig.portals.connect(`${rig.portal.url}${path}`);
    for (const [entity, scope] of [
      ["call", "telephony"],
      ["task", "task"],
    ] as const) {
      const run = await rig.run(entity);
      assert.deepEqual([run.state, run.error?.code], ["failed", "insufficient_scope"]);
      assert.match(run.error!.detail, new RegExp(scope));
    }
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    const [portal] = await rig.portals.list({
      kind: "key",
      subject: "test",
      rights: new Set(["admin"]),
      portals: "all",
    });
    assert.deepEqual([portal?.state, portal?.error], ["connected", null]);
    await rig.portals.connect(rig.portal.webhookUrl);
  });

  it("that no portal has are refused, with those that there are", async () => {
    await assert.rejects(
      rig.sync.start({ portalId: rig.portalId, entity: "dynamic_999", type: "full", cause: "person" }),
      {
        code: "invalid_parameter",
        message: /dynamic_156/,
      },
    );
  });
});
