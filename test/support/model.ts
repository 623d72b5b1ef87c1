/**
 * The dispatch problem read from its definition, for tests: whole quanta, every rule of availability and outage in
 * one place, and the objectives' values of any flow. Shares nothing with `src/` but the types of the input.
 */
import type { FlowUnit, Network, NetworkFile, ObjectiveName, Plan, State } from "../../src/index.js";

/** Quanta in one of each unit: mL/d, and in files in MGD 10⁻⁹ MGD. */
export const QUANTA: Readonly<Record<FlowUnit, number>> = {
  "m3/s": 86_400 * 1e6,
  "m3/d": 1e6,
  "10k m3/d": 1e10,
  "万m3/d": 1e10,
  "m3/h": 24 * 1e6,
  "L/s": 86_400 * 1e3,
  MGD: 1e9,
};

/** Quanta of a file in `unit` in one m³/s. A gallon is 3.785411784 L. */
export const perM3s = (unit: FlowUnit) => QUANTA["m3/s"] / (unit === "MGD" ? 3.785411784 : 1);

export interface ModelNode {
  readonly id: string;
  readonly inflow: number;
  readonly canFlood: boolean;
  readonly floodWeight: number;
}
export interface ModelLink {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Least flow: minus the reverse capacity. */
  readonly low: number;
  readonly high: number;
  readonly target: number;
  readonly weight: number;
  /** Money per m³. */
  readonly price: number;
  readonly setPoint: number | undefined;
}
export interface ModelPlant {
  readonly id: string;
  readonly node: number;
  readonly capacity: number;
  /** Least flow; 0 for a plant that is out. */
  readonly least: number;
  readonly price: number;
  readonly weight: number;
}
export interface ModelOutfall {
  readonly id: string;
  readonly node: number;
  readonly capacity: number;
  readonly weight: number;
}
export interface Model {
  readonly quantum: number;
  /** Quanta in one m³/s. */
  readonly perM3s: number;
  readonly nodes: readonly ModelNode[];
  readonly links: readonly ModelLink[];
  readonly plants: readonly ModelPlant[];
  readonly outfalls: readonly ModelOutfall[];
  readonly inflow: number;
}

/** Share of an element that can be used in a state. */
export function shareIn(state: State): (element: { id: string; availability?: number | undefined }) => number {
  const out = new Set(state.out ?? []);
  const now = new Map(Object.entries(state.availability ?? {}));
  return (element) => (out.has(element.id) ? 0 : (now.get(element.id) ?? element.availability ?? 1));
}

export function modelOf(network: Network | NetworkFile, state: State = {}): Model {
  const quantum = QUANTA[network.units.flow];
  const quanta = (flow: number) => Math.round(flow * quantum);
  const share = shareIn(state);
  const scaled = (flow: number, by: number) => Math.round(quanta(flow) * by);

  const inflows = new Map(Object.entries(state.inflows ?? {}));
  const points = new Map(Object.entries(state.setPoints ?? {}));
  const index = new Map(network.nodes.map((node, i) => [node.id, i]));
  const isShut = network.nodes.map((node) => node.kind !== "plant" && node.kind !== "outfall" && share(node) === 0);
  const nodes = network.nodes.map((node) => ({
    id: node.id,
    inflow: node.kind === "catchment" ? quanta(inflows.get(node.id) ?? node.inflow) : 0,
    canFlood: node.kind !== "outfall",
    floodWeight: node.kind === "outfall" ? 1 : (node.floodWeight ?? 1),
  }));
  const links = network.links.map((link): ModelLink => {
    const [from, to] = [index.get(link.from)!, index.get(link.to)!];
    const by = isShut[from] === true || isShut[to] === true ? 0 : share(link);
    const point = points.get(link.id);
    return {
      id: link.id,
      from,
      to,
      low: link.kind === "gate" ? 0 - scaled(link.reverseCapacity ?? 0, by) : 0,
      high: scaled(link.capacity, by),
      target: link.target === undefined ? Infinity : quanta(link.target),
      weight: link.weight ?? 1,
      price: (link.energy ?? 0) * (network.energyPrice ?? 1),
      setPoint:
        point === undefined
          ? undefined
          : Math.max(
              link.kind === "gate" ? 0 - quanta(link.reverseCapacity ?? 0) : 0,
              Math.min(quanta(point), quanta(link.capacity)),
            ),
    };
  });
  const plants = network.nodes.flatMap((node, i): ModelPlant[] => {
    if (node.kind !== "plant") return [];
    const by = share(node);
    return [
      {
        id: node.id,
        node: i,
        capacity: scaled(node.capacity, by),
        least: by > 0 ? quanta(node.minFlow ?? 0) : 0,
        price: node.treatmentCost ?? 0,
        weight: node.weight ?? 1,
      },
    ];
  });
  const outfalls = network.nodes.flatMap((node, i): ModelOutfall[] => {
    if (node.kind !== "outfall") return [];
    const by = share(node);
    const capacity = by === 0 ? 0 : node.capacity === undefined ? Infinity : scaled(node.capacity, by);
    return [{ id: node.id, node: i, capacity, weight: node.weight ?? 1 }];
  });
  const inflow = nodes.reduce((sum, node) => sum + node.inflow, 0);
  return { quantum, perM3s: perM3s(network.units.flow), nodes, links, plants, outfalls, inflow };
}

