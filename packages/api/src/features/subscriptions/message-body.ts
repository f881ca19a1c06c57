/** The text of a message, as the Standard Webhooks specification has it. */
export function messageBody(type: string, at: number, data: object): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
}
