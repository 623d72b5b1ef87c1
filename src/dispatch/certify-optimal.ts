/**
 * Proves from a plan's certificate that no better plan exists, in whole numbers, without solving anything. Like `certify`
 * it shares nothing with the engines: it sees links, plants, outfalls and places that flood as edges with a convex cost of
 * their flow, and knows nothing of the arcs that an engine cuts them into.
 *
 * Every edge has a range in which its flow may still lie; at first that is its capacity. A linear stage with potentials π
 * asks of each edge (u to v, with τ = π(u) − π(v)) that its flow is a minimum of cost + τ · flow within the range. If that
 * holds everywhere, the sum of costs over any other flow is no less, because Σ τ · flow is the same for all that balance;
 * and the flows that are as good are just those that stay in the minima, which become the ranges of the next stage. An even
 * stage asks that no edge leads from a part on to a later one with room left, and that the plants of a part are level; it
 * leaves plants the range that the tolerance gives them.
 *
 * Sources: complementary slackness for convex costs, Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 14; Fujishige,
 * Math. Oper. Res. 5 (1980).
 */
import { show } from "../network/issues.js";
import type { CertificateStage, EvenProof, LinearProof } from "./certificate.js";
import type { LinearObjective } from "./policy.js";

/** An edge of the network as a proof sees it. Flows are whole quanta. */
export interface Edge {
  readonly name: string;
  /** Places in the list of nodes; the ground is the place after the last. */
  readonly from: number;
  readonly to: number;
  readonly flow: number;
  least: number;
  most: number;
  /** Cost per flow of each objective: the slope on the interval from each cut to the next, the first from −Infinity. */
  readonly slopes: Readonly<
    Partial<Record<LinearObjective, readonly { readonly from: number; readonly slope: number }[]>>
  >;
  readonly isPlant: boolean;
  /** Place among the plants, if it is one in service, and what its level is measured by. */
  readonly plant?: { readonly place: number; readonly capacity: number; readonly rating: number };
}

/** Costs must be whole once multiplied, up to this share of the dearest. */
const WHOLE = 1e-7;

export interface ProofInput {
  readonly edges: readonly Edge[];
  /** Nodes, the ground not counted. */
  readonly nodes: number;
  /** Number of plants, in service or not. */
  readonly plants: number;
  readonly quanta: (flow: number) => number;
}

/** What is wrong with the proof; nothing where it holds. `ranges` of the edges are narrowed in place. Linear in the network. */
export function faultsInProof(stages: readonly CertificateStage[], input: ProofInput): string[] {
  const faults: string[] = [];
  stages.forEach((stage, k) => {
    const fault = (text: string) => void faults.push(`certificate, stage ${k + 1}: ${text}`);
    if ("potentials" in stage) proveLinear(stage, input, fault);
    else proveEven(stage, input, fault);
  });
  return faults;
}

function proveLinear(
  { objectives, factor, potentials }: LinearProof,
  { edges, nodes }: ProofInput,
  fault: (text: string) => void,
): void {
  if (potentials.length !== nodes || !potentials.every(Number.isSafeInteger)) {
    fault(`there is one whole potential for each of ${nodes} nodes`);
    return;
  }
  const cost = (edge: Edge, at: number) => {
    let sum = 0;
    for (const [name, weight] of Object.entries(objectives) as [LinearObjective, number][]) {
      const pieces = edge.slopes[name] ?? [];
      let slope = 0;
      for (const piece of pieces) if (piece.from <= at) slope = piece.slope;
      sum += weight * slope;
    }
    return sum;
  };
  let dearest = 0;
  let coarsest = 0;
  for (const edge of edges) {
    // Where slopes may change within the range: a piece between two such places has one slope.
    const cuts = new Set([edge.least]);
    for (const name of Object.keys(objectives) as LinearObjective[]) {
      for (const { from } of edge.slopes[name] ?? []) if (from > edge.least && from < edge.most) cuts.add(from);
    }
    const starts = [...cuts].sort((a, b) => a - b);
    const tension = (potentials[edge.from] ?? 0) - (potentials[edge.to] ?? 0);
    let [low, high] = [edge.most, edge.least];
    // Of a convex function the minima are from the last place it falls to, to the first place it rises from.
    let falls = true;
    for (const [i, start] of starts.entries()) {
      const end = starts[i + 1] ?? edge.most;
      if (start === edge.most) break;
      const raw = cost(edge, start) * factor;
      const slope = Math.round(raw) + tension;
      dearest = Math.max(dearest, Math.abs(raw));
      coarsest = Math.max(coarsest, Math.abs(raw - Math.round(raw)));
      if (falls && slope >= 0) {
        low = start;
        falls = false;
      }
      if (slope <= 0) high = end;
    }
    if (low > high) high = low;
    if (edge.flow < low || edge.flow > high)
      fault(`${edge.name} could do better: ${edge.flow} quanta is not from ${low} to ${high}`);
    edge.least = Math.min(edge.flow, Math.max(edge.least, low));
    edge.most = Math.max(edge.flow, Math.min(edge.most, high));
  }
  if (!(coarsest <= WHOLE * dearest)) fault(`costs times the factor ${show(factor)} are not whole`);
}

