/** What an engine is: something that takes a model's objectives one after the other and keeps each at its optimum. */

/** That a linear stage is optimal: with these potentials, no reduced cost asks for another flow. */
export interface CostProof {
  /** Costs are whole numbers when multiplied by this, or rounded to such. */
  readonly factor: number;
  /** Per node, the ground (of any potential) included. */
  readonly potentials: Float64Array;
}

/** That sinks are even. */
export interface EvenProof {
  /** Per node: the part it is of, by falling level. */
  readonly parts: Int32Array;
  /** What each sink takes, quanta. */
  readonly takes: Float64Array;
  /** Flow per arc with which they take it, quanta; a sink's is all on its first. Of `balance` alone. */
  readonly flow?: Float64Array;
}

/** Undefined where nothing floods, and so nothing is to be proved. */
export type StageProof = CostProof | EvenProof | undefined;

export interface Engine {
  readonly name: string;
  /**
   * Tries to find the flow for what the model has loaded from the last one, of the same stages and tolerance. False where that
   * isn't as sure as solving anew.
   */
  resume?(): boolean;
  /** Keeps what `resume` starts from; what comes back brings it back, as often as it is called. */
  bookmark?(): () => void;
  /** Starts anew on what the model has loaded. */
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
  /** Flow per arc of the model, whole quanta: balanced at every node, within every bound, optimal for all so far. */
  readonly flow: Float64Array;
  /**
   * For each stage that was taken, in order, what proves that `flow` is optimal for it, where the engine has that. The arrays are the
   * engine's own, written over by the next solve.
   */
  proofs?(): readonly StageProof[];
}
