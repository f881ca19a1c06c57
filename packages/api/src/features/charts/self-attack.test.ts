import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { createLogger } from "../../platform/log/logger.ts";
import { createSecrets } from "../../platform/secrets/secrets.ts";
import { type Charts, createCharts } from "./charts.ts";

describe("a database of somebody else's, its catalogue open to everybody", () => {
  it("withstands the attack too", async () => {
    const rig = await openChartRig({ counts: { deals: 5 } }, { closed: false });
    try {
      const { lane, attempts } = await rig.charts.access(rig.portalId);
      assert.deepEqual(lane, { state: "on" }, JSON.stringify(attempts));
    } finally {
      await rig.close();
    }
  });
});

/** Set-ups that are open somewhere, and the attempt that has to find it. `$role` is the chart login. */
const OPEN: readonly (readonly [what: string, open: string, close: string, found: string])[] = [
  [
    "a maker of roles",
    "ALTER ROLE $role CREATEROLE",
    "ALTER ROLE $role NOCREATEROLE",
    "be a superuser or make roles",
  ],
  [
    "temporary tables",
    "GRANT TEMPORARY ON DATABASE $database TO $role",
    "REVOKE TEMPORARY ON DATABASE $database FROM $role",
    "make a temporary table",
  ],
  [
    "its own schemas",
    "GRANT CREATE ON DATABASE $database TO $role",
    "REVOKE CREATE ON DATABASE $database FROM $role",
    "make a schema",
  ],
  [
    "the system's tables",
    "GRANT USAGE ON SCHEMA b24kit TO $role; GRANT SELECT ON b24kit.portal_portals TO $role",
    "REVOKE USAGE ON SCHEMA b24kit FROM $role; REVOKE SELECT ON b24kit.portal_portals FROM $role",
    "read the system's tables",
  ],
  [
    "the server's files",
    "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO $role",
    "REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM $role",
    "read a file of the server",
  ],
  [
    "other tables, where the catalogue may be read",
    "GRANT SELECT ON pg_class, pg_namespace TO $role; GRANT USAGE ON SCHEMA crm TO $role; GRANT SELECT ON crm.deals TO $role",
    "REVOKE USAGE ON SCHEMA crm FROM $role; REVOKE SELECT ON crm.deals, pg_class, pg_namespace FROM $role",
    "read or write other tables",
  ],
  [
    "another role, where the catalogue may be read",
    "GRANT SELECT ON pg_roles TO $role; GRANT pg_monitor TO $role",
    "REVOKE SELECT ON pg_roles FROM $role; REVOKE pg_monitor FROM $role",
    "become another role",
  ],
];

describe("the attack on the own set-up", () => {
  let rig: ChartRig;
  let names: Readonly<Record<string, string>>;
  const opened: Charts[] = [];
  before(async () => {
    rig = await openChartRig({ counts: { deals: 10, contacts: 5, companies: 5, leads: 5 } });
    await rig.charts.access(rig.portalId);
    const [row] = await rig.asAdmin<{ role: string; database: string }>(
      "SELECT role, current_database() AS database FROM b24kit.charts_roles",
    );
    names = row!;
  });
  after(async () => {
    await Promise.all(opened.map((charts) => charts.stop()));
    await rig.close();
  });

  /** What another start of the program would find. */
  async function start(givenUrl?: string): Promise<Charts> {
    const charts = createCharts({
      ...{ ...rig, mirror: rig.sync, givenUrl },
      secrets: createSecrets(["a secret key of the tests only"]),
      log: createLogger({ level: "silent", form: "plain" }),
    });
    opened.push(charts);
    await charts.start();
    return charts;
  }

  const change = (sql: string) =>
    rig.asAdmin(sql.replace(/\$(\w+)/g, (_, name: string) => `"${names[name]}"`));

  for (const [what, open, close, found] of OPEN) {
    it(`finds that the login is given ${what}, and keeps generated SQL off`, async () => {
      await change(open);
      try {
        const charts = await start();
        const { lane, attempts } = await charts.access(rig.portalId);
        assert.ok(
          lane.state === "off" && lane.reason === "attack_worked" && lane.detail.includes(found),
          JSON.stringify(lane),
        );
        assert.equal(attempts.find(({ name }) => name === found)?.outcome, "worked");
        assert.equal(charts.safety(), "off");
        await assert.rejects(
          charts.check(rig.portalId, "SELECT id FROM deals", { pii: true, filtered: false }),
          /sql_off/,
        );
        const plan = { text: "SELECT count(*) FROM deals", columns: [] };
        const { body } = await charts.runPlan(rig.portalId, plan, { maxRows: 1 });
        await body.cancel();
      } finally {
        await change(close);
      }
    });
  }

  it("is content with what the program makes, at every start, and leaves nothing behind", async () => {
    const charts = await start();
    assert.deepEqual((await charts.access(rig.portalId)).lane, { state: "on" });
    assert.equal(charts.safety(), "on");
    assert.deepEqual(await rig.asAdmin("SELECT FROM pg_class WHERE relname LIKE 'b24kit_probe%'"), []);
  });

  it("makes a new password where the kept one cannot be opened", async () => {
    await rig.asAdmin("UPDATE b24kit.charts_roles SET password = 'not sealed'");
    assert.deepEqual((await (await start()).access(rig.portalId)).lane, { state: "on" });
  });

  it("keeps generated SQL off where the login is above the program", async () => {
    await change("ALTER ROLE $role SUPERUSER");
    try {
      const { lane } = await (await start()).access(rig.portalId);
      assert.ok(lane.state === "off" && /rights/.test(lane.detail), JSON.stringify(lane));
    } finally {
      await change("ALTER ROLE $role NOSUPERUSER");
    }
  });

  for (const [what, role, reason] of [
    ["does not exist", () => "nobody_here", "no_login"],
    ["has another password", () => names.role!, "login_failed"],
  ] as const) {
    it(`tells that a given login ${what}; plans work all the same`, async () => {
      const url = new URL(rig.url);
      url.username = role();
      url.password = "wrong";
      const charts = await start(url.href);
      const { lane } = await charts.access(rig.portalId);
      assert.ok(lane.state === "off" && lane.reason === reason, JSON.stringify(lane));
      const plan = { text: "SELECT count(*) FROM deals", columns: [] };
      await (await charts.runPlan(rig.portalId, plan, { maxRows: 1 })).body.cancel();
    });
  }

  it("refuses the program's own login as a given one", async () => {
    const { lane } = await (await start(rig.url)).access(rig.portalId);
    assert.ok(lane.state === "off" && lane.reason === "attack_worked");
  });

  it("forgets logins and views of a portal that was removed", async () => {
    await rig.asAdmin("DELETE FROM b24kit.portal_portals");
    await rig.asAdmin("DROP SCHEMA crm CASCADE");
    await start();
    assert.deepEqual(await rig.asAdmin("SELECT FROM pg_roles WHERE rolname = $1", [names.role!]), []);
    assert.deepEqual(await rig.asAdmin("SELECT FROM pg_namespace WHERE nspname = 'crm_chart'"), []);
  });
});