function proveEven(
  stage: EvenProof,
  { edges, nodes, plants, quanta }: ProofInput,
  fault: (text: string) => void,
): void {
  const { tolerance, parts, intakes, flows } = stage;
  const others = edges.filter((edge) => !edge.isPlant).length;
  if (parts.length !== nodes || intakes.length !== plants || (flows !== undefined && flows.length !== others)) {
    fault("it lists another number of nodes, plants or flows than there are");
    return;
  }
  if (!(tolerance >= 0 && tolerance <= 1) || (flows === undefined && tolerance > 0)) {
    fault(`with a tolerance of ${show(tolerance)}, flows must be given`);
    return;
  }
  // The flow that is even: the plan's own, or with a tolerance one that differs in links and plants.
  let next = 0;
  const even = edges.map((edge) => {
    if (edge.plant !== undefined) return quanta(intakes[edge.plant.place] ?? NaN);
    return edge.isPlant || flows === undefined ? edge.flow : quanta(flows[next++] ?? NaN);
  });
  const left = new Float64Array(nodes + 1);
  // The first part where water could end elsewhere than in a plant.
  let relief = Infinity;
  const members = new Map<number, { edge: Edge; intake: number; plant: NonNullable<Edge["plant"]> }[]>();
  edges.forEach((edge, e) => {
    const flow = even[e] ?? NaN;
    left[edge.from] = (left[edge.from] ?? 0) + flow - edge.flow;
    left[edge.to] = (left[edge.to] ?? 0) - flow + edge.flow;
    if (!(flow >= edge.least && flow <= edge.most)) fault(`the even flow of ${edge.name} is out of its range`);
    const [from, to] = [parts[edge.from], parts[edge.to]];
    if (edge.to === nodes) {
      if (!edge.isPlant && flow < edge.most && from !== undefined) relief = Math.min(relief, from);
    } else if (from !== undefined && to !== undefined) {
      if (from < to && flow !== edge.most) fault(`${edge.name} has room towards lower plants`);
      if (from > to && flow !== edge.least) fault(`${edge.name} brings water towards higher plants`);
    }
    if (edge.plant !== undefined && from !== undefined) {
      const list = members.get(from) ?? [];
      list.push({ edge, intake: flow, plant: edge.plant });
      members.set(from, list);
    }
  });
  if (left.some((off) => off !== 0)) fault("the even flow doesn't balance");

  let above = Infinity;
  for (const [part, list] of [...members].sort(([a], [b]) => a - b)) {
    // The level is that of the plants that no bound holds; a plant at a bound must want to go beyond it.
    const free = list.filter(({ edge, intake }) => intake > edge.least && intake < edge.most);
    const low = list.filter(({ edge, intake }) => intake === edge.least && intake < edge.most);
    const high = list.filter(({ edge, intake }) => intake === edge.most && intake > edge.least);
    // One quantum up or down takes each plant past every other: that is what being level in whole quanta means.
    // From a part water can be led to those before it: there, no plant takes more than it must while another end has room.
    if (part >= relief && free.length + high.length > 0) fault(`the plants of part ${part} could be relieved`);
    const up = Math.min(...[...free, ...low].map(({ intake, plant }) => (intake + 1) / plant.rating));
    const down = Math.max(...[...free, ...high].map(({ intake, plant }) => (intake - 1) / plant.rating));
    if (down > up) fault(`the plants of part ${part} are not level`);
    if (down > above) fault(`part ${part} runs higher than one before it`);
    above = Math.min(above, up);
  }
  for (const edge of edges) {
    // With plants held at their intakes, what leads from higher parts to lower ones can't carry less either, nor what leads back
    // more: between them they carry all there is to carry.
    const [from = -1, to = -1] = [parts[edge.from], parts[edge.to]];
    if (tolerance === 0 && edge.to !== nodes && from !== to && Math.min(from, to) < relief)
      edge.least = edge.most = edge.flow;
    if (edge.plant === undefined) continue;
    const intake = quanta(intakes[edge.plant.place] ?? NaN);
    const reach = Math.floor(tolerance * edge.plant.capacity);
    edge.least = Math.max(edge.least, intake - reach);
    edge.most = Math.min(edge.most, intake + reach);
    if (!(edge.flow >= edge.least && edge.flow <= edge.most))
      fault(`${edge.name} is further from even than the tolerance lets it`);
  }
}
