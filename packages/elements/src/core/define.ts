/** Registers an element once; a second copy of the library on a page keeps the first definition. */
export function define(tag: `b24-${string}`, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
