/**
 * Base of the elements' events: they bubble and leave the shadow root. A subclass names its type and takes one detail
 * object: `class TableSortEvent extends B24Event<{column: string}> { constructor(detail) { super("b24-table-sort", detail) } }`.
 */
export abstract class B24Event<D> extends Event {
  readonly detail: D;

  constructor(type: `b24-${string}`, detail: D, init: { cancelable?: boolean } = {}) {
    super(type, { bubbles: true, composed: true, cancelable: init.cancelable ?? false });
    this.detail = detail;
  }
}

/** A fact: something has happened; nobody can stop it. */
export abstract class FactEvent<D> extends B24Event<D> {
  constructor(type: `b24-${string}`, detail: D) {
    super(type, detail);
  }
}

/** A request: comes before the deed; `preventDefault()` stops the element's own handling. */
export abstract class RequestEvent<D> extends B24Event<D> {
  constructor(type: `b24-${string}`, detail: D) {
    super(type, detail, { cancelable: true });
  }
}
