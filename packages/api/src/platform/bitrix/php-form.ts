/** A form as PHP reads it: `auth[member_id]=x` is `{auth: {member_id: "x"}}`. Lists come as maps of their numbers. */
export interface PhpForm {
  [name: string]: string | PhpForm;
}

/** More is no form that a portal sends. */
const MOST_FIELDS = 1_000;
const DEEPEST = 8;

/**
 * Reads `application/x-www-form-urlencoded`. Fields that are too deep or too many are left out, and so are NULs, which
 * no database keeps.
 */
export function parsePhpForm(text: string): PhpForm {
  const form: PhpForm = Object.create(null);
  let count = 0;
  for (const [name, value] of new URLSearchParams(text.replaceAll("%00", ""))) {
    count += 1;
    if (count > MOST_FIELDS) break;
    put(form, pathOf(name), value);
  }
  return form;
}

function put(form: PhpForm, path: readonly string[], value: string): void {
  if (path.length === 0 || path.length > DEEPEST) return;
  let place = form;
  const last = path.length - 1;
  for (let depth = 0; depth < last; depth += 1) {
    const next = place[path[depth]!];
    const inner: PhpForm = typeof next === "object" ? next : Object.create(null);
    place[path[depth]!] = inner;
    place = inner;
  }
  place[path[last]!] = value;
}

/** `a[b][]` → `a`, `b`, ``; what stands after a bracket that does not close is part of the name. */
function pathOf(name: string): string[] {
  const first = name.indexOf("[");
  if (first <= 0) return [name];
  const path = [name.slice(0, first)];
  for (let open = first; open >= 0 && path.length <= DEEPEST; ) {
    const close = name.indexOf("]", open);
    if (close < 0) break;
    path.push(name.slice(name.lastIndexOf("[", close) + 1, close));
    open = name.indexOf("[", close);
  }
  return path.length > 1 ? path : [name];
}

/** A text of the form, by its path; undefined where there is none. */
export function formText(form: PhpForm, ...path: readonly string[]): string | undefined {
  let place: string | PhpForm | undefined = form;
  for (const name of path) place = typeof place === "object" ? place[name] : undefined;
  return typeof place === "string" ? place : undefined;
}
