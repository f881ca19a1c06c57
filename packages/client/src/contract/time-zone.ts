import { z } from "zod";

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // An offset means the opposite to PostgreSQL.
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
}

/** Where days and months begin. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "must be an IANA time zone, e.g. Europe/Moscow")
  .default("UTC");
