/** The certificate of a plan, from what its engine found: in the file's unit, with nodes in order of id. */
import { bug } from "../errors.js";
import type { StageProof } from "../engines/engine.js";
import { intakeOf, linkFlow } from "../problem/flows.js";
import type { Stage } from "../problem/policy.js";
import type { FlowProblem } from "../problem/problem.js";
import { fromQuanta } from "../units/flow.js";
import type { CertificateStage, ComponentProof } from "./certificate.js";

/**
 * @param proofs one for each stage, in order
 * @param tolerance that plants were evened out with
 */
export function certificateOf(
  problem: FlowProblem,
  stages: readonly Stage[],
  tolerance: number,
  proofs: readonly StageProof[],
): ComponentProof {
  return { stages: stages.map((stage, k) => stageOf(problem, stage, tolerance, proofs[k])) };
}

function stageOf(problem: FlowProblem, stage: Stage, tolerance: number, proof: StageProof): CertificateStage {
  const { ground, network } = problem;
  const out = (quanta: number) => fromQuanta(quanta, network.units.flow);
  if (stage === "sharing" && proof === undefined) return { objective: "sharing" };
  if (proof === undefined || stage === "security") throw bug("a stage left no proof.");
  if ("potentials" in proof) {
    if (typeof stage === "string") throw bug("a stage left another's proof.");
    const { factor, potentials } = proof;
    const base = potentials[ground] ?? 0;
    return {
      objectives: Object.fromEntries(stage),
      factor,
      potentials: Array.from(potentials.subarray(0, ground), (potential) => potential - base),
    };
  }
  const parts = [...proof.parts.subarray(0, ground)];
  const takes = Array.from(proof.takes, out);
  if (stage === "sharing") return { objective: "sharing", parts, shares: takes };
  const { flow } = proof;
  if (!(tolerance > 0) || flow === undefined) return { tolerance, parts, intakes: takes };
  const { links, outfalls, flooding } = problem;
  const flows = [
    ...links.map((part) => linkFlow(part, flow)),
    ...[...outfalls, ...flooding].map((sink) => intakeOf(sink, flow)),
  ];
  return { tolerance, parts, intakes: takes, flows: flows.map(out) };
}
