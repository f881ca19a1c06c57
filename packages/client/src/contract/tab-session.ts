import { z } from "zod";

/** A tab's own name, made by its page and kept over a reload: whoever subscribes with it is present while it lasts. */
export const TabSession = z.string().regex(/^[\w-]{8,64}$/);
