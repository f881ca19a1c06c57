import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";

/** Whose settings: of an application, or of one user in it. */
export interface OptionOwner {
  clientId: string;
  userId: number | null;
}

const keyOf = ({ clientId, userId }: OptionOwner) =>
  userId === null ? `app ${clientId}` : `user ${clientId} ${userId}`;

/** What an application keeps in the portal by `app.option.set` or `user.option.set`. */
export function readOptions(portal: Portal, owner: OptionOwner): Row {
  return (portal.crm.books.options.get(keyOf(owner))?.VALUES ?? {}) as Row;
}

/** Options that are not named stay. */
export function writeOptions(portal: Portal, owner: OptionOwner, values: Row): void {
  const ID = keyOf(owner);
  portal.writeBook("options", ID, { ID, VALUES: { ...readOptions(portal, owner), ...values } });
}
