export * from "./endpoint.ts";
export * from "./errors.ts";
export * from "./health.ts";
export * from "./portal.ts";
export * from "./queries.ts";
export * from "./realtime.ts";
export * from "./session.ts";
export * from "./sync.ts";
