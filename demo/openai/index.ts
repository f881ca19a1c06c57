export type { Entry, Reply } from "./script.ts";
export { type RunningModel, startModel } from "./start-model.ts";
