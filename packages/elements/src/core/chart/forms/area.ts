import { stacks } from "../axes.ts";
import { type Form, placeMarks } from "./form.ts";
import { form as line, lineMarks, lineOption } from "./line.ts";

/** Lines with the ground below them filled; several lie on each other where their sum means something. */
export const form: Form = {
  ...line,
  option: (drawing) => {
    const { data } = drawing;
    const stack = data.stack === "none" && data.series.length > 1 ? "stack" : data.stack;
    return lineOption({ ...drawing, data: { ...data, stack } }, true);
  },
  marks: (data) => (data.series.length > 1 ? placeMarks(data) : lineMarks(data)),
  markAt: (data, at) =>
    data.series.length > 1 && stacks({ data: { ...data, stack: "stack" } } as Parameters<typeof stacks>[0])
      ? { category: at.dataIndex, series: at.seriesIndex, at }
      : line.markAt!(data, at),
};
