/** Seeded arbitraries of network files with a state each, in several families; small whole figures, so that they shrink to what reads well. */
import fc from "fast-check";
import type { FlowUnit, NetworkFile, State } from "../../src/index.js";

type NodeInput = NetworkFile["nodes"][number];
type LinkInput = NetworkFile["links"][number];

export interface Instance {
  readonly file: NetworkFile;
  readonly state: State;
}

/** What a figure of 1 is written as: some hundred steps of each unit are the inflow of a small town. */
const STEP: Readonly<Record<FlowUnit, (count: number) => number>> = {
  "m3/s": (count) => count / 100,
  "m3/d": (count) => count * 1000,
  "10k m3/d": (count) => count / 10,
  "万m3/d": (count) => count / 10,
  "m3/h": (count) => count * 36,
  "L/s": (count) => count * 10,
  MGD: (count) => count / 4,
};

const node = fc.record({
  kind: fc.constantFrom("junction", "catchment", "catchment", "storage"),
  /** Inflow of a catchment in steps; equal ones are common. */
  inflow: fc.oneof(fc.constantFrom(0, 10, 10, 20), fc.nat(60)),
  /** Which earlier node its sewer leads to. */
  parent: fc.nat(),
  /** Capacity of that sewer over what reaches it, in percent. */
  room: fc.constantFrom(100, 100, 120, 150, 300, 90, 50, 0),
  kindOfLink: fc.constantFrom("conduit", "conduit", "pump", "gate"),
  /** Target over capacity, in percent; none at 0. */
  target: fc.constantFrom(0, 0, 100, 80, 50),
  energy: fc.constantFrom(0, 0.05, 0.05, 0.2),
  weight: fc.constantFrom(1, 1, 2, 0.5, 0),
  availability: fc.constantFrom(1, 1, 1, 1, 1, 1, 0.5, 0.75, 0),
});

const plant = fc.record({
  /** Share of all capacity; equal ones are common. */
  share: fc.constantFrom(1, 1, 2, 3, 0),
  least: fc.constantFrom(0, 0, 50, 90, 100),
  cost: fc.constantFrom(0, 0.3, 0.3, 0.5),
  weight: fc.constantFrom(1, 1, 1, 2, 0.5, 1.25),
  availability: fc.constantFrom(1, 1, 1, 1, 0.5, 0.9, 0),
});

const outfall = fc.record({
  /** Capacity over the mean inflow, in percent; no limit at -1. */
  capacity: fc.constantFrom(-1, -1, 100, 50, 0),
  weight: fc.constantFrom(1, 1, 2, 10, 0.5, 0),
  availability: fc.constantFrom(1, 1, 1, 0.5, 0),
  /** Which nodes overflow to it, and how much of the mean inflow the way takes, in percent. */
  from: fc.array(fc.record({ node: fc.nat(), room: fc.constantFrom(100, 300, 20, 0) }), { minLength: 1, maxLength: 3 }),
});

const tie = fc.record({
  kind: fc.constantFrom("gate", "gate", "pump", "conduit"),
  from: fc.nat(),
  to: fc.nat(),
  /** Twice the same tie, or one there and one back. */
  twin: fc.constantFrom("none", "none", "none", "parallel", "antiparallel"),
  /** Capacities over the mean inflow, in percent. */
  room: fc.constantFrom(50, 50, 100, 200, 25, 0),
  back: fc.constantFrom(0, 50, 50, 100),
  target: fc.constantFrom(0, 0, 100, 80, 40),
  energy: fc.constantFrom(0, 0, 0.05, 0.1),
  weight: fc.constantFrom(1, 1, 3),
  availability: fc.constantFrom(1, 1, 1, 1, 0.5, 0),
});

export interface Size {
  readonly minNodes?: number;
  readonly maxNodes?: number;
}

/**
 * A city of plants, outfalls and sewers that lead to them as trees, with or without ties between, and a state of it.
 * `load` (inflow over plant capacity, percent) makes it easy, near capacity or overloaded.
 */
export function instances({ minNodes = 5, maxNodes = 25 }: Size = {}): fc.Arbitrary<Instance> {
  const few = Math.max(2, Math.round(maxNodes / 6));
  return fc
    .record({
      unit: fc.constantFrom("m3/s", "m3/s", "m3/s", "L/s", "m3/h", "m3/d", "万m3/d", "10k m3/d", "MGD"),
      load: fc.constantFrom(60, 60, 90, 100, 100, 110, 200),
      energyPrice: fc.constantFrom(undefined, 0.5, 2),
      plants: fc.array(plant, { minLength: 1, maxLength: Math.max(4, few) }),
      outfalls: fc.array(outfall, { maxLength: 3 }),
      sewers: fc.array(node, {
        minLength: Math.max(1, minNodes - 4),
        maxLength: Math.max(2, maxNodes - 3 - Math.max(4, few)),
      }),
      // None: trees.
      ties: fc.oneof(
        { weight: 1, arbitrary: fc.constant<Made<typeof tie>[]>([]) },
        { weight: 4, arbitrary: fc.array(tie, { maxLength: Math.max(8, Math.round(maxNodes / 2)), size: "max" }) },
      ),
      setPoints: fc.array(fc.record({ link: fc.nat(), percent: fc.constantFrom(0, 50, 100, 100, 120, -50) }), {
        maxLength: 6,
      }),
      out: fc.oneof(
        { weight: 2, arbitrary: fc.constant<number[]>([]) },
        { weight: 1, arbitrary: fc.array(fc.nat(), { maxLength: 2 }) },
      ),
      now: fc.array(
        fc.record({
          element: fc.nat(),
          availability: fc.constantFrom(1, 0.5, 0),
          percent: fc.constantFrom(100, 0, 150, 300),
        }),
        { maxLength: 3 },
      ),
    })
    .map(city);
}

