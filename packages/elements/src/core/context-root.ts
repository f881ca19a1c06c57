import { ContextRoot } from "@lit/context";

let root: ContextRoot | undefined;

/** Keeps the requests of elements that were upgraded before their provider, and repeats them when it comes. */
export function ensureContextRoot(): void {
  if (root) return;
  root = new ContextRoot();
  root.attach(document.documentElement);
}
