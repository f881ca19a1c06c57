import type { ClientFrame, ServerFrame } from "../contract/realtime.ts";

export type SubscribeFrame = Extract<ClientFrame, { type: "subscribe" }>;

export interface WireHandlers {
  /** What to subscribe to, asked when the way is open. */
  subscriptions(): SubscribeFrame[];
  /** Authenticated and subscribed. */
  onReady(): void;
  onFrame(frame: ServerFrame): void;
  /** Anything arrived, be it only a sign of life. */
  onActivity(): void;
  /** Called once; `opened`: whether the other side had answered at all. */
  onLost(cause: { opened: boolean; error?: unknown }): void;
}

/** One open way for frames: a WebSocket, or an event stream. Nothing is called after `close()`. */
export interface Wire {
  /** A living way is heard within so many milliseconds of a ping. */
  readonly answersWithin: number;
  send(frame: ClientFrame): void;
  close(): void;
}

/** A frame of ours, or undefined for anything else that a proxy may have sent. */
export function parseFrame(text: string): ServerFrame | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value?.type === "string" ? (value as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