type Made<A> = A extends fc.Arbitrary<infer T> ? T : never;

interface Parts {
  unit: FlowUnit;
  load: number;
  energyPrice: number | undefined;
  plants: Made<typeof plant>[];
  outfalls: Made<typeof outfall>[];
  sewers: Made<typeof node>[];
  ties: Made<typeof tie>[];
  setPoints: { link: number; percent: number }[];
  out: number[];
  now: { element: number; availability: number; percent: number }[];
}

function city({ unit, load, energyPrice, plants, outfalls, sewers, ties, setPoints, out, now }: Parts): Instance {
  const flow = STEP[unit];
  const share = (percent: number, steps: number) => flow(Math.round((percent * steps) / 100));
  const available = (value: number) => (value === 1 ? {} : { availability: value });

  const inflows = sewers.map((one) => (one.kind === "catchment" ? one.inflow : 0));
  const total = inflows.reduce((sum, inflow) => sum + inflow, 0);
  const mean = Math.max(10, Math.round(total / Math.max(1, plants.length)));
  const shares = Math.max(
    1,
    plants.reduce((sum, one) => sum + one.share, 0),
  );

  const nodes: NodeInput[] = plants.map((one, i) => {
    const capacity = Math.round((one.share * Math.max(10, total) * 100) / shares / load);
    return {
      id: `p${i}`,
      kind: "plant",
      capacity: flow(capacity),
      minFlow: flow(Math.floor((capacity * one.least) / 100)),
      treatmentCost: one.cost,
      weight: one.weight,
      ...available(one.availability),
    };
  });
  const links: LinkInput[] = [];
  const common = (
    id: string,
    from: string,
    to: string,
    capacity: number,
    part: { target: number; energy: number; weight: number; availability: number },
  ) => ({
    id,
    from,
    to,
    capacity: flow(capacity),
    ...(part.target > 0 && { target: share(part.target, capacity) }),
    energy: part.energy,
    weight: part.weight,
    ...available(part.availability),
  });

  // Each sewer node leads to an earlier node: trees with the plants as roots. What reaches it is summed from the leaves.
  const parents = sewers.map((one, i) => one.parent % (plants.length + i));
  const reaching = [...inflows];
  for (let i = sewers.length - 1; i >= 0; i--) {
    const parent = parents[i]! - plants.length;
    if (parent >= 0) reaching[parent]! += reaching[i]!;
  }
  sewers.forEach((one, i) => {
    const id = `n${i}`;
    if (one.kind === "catchment") nodes.push({ id, kind: "catchment", inflow: flow(one.inflow) });
    else if (one.kind === "storage") nodes.push({ id, kind: "storage", volume: { max: 500, initial: 100 } });
    else nodes.push({ id, kind: "junction" });
    const to = nodes[parents[i]!]!.id;
    links.push({
      ...common(`s${i}`, id, to, Math.round((one.room * reaching[i]!) / 100), one),
      kind: one.kindOfLink,
    });
  });
  const starts = nodes.map(({ id }) => id);
  ties.forEach((one, i) => {
    const [from, to] = [starts[one.from % starts.length]!, starts[one.to % starts.length]!];
    if (from === to) return;
    const capacity = Math.round((one.room * mean) / 100);
    const back = one.kind === "gate" && one.back > 0 ? { reverseCapacity: share(one.back, capacity) } : {};
    links.push({ ...common(`t${i}`, from, to, capacity, one), kind: one.kind, ...back });
    if (one.twin === "parallel") links.push({ ...common(`t${i}b`, from, to, capacity, one), kind: "pump" });
    if (one.twin === "antiparallel") links.push({ ...common(`t${i}b`, to, from, capacity, one), kind: "conduit" });
  });
  outfalls.forEach((one, i) => {
    const id = `o${i}`;
    nodes.push({
      id,
      kind: "outfall",
      weight: one.weight,
      ...(one.capacity >= 0 && { capacity: share(one.capacity, mean) }),
      ...available(one.availability),
    });
    one.from.forEach((way, k) => {
      links.push({
        id: `${id}-${k}`,
        kind: k % 2 === 0 ? "conduit" : "gate",
        from: starts[way.node % starts.length]!,
        to: id,
        capacity: share(way.room, mean),
      });
    });
  });

  const elements = [...nodes, ...links];
  const settable = links.filter((link) => link.kind !== "conduit");
  const points = settable.length === 0 ? [] : setPoints;
  const changed = now.map((one) => ({ ...one, on: elements[one.element % elements.length]! }));
  const state: State = {
    inflows: Object.fromEntries(
      changed.flatMap(({ on, percent }) =>
        on.kind === "catchment" ? [[on.id, Math.round(on.inflow * percent) / 100] as const] : [],
      ),
    ),
    availability: Object.fromEntries(
      changed.filter(({ on }) => on.kind !== "catchment").map(({ on, availability }) => [on.id, availability]),
    ),
    out: [...new Set(out.map((which) => elements[which % elements.length]!.id))],
    setPoints: Object.fromEntries(
      points.map(({ link, percent }) => {
        const one = settable[link % settable.length]!;
        const most = percent < 0 ? (one.kind === "gate" ? (one.reverseCapacity ?? 0) : 0) : one.capacity;
        // Not -0, which has a test of its own.
        return [one.id, Math.round(most * percent * 10) / 1000 + 0];
      }),
    ),
  };
  return { file: { units: { flow: unit }, ...(energyPrice !== undefined && { energyPrice }), nodes, links }, state };
}
