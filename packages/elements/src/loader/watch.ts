export type Tags = Readonly<Record<string, () => Promise<unknown>>>;
type Root = Document | DocumentFragment | Element;

/**
 * Looks for elements and loads the code of each tag once, when the first one of it appears: in the page, and in the
 * open shadow roots of our own elements.
 */
export class Watcher {
  readonly #tags: Tags;
  readonly #selector: string;
  readonly #loading = new Set<string>();
  readonly #observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) this.#look(node);
    }
  });

  constructor(tags: Tags) {
    this.#tags = tags;
    this.#selector = Object.keys(tags).join();
  }

  /** Watches a document or a shadow root from now on. */
  watch(root: Document | ShadowRoot): void {
    this.#observer.observe(root, { childList: true, subtree: true });
    this.#look(root);
  }

  #look(root: Root): void {
    if (root instanceof Element && root.matches(this.#selector)) this.#meet(root);
    for (const element of root.querySelectorAll(this.#selector)) this.#meet(element);
  }

  #meet(element: Element): void {
    const tag = element.localName;
    if (!customElements.get(tag) && !this.#loading.has(tag)) this.#load(tag);
    void this.#enter(element);
  }

  #load(tag: string): void {
    this.#loading.add(tag);
    this.#tags[tag]?.().catch((error) => {
      this.#loading.delete(tag); // the next one of its kind tries again
      console.error(`b24kit: <${tag}> could not be loaded`, error);
    });
  }

  /** Once drawn, an element of ours may hold others. */
  async #enter(element: Element): Promise<void> {
    await customElements.whenDefined(element.localName);
    await (element as { updateComplete?: Promise<unknown> }).updateComplete;
    if (element.shadowRoot) this.watch(element.shadowRoot);
  }
}
