import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";

const measure = { aggregate: "count", column: null, since: null, filters: [], over: null };
const plan = (column: string, grain: string | null) => ({
  ...{ entity: "deals", measures: [measure], dimensions: [{ column, grain }], columns: [], filters: [] },
  ...{ period: null, compare: null, running: false, order: null, limit: null, others: false, target: null },
});
const CHARTS = [
  { plan: plan("stage", null), form: "bar" },
  { plan: plan("created", "month"), form: "line" },
  { plan: plan("source", null), form: "pie" },
  { plan: plan("stage", null), form: "funnel" },
];

/** Gzipped bytes of everything that a page without a script loads to show a kept chart: one image, the largest of these. */
export async function measurePictures(api: string, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${api}/api/v1/charts/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  const sizes: number[] = [];
  for (const { plan, form } of CHARTS) {
    const id = randomUUID();
    await post("saved", { id, name: form, form, definition: { lane: "plan", plan } });
    const { url } = (await post(`saved/${id}/picture-links`, {})) as { url: string };
    const picture = await fetch(new URL(new URL(url).pathname, api));
    if (!picture.ok) throw new Error(await picture.text());
    sizes.push(gzipSync(await picture.text()).length);
  }
  return Math.max(...sizes);
}
