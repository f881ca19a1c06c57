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

type Post = (path: string, body: object) => Promise<unknown>;

function poster(api: string, token: string): Post {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return async (path, body) => {
    const answer = await fetch(`${api}/api/v1/charts/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
}

/** Keeps one chart of each of some forms; their ids. */
export async function keepCharts(api: string, token: string): Promise<string[]> {
  const post = poster(api, token);
  const keep = async ({ plan, form }: (typeof CHARTS)[number]) => {
    const id = randomUUID();
    await post("saved", { id, name: form, form, definition: { lane: "plan", plan } });
    return id;
  };
  return Promise.all(CHARTS.map(keep));
}

/** Gzipped bytes of everything that a page without a script loads to show a kept chart: one image, the largest of these. */
export async function measurePictures(
  api: string,
  token: string,
  charts: readonly string[],
): Promise<number> {
  const post = poster(api, token);
  const sizes: number[] = [];
  for (const id of charts) {
    const { url } = (await post(`saved/${id}/picture-links`, {})) as { url: string };
    const picture = await fetch(new URL(new URL(url).pathname, api));
    if (!picture.ok) throw new Error(await picture.text());
    sizes.push(gzipSync(await picture.text()).length);
  }
  return Math.max(...sizes);
}
