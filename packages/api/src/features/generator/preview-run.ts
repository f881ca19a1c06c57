import { GeneratorEntity, type GeneratorPreview } from "@b24kit/client/contract";
import type { GeneratorDeps } from "./deps.ts";
import { type Asked, countRequests, leastSeconds, toPlan } from "./plan.ts";
import { readCatalogue } from "./read-catalogue.ts";
import { loadFaker } from "./records/faker.ts";
import { companiesOf } from "./records/links.ts";
import { createFactory } from "./records/make-record.ts";
import { toLines } from "./shown.ts";

const SAMPLES = 3;

/** What a run would make, shown by its first records; the portal is read, never written. */
export async function previewRun(
  { portals, settings, clock }: GeneratorDeps,
  portalId: number,
  asked: Asked,
  signal: AbortSignal,
): Promise<GeneratorPreview> {
  const plan = toPlan(asked, settings);
  const catalogue = await readCatalogue(await portals.client(portalId), plan.counts, { signal });
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const factory = createFactory({ plan, day, catalogue }, await loadFaker(plan.locale));
  const links = Array.from({ length: plan.counts.contact }, (_, at) =>
    companiesOf(plan.seed, at + 1, plan.counts),
  );
  const requests = countRequests(plan);
  return {
    plan,
    links: {
      contacts: links.filter((list) => list.length > 0).length,
      several: links.filter((list) => list.length > 1).length,
    },
    requests,
    seconds: leastSeconds(requests),
    samples: GeneratorEntity.options.flatMap((entity) =>
      Array.from({ length: Math.min(SAMPLES, plan.counts[entity]) }, (_, at) => {
        const record = factory.make(entity, at + 1);
        return { entity, title: record.title, lines: toLines(record) };
      }),
    ),
  };
}
