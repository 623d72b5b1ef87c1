/** An `AbortSignal`, by all that is asked of it: so the types need no library for browsers or Node. */
export interface StopSignal {
  /** Throws what it was aborted for, if it was. */
  throwIfAborted(): void;
}
