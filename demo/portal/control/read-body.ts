import type { Context } from "hono";
import * as z from "zod";

const jsonText = z.string().transform((json, context) => {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "The body is not JSON" });
    return z.NEVER;
  }
});

/** The JSON body of a control; an empty one is an empty object. The control itself checks what is in it. */
export async function readBody<T>(c: Context): Promise<T> {
  const text = await c.req.text();
  return (text.trim() === "" ? {} : jsonText.parse(text)) as T;
}
