import type { B24Schema } from "@b24kit/elements/charts/schema/schema.ts";
import "@b24kit/elements/charts/schema/schema.define.ts";
import { chartsClient } from "../sample/charts-client.ts";
import { schemaSample } from "../sample/schema-markdown.ts";
import { staged } from "../sample/story.ts";

export default { title: "Charts/Schema", component: "b24-schema", tags: ["autodocs"] };

const schema = (properties: Partial<B24Schema> = {}, setting = {}) => ({
  render: staged<B24Schema>("b24-schema", properties, {
    client: chartsClient({ schema: schemaSample }).client,
    ...setting,
  }),
});

export const Whole = schema();
export const Narrow = schema({}, { width: 320 });
