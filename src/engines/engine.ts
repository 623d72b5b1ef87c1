/** What an engine is: something that takes a problem's objectives one after the other and keeps each at its optimum. */
import type { ComponentProof } from "../plan/certificate.js";
import type { Stage } from "../problem/policy.js";

export interface Engine {
  readonly name: string;
  /**
   * Tries to find the flow for what the problem has loaded from the last one, of the same stages and tolerance. False where that
   * isn't as sure as solving anew.
   */
  resume?(): boolean;
  /** Keeps what `resume` starts from; what comes back brings it back, as often as it is called. */
  bookmark?(): () => void;
  /** Starts anew on what the problem has loaded. */
  begin(): void;
  /** Minimises Σ cost[a] · flow[a] (flow in any fixed unit) over what is left of the choice, and keeps the optimum. */
  minimise(cost: Float64Array): void;
  /**
   * Evens out the plants exactly, and keeps each within `tolerance` of the utilisation this gives it. Plants that can't
   * take anything are left alone.
   */
  balance(tolerance: number): void;
  /** Evens out what floods at catchments, each over its inflow, and keeps what floods at each. */
  share(): void;
  /** Secures the plan against the outages that the engine was made with, and keeps what the worst of them comes to. */
  secure?(): void;
  /** Settles what the objectives leave open: the shortest ways, and beyond that one flow, the same however it was found. */
  settle(): void;
  /** Flow per arc of the problem, whole quanta: balanced at every node, within every bound, optimal for all so far. */
  readonly flow: Float64Array;
  /** The proof that `flow` is optimal for the stages that were taken, where the engine has one and the network is one component. */
  certificate?(stages: readonly Stage[], tolerance: number): ComponentProof;
}
