import { seedCalendar } from "../seed/calendar.ts";
import { seedStatuses } from "../seed/dictionaries.ts";
import type { SeedPlan } from "../seed/plan.ts";
import { SMART_STATUSES, seedCategories } from "../seed/smart-process.ts";
import { seedTasks } from "../seed/tasks.ts";
import { seedUserFields } from "../seed/user-field-rows.ts";
import { seedDepartments, seedUsers } from "../seed/users.ts";
import { Book } from "./book.ts";

/** Everything that a portal keeps in small lists. A change of one is a line of the journal: see keep-books.ts. */
export function seedBooks(plan: SeedPlan) {
  const statuses = seedStatuses();
  for (const row of SMART_STATUSES) statuses.push({ ID: String(statuses.length * 2 + 1), ...row });
  return {
    statuses: new Book(statuses),
    /** Funnels of deals and of smart processes. */
    categories: new Book(seedCategories(), "id"),
    users: new Book(seedUsers(plan)),
    departments: new Book(seedDepartments(plan)),
    userFields: new Book(seedUserFields()),
    tasks: new Book(seedTasks(plan)),
    notifications: new Book([], "id"),
    calendar: new Book(seedCalendar(plan)),
    /** Product rows that were set, of one record in one row: `{ID: "D_5", ROWS: […]}`. */
    productRows: new Book(),
    /** Settings kept by applications: `{ID: "app <client_id>", VALUES: {…}}`. */
    options: new Book(),
  };
}

export type Books = ReturnType<typeof seedBooks>;
export type BookName = keyof Books;