/** A flow: quanta per link, plant, outfall and (flooding) node, in the model's order. */
export interface Flow {
  readonly links: readonly number[];
  readonly plants: readonly number[];
  readonly outfalls: readonly number[];
  readonly flooding: readonly number[];
  /** Per link: what set points would keep going round, and isn't in its flow. */
  readonly circulation: readonly number[];
}

/** The flow that meets set points as nearly as can be, what goes round included. */
export const withCirculation = (flow: Flow): Flow => ({
  ...flow,
  links: flow.links.map((quanta, i) => quanta + flow.circulation[i]!),
});

/** A plan's flow in the model's order. NaN for whatever the plan doesn't list. */
export function flowOf(model: Model, plan: Plan): Flow {
  const quanta = (rows: readonly (readonly [string, number])[]) =>
    new Map(rows.map(([id, flow]) => [id, flow * model.quantum]));
  const whole = (rows: ReadonlyMap<string, number>, id: string, missing = NaN) => Math.round(rows.get(id) ?? missing);
  const links = quanta(plan.links.map((row) => [row.id, row.flow]));
  const plants = quanta(plan.plants.map((row) => [row.id, row.intake]));
  const outfalls = quanta(plan.spills.map((row) => [row.id, row.flow]));
  const flooding = quanta(plan.flooding.map((row) => [row.id, row.flow]));
  const circulation = quanta(plan.circulation.map((row) => [row.id, row.flow]));
  return {
    links: model.links.map(({ id }) => whole(links, id)),
    plants: model.plants.map(({ id }) => whole(plants, id)),
    outfalls: model.outfalls.map(({ id }) => whole(outfalls, id)),
    flooding: model.nodes.map(({ id }) => whole(flooding, id, 0)),
    circulation: model.links.map(({ id }) => whole(circulation, id, 0)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export type LinearName = Exclude<ObjectiveName, "balance" | "sharing">;

/** Flows in m³/s, cost in money per hour: what weights of a policy refer to. */
export function valueOf(model: Model, flow: Flow, name: LinearName | "security"): number {
  switch (name) {
    case "flooding":
      return sum(model.nodes.map((node, i) => node.floodWeight * flow.flooding[i]!)) / model.perM3s;
    case "spill":
      return sum(model.outfalls.map((end, i) => end.weight * flow.outfalls[i]!)) / model.perM3s;
    case "starved":
      return sum(model.plants.map((plant, i) => Math.max(0, plant.least - flow.plants[i]!))) / model.perM3s;
    case "surcharge":
      return (
        sum(model.links.map((link, i) => link.weight * Math.max(0, Math.abs(flow.links[i]!) - link.target))) /
        model.perM3s
      );
    case "cost":
      return (
        (3600 / model.perM3s) *
        (sum(model.links.map((link, i) => link.price * Math.abs(flow.links[i]!))) +
          sum(model.plants.map((plant, i) => plant.price * flow.plants[i]!)))
      );
    case "moves":
      return (
        sum(
          model.links.map((link, i) =>
            link.setPoint === undefined ? 0 : Math.abs(flow.links[i]! + flow.circulation[i]! - link.setPoint),
          ),
        ) / model.perM3s
      );
    case "security":
      throw new Error("security isn't a matter of the flow alone");
  }
}

/** Utilisation ÷ weight of the plants that can take water, in the model's order. */
export function levelsOf(model: Model, flow: Flow): number[] {
  return model.plants.flatMap((plant, i) =>
    plant.capacity > 0 ? [flow.plants[i]! / plant.capacity / plant.weight] : [],
  );
}

/** What floods ÷ inflow at the nodes that have one, in the model's order. */
export function sharesOf(model: Model, flow: Flow): number[] {
  return model.nodes.flatMap((node, i) => (node.inflow > 0 ? [flow.flooding[i]! / node.inflow] : []));
}
