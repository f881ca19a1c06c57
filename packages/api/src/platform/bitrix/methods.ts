/** Methods that read although their last word does not say so. */
const READS = new Set([
  "profile",
  "scope",
  "methods",
  "events",
  "server.time",
  "app.info",
  "user.admin",
  "user.search",
  "user.current",
  "access.name",
  "crm.duplicate.findbycomm",
  "crm.status.entity.types",
  "crm.status.entity.items",
  "tasks.task.counters",
]);

/** Methods whose last word lies: they change something. `event.offline.get` takes what it returns off the queue. */
const WRITES = new Set(["event.offline.get", "disk.file.getexternallink", "im.chat.user.list.clear"]);

const READING_WORD = /^(list|get|fields|items|types|count|search|current|read)$|^(get|list)[a-z]+$/;

/** Whether repeating the method changes nothing. `batch` is what its commands are, so ask for those. */
export function isReading(method: string): boolean {
  const name = method.toLowerCase().replace(/\.json$/, "");
  if (WRITES.has(name)) return false;
  if (READS.has(name)) return true;
  return READING_WORD.test(name.slice(name.lastIndexOf(".") + 1));
}

const FREE = new Set([
  "profile",
  "scope",
  "methods",
  "method",
  "server",
  "app",
  "batch",
  "feature",
  "access",
  "events",
]);
const SCOPES: Readonly<Record<string, string>> = {
  task: "task",
  tasks: "task",
  voximplant: "telephony",
  event: "",
};

/** Scope that the portal asks for this method, where its name tells. */
export function scopeOf(method: string): string | undefined {
  const first = method.toLowerCase().split(".")[0] ?? "";
  if (first === "" || FREE.has(first)) return undefined;
  return (SCOPES[first] ?? first) || undefined;
}
