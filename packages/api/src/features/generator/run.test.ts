import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { GeneratorRun } from "@b24kit/client/contract";
import { type GeneratorRig, openGeneratorRig } from "../../../../../test/generator-rig.ts";
import { undoGeneration } from "./control-run.ts";
import type { Owner } from "./deps.ts";
import { getRun, getStatus } from "./get-status.ts";
import type { Asked } from "./plan.ts";
import { previewRun } from "./preview-run.ts";
import { startRun } from "./start-run.ts";

const order = (part: Partial<Asked> = {}): Asked => ({ leads: 0, deals: 0, locale: "ru", seed: 7, ...part });

describe("a generation", () => {
  let rig: GeneratorRig;
  let owner: Owner;
  before(async () => {
    rig = await openGeneratorRig();
    rig.portal.control.limits({ rate: { enabled: false } });
    owner = { portalId: rig.portalId, person: "user:ann" };
    rig.generator.work();
  });
  after(() => rig.close());

  async function generate(asked: Asked): Promise<GeneratorRun> {
    return rig.ended((await startRun(rig.generator.deps, owner, asked)).id);
  }

  it("makes companies, contacts, leads and deals that belong together", async () => {
    const run = await generate(order({ companies: 45, contacts: 61, leads: 21, deals: 30 }));
    assert.deepEqual([run.state, run.error, run.linked], ["completed", null, 61]);
    assert.deepEqual(run.counts.contact, { planned: 61, created: 61, failed: 0 });
    const companies = rig.madeIn("company", run.id);
    const contacts = rig.madeIn("contact", run.id);
    const deals = rig.madeIn("deal", run.id);
    assert.deepEqual(
      [companies.length, contacts.length, rig.madeIn("lead", run.id).length, deals.length],
      [45, 61, 21, 30],
    );
    assert.match(String(companies[0]?.["BANKING_DETAILS"]), /^ИНН \d{10}/);
    assert.match(String(companies[0]?.["ADDRESS"]), /д\. \d+/);
    assert.ok(companies.every((company) => company["INDUSTRY"] && company["EMPLOYEES"]));
    const ids = new Set(companies.map(({ ID }) => String(ID)));
    assert.ok(
      contacts.every((contact) => ids.has(String(contact["COMPANY_ID"]))),
      "every contact has its company",
    );
    assert.ok(deals.every((deal) => ids.has(String(deal["COMPANY_ID"]))));
    assert.ok(new Set(deals.map((deal) => deal["CATEGORY_ID"])).size > 1, "in several funnels");
  });

  it("says what it did, in codes that the seed's words are made of", async () => {
    const run = await generate(order({ companies: 5, contacts: 41 }));
    const { log } = await getRun(rig.generator.deps, owner, run.id);
    const words = log.map(({ code, details }) => [code, details["from"] ?? details["count"], details["to"]]);
    assert.deepEqual(words.slice(0, -1), [
      ["generation_started", undefined, undefined],
      ["entity_started", 5, undefined],
      ["batch_started", 1, 5],
      ["entity_started", 41, undefined],
      ["batch_started", 1, 20],
      ["batch_started", 21, 40],
      ["batch_started", 41, 41],
    ]);
    const { session } = run;
    assert.deepEqual(log.at(-1)?.details, { session, company: 5, contact: 41, lead: 0, deal: 0, linked: 41 });
  });

  it("shows before it writes: the dry run's samples are the records, its requests the run's", async () => {
    const asked = order({ companies: 25, contacts: 30, seed: 99 });
    const before = rig.portal.control.stats().requests;
    const preview = await previewRun(rig.generator.deps, rig.portalId, asked, AbortSignal.timeout(5_000));
    assert.equal(rig.portal.control.stats().requests, before + 1, "nothing but the lists is asked");
    const atStart = rig.portal.control.stats().requests;
    const run = await generate(asked);
    assert.equal(rig.portal.control.stats().requests - atStart, preview.requests);
    const titles = rig.madeIn("company", run.id).map(({ TITLE }) => TITLE);
    const samples = preview.samples.filter(({ entity }) => entity === "company").map(({ title }) => title);
    assert.deepEqual(titles.slice(0, samples.length), samples);
    assert.ok(preview.links.several > 0 && preview.links.contacts === 30);
  });

  it("deletes exactly its own, and leaves what a person has edited", async () => {
    const others = rig.portal.control.records({ entity: "company", limit: 100_000 }).length;
    const run = await generate(order({ companies: 30, contacts: 40, deals: 10, seed: 3 }));
    const [company] = rig.madeIn("company", run.id);
    const [one, two] = rig.madeIn("contact", run.id);
    const call = async (method: string, params: object) =>
      (await rig.portals.client(rig.portalId)).call(method, { ...params });
    await call("crm.company.update", { id: company?.["ID"], fields: { TITLE: "Переименована" } });
    await call("crm.contact.update", { id: one?.["ID"], fields: { COMMENTS: "Звонил" } });
    await call("crm.contact.update", {
      id: two?.["ID"],
      fields: { PHONE: [{ VALUE: "+7 999", VALUE_TYPE: "WORK" }] },
    });
    const [gone] = rig.madeIn("deal", run.id);
    await call("crm.deal.delete", { id: gone?.["ID"] });

    await undoGeneration(rig.generator.deps, owner, run.id, false);
    assert.deepEqual((await rig.ended(run.id)).undone, { deleted: 76, kept: 3, missing: 1 });
    assert.equal(rig.madeIn("company", run.id).length, 1);
    assert.equal(rig.madeIn("contact", run.id).length, 2);
    assert.equal(rig.portal.control.records({ entity: "company", limit: 100_000 }).length, others + 1);

    await undoGeneration(rig.generator.deps, owner, run.id, true);
    // Word of the first undoing may still be on its way.
    const forced = await rig.until(run.id, ({ state, undone }) => state === "undone" && undone?.kept === 0);
    assert.deepEqual(forced.undone, { deleted: 79, kept: 0, missing: 1 });
    assert.equal(rig.portal.control.records({ entity: "company", limit: 100_000 }).length, others);
    assert.equal((await getStatus(rig.generator.deps, owner)).run?.state, "undone");
  });
});
