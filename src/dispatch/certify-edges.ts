/** The network as a proof sees it. */
import type { Decimal } from "./certify-exact.js";
import type { CostName } from "./policy.js";

/** From here to the next piece, a unit of flow more costs the product of these figures. */
export interface Piece {
  readonly from: number;
  readonly price: readonly number[];
}

/** An edge of the network as a proof sees it. Flows are whole quanta. */
export interface Edge {
  readonly name: string;
  /** Places in the list of nodes; the ground is the place after the last. */
  readonly from: number;
  readonly to: number;
  readonly flow: number;
  /** What it can carry. */
  readonly least: number;
  readonly most: number;
  /** Convex; the first piece is from −Infinity. */
  readonly costs: Readonly<Partial<Record<CostName, readonly Piece[]>>>;
  /** What evens out: a plant, or what floods at a catchment. Its level is what it takes ÷ rating; without rating it has none. */
  readonly sink?: { readonly objective: "balance" | "sharing"; readonly capacity: number; readonly rating: Decimal };
}

export interface ProofInput {
  /** Those of each kind in order of id. */
  readonly edges: readonly Edge[];
  /** Nodes, the ground not counted. */
  readonly nodes: number;
  readonly quanta: (flow: number) => number;
}

/** A proof at hand: the range that each edge's flow may still lie in. */
export interface Proof extends ProofInput {
  readonly least: Float64Array;
  readonly most: Float64Array;
}
