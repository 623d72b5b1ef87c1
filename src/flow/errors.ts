import { TrunkflowError } from "../errors.js";

export type FlowErrorCode =
  "bad-network" | "bad-number" | "bad-bounds" | "unbalanced" | "cost-overflow" | "flow-overflow";

/** What a kernel refuses: the caller's mistake, or numbers that leave the range in which float64 is exact. */
export class FlowError extends TrunkflowError {
  override readonly name = "FlowError";
  readonly code: FlowErrorCode;

  constructor(code: FlowErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
