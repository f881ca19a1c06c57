import { rememberOrigin } from "../provider/script-origin.ts";
import { tags } from "./tags.ts";
import { Watcher } from "./watch.ts";

rememberOrigin(new URL(import.meta.url).origin);

const watcher = new Watcher(tags);
watcher.watch(document);

/** The portal around a page that stands in its frame; undefined elsewhere. */
export const frame = async () => (await import("../core/frame/frame.ts")).openFrame();

/** Also watches a shadow root of the page's own, where elements are used inside one. */
export const watch = (root: ShadowRoot): void => watcher.watch(root);
