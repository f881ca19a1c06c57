import type { Pool } from "pg";
import { type RowReceiver, SocketQuery } from "../../../packages/api/src/platform/arrow/socket-query.ts";
import { selectRows } from "./protocol.ts";

/** Binary rows over the same protocol, their heads walked, their contents never looked at: what no reader can beat. */
export async function discardRows(pool: Pool, limit: number): Promise<number> {
  const client = await pool.connect();
  let rows = 0;
  const error = await new Promise<unknown>((resolve) => {
    const receiver: RowReceiver = {
      onColumns: (fields) => fields.map(() => true),
      onRows(chunk, view, from, end) {
        let at = from;
        while (at + 5 <= end && chunk[at] === 0x44) {
          const next = at + 1 + view.getInt32(at + 1);
          if (next > end) break;
          at = next;
          rows++;
        }
        return at;
      },
      onEnd: () => {},
      onError: resolve,
      onReleased: (_reusable, lost) => resolve(lost),
    };
    client.query(
      new SocketQuery({ begin: "BEGIN READ ONLY", text: selectRows, values: [String(limit)] }, receiver),
    );
  });
  client.release();
  if (error) throw error;
  return rows;
}
