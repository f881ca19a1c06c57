export type Parsed = string | { [name: string]: Parsed };

/** Reads a query string as PHP's `parse_str` does: brackets make maps, the later value wins. */
export function parseStr(query: string): Record<string, Parsed> {
  const root: Record<string, Parsed> = {};
  for (const pair of query.split("&").filter(Boolean)) {
    const cut = pair.indexOf("=");
    const key = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = cut < 0 ? "" : decode(pair.slice(cut + 1));
    const first = key.split("[", 1)[0] ?? "";
    const path = [
      first,
      ...[...key.slice(first.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? ""),
    ];
    put(root, path, value);
  }
  return root;
}

const decode = (text: string) => decodeURIComponent(text.replace(/\+/g, " "));

function put(root: Record<string, Parsed>, path: readonly string[], value: string) {
  let at = root;
  path.forEach((name, depth) => {
    const key = name === "" ? String(Object.keys(at).length) : name;
    if (depth === path.length - 1) at[key] = value;
    else {
      const below = at[key];
      const next = typeof below === "object" ? below : {};
      at[key] = next;
      at = next;
    }
  });
}
