/** What a plan of the engine `network` carries to prove that no better one exists. */
import type { LinearObjective } from "./policy.js";

export interface Certificate {
  /** One for each connected component of the network, by the smallest id (by code unit) of a node in each. */
  readonly components: readonly ComponentProof[];
}

/** All that it lists are of one component, in order of id. */
export interface ComponentProof {
  /** One for each entry of the policy, in order. */
  readonly stages: readonly CertificateStage[];
}

export type CertificateStage = LinearProof | EvenProof;

export function isEven(stage: CertificateStage): stage is EvenProof {
  return "parts" in stage;
}

/** A weighted sum of objectives, as a minimum-cost flow with costs in whole numbers. */
export interface LinearProof {
  readonly objectives: Readonly<Partial<Record<LinearObjective, number>>>;
  /** Costs are whole numbers when multiplied by this (or as good as that). */
  readonly factor: number;
  /** One per node, against 0 where all water ends. */
  readonly potentials: readonly number[];
}

/** The parts into which full mains cut the network, by falling level: 0 is the part whose plants run highest. */
export interface EvenProof {
  readonly tolerance: number;
  /** The part of each node. */
  readonly parts: readonly number[];
  /** Intake of each plant that is as even as can be, plants in order of id; in the file's unit. */
  readonly intakes: readonly number[];
  /**
   * The flow with which the plants take that: links, then what outfalls take, then what floods at all other nodes, each in order
   * of id. Only where a tolerance lets the plan differ.
   */
  readonly flows?: readonly number[];
}
