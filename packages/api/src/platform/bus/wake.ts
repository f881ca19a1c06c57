/** How processes tell each other that there is something to read. Carries no data; a lost wake costs time only. */
export interface Wake {
  /** Tells the others, where the store does not do so itself. */
  tell(): void;
  close(): Promise<void>;
}
