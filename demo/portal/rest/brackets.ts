/** A nested value of a form: keys as in PHP, an empty pair of brackets counts up. */
interface Node {
  [key: string]: string | Node;
}

const DEPTH = 64;

/** Reads `fields[PHONE][0][VALUE]=…` into nested maps; lists numbered from 0 become arrays. */
export function parseForm(pairs: Iterable<readonly [string, string]>): Record<string, unknown> {
  const root: Node = Object.create(null);
  for (const [name, value] of pairs) {
    const path = splitName(name);
    if (path.length <= DEPTH) place(root, path, value);
  }
  return settle(root, true) as Record<string, unknown>;
}

export function parseQuery(query: string): Record<string, unknown> {
  return parseForm(new URLSearchParams(query));
}

function splitName(name: string): string[] {
  const open = name.indexOf("[");
  if (open <= 0 || !name.includes("]", open)) return [name];
  const path = [name.slice(0, open)];
  for (const match of name.slice(open).matchAll(/\[([^\]]*)\]/g)) path.push(match[1] as string);
  return path;
}

function place(root: Node, path: readonly string[], value: string): void {
  let node = root;
  path.forEach((segment, depth) => {
    const key = segment === "" && depth > 0 ? nextKey(node) : segment;
    if (depth === path.length - 1) node[key] = value;
    else node = descend(node, key);
  });
}

function descend(node: Node, key: string): Node {
  const known = node[key];
  if (typeof known === "object") return known;
  const made: Node = Object.create(null);
  node[key] = made;
  return made;
}

function nextKey(node: Node): string {
  let highest = -1;
  for (const key in node) if (/^\d+$/.test(key)) highest = Math.max(highest, Number(key));
  return String(highest + 1);
}

function settle(node: Node, top = false): unknown {
  const keys = Object.keys(node);
  const settled: Record<string, unknown> = Object.create(null);
  for (const key of keys) {
    const value = node[key] as string | Node;
    settled[key] = typeof value === "object" ? settle(value) : value;
  }
  const isList = !top && keys.length > 0 && keys.every((key, i) => key === String(i));
  return isList ? Object.values(settled) : settled;
}
