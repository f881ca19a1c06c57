import { blankColumn } from "../fields/blank.ts";
import { collectionOf, userFieldOf } from "../fields/user-field-row.ts";
import type { Collection, Row } from "../values.ts";
import type { BookName } from "./books.ts";
import { type Crm, presentCatalogue, tableOf } from "./crm.ts";
import type { Change, Journal } from "./journal.ts";

interface BookChange extends Change {
  kind: "book";
  book: BookName;
  id: string;
  /** null removes it. */
  row: Row | null;
}

interface RecordChange extends Change {
  entity: Collection;
  id: number;
}

/** Applies changes of the small lists, and lets histories and indexes follow the records. */
export function keepBooks(journal: Journal, crm: () => Crm): void {
  journal.on<BookChange>("book", ({ book, id, row }) => {
    const before = crm().books[book].get(id);
    if (row) crm().books[book].put(row);
    else crm().books[book].remove(id);
    if (book === "userFields") followUserField(crm(), before, row);
  });
  const follow = ({ entity, id }: RecordChange) => {
    crm().history.follow(crm(), entity, id);
    if (entity === "contact") crm().companyContacts.follow(id, crm().tables.contact.get(id));
  };
  journal.on<RecordChange & { kind: "add" }>("add", follow);
  journal.on<RecordChange & { kind: "update" }>("update", follow);
  journal.on<RecordChange & { kind: "delete" }>("delete", follow);
}

export function writeBook(journal: Journal, book: BookName, id: string, row: Row | null): void {
  journal.commit<BookChange>({ kind: "book", book, id, row });
}

/** A user field is a column: it comes empty, and goes with all that was written in it. */
function followUserField(crm: Crm, before: Row | undefined, after: Row | null): void {
  const row = after ?? before;
  const collection = row ? collectionOf(String(row.ENTITY_ID)) : null;
  if (!row || !collection) return;
  const name = String(row.FIELD_NAME);
  if (!before) tableOf(crm, collection).setColumn(name, blankColumn(userFieldOf(row, collection)));
  if (!after) tableOf(crm, collection).setColumn(name, undefined);
  crm.catalogues[collection] = presentCatalogue(crm.books, collection);
}
