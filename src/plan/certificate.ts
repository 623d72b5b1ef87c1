/** What a plan of the engine `network` carries to prove that no better one exists. */
import type { CostName } from "../problem/policy.js";

/** One proof for each connected component of the network, in order of their first ids. */
export interface Certificate {
  readonly components: readonly ComponentProof[];
}

/** Nodes are those of the component, listed in order of id (by code unit) throughout. */
export interface ComponentProof {
  /** One for each entry of the policy, in order; before them one for locks, where some ask for flow. */
  readonly stages: readonly CertificateStage[];
}

export type CertificateStage = LinearProof | EvenProof | SharingProof;

export function isEven(stage: CertificateStage): stage is EvenProof {
  return "intakes" in stage;
}

/** A weighted sum of objectives, as a minimum-cost flow with costs in whole numbers. */
export interface LinearProof {
  readonly objectives: Readonly<Partial<Record<CostName, number>>>;
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

/**
 * What floods, evened out over what enters the network there (one quantum where nothing does): parts as for plants. Without them where
 * nothing floods.
 */
export interface SharingProof {
  readonly objective: "sharing";
  /** The part of each node. */
  readonly parts?: readonly number[];
  /** What floods at each node but outfalls, in order of id; in the file's unit. */
  readonly shares?: readonly number[];
}
