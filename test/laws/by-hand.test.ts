/** Networks small enough to work out on paper; the arithmetic stands beside each. All in m³/s. */
import { describe, expect, test } from "vitest";
import {
  certify,
  dispatch,
  loadNetwork,
  stateOf,
  type DispatchOptions,
  type NetworkFile,
  type ObjectiveName,
  type Plan,
} from "../../src/index.js";
import { ENGINES } from "../support/runs.js";

type Nodes = NetworkFile["nodes"];
type Links = NetworkFile["links"];

/** As near as a general linear program gets. */
const DIGITS = 6;

function valueOf(plan: Plan, name: ObjectiveName): number | readonly number[] {
  const found = plan.objectives.find((objective) => objective.name === name);
  if (found === undefined) throw new Error(`the plan has no ${name}`);
  return found.value;
}

describe.each(ENGINES)("engine %s", (engine) => {
  const solve = (nodes: Nodes, links: Links, options: DispatchOptions = {}) => {
    const network = loadNetwork({ units: { flow: "m3/s" }, nodes, links });
    const plan = dispatch(network, { engine, ...options });
    const { outages = [], state = {} } = options;
    expect(certify(network, stateOf(network, { state, outages }), plan).problems).toEqual([]);
    return plan;
  };
  const intakes = (plan: Plan) => Object.fromEntries(plan.plants.map(({ id, intake }) => [id, intake]));
  const flows = (plan: Plan) => Object.fromEntries(plan.links.map(({ id, flow }) => [id, flow]));
  const spills = (plan: Plan) => Object.fromEntries(plan.spills.map(({ id, flow }) => [id, flow]));
  const near = (found: Record<string, number>, expected: Record<string, number>) => {
    for (const [id, value] of Object.entries(expected)) expect(found[id], id).toBeCloseTo(value, DIGITS);
  };
  const value = (plan: Plan, name: Exclude<ObjectiveName, "balance">, expected: number, digits = DIGITS) => {
    expect(valueOf(plan, name), name).toBeCloseTo(expected, digits);
  };
  const levels = (plan: Plan, expected: readonly number[]) => {
    const found = valueOf(plan, "balance") as readonly number[];
    expect(found).toHaveLength(expected.length);
    expected.forEach((level, i) => {
      expect(found[i], `balance[${i}]`).toBeCloseTo(level, DIGITS);
    });
  };

  describe("leximin with a bottleneck", () => {
    // 1.2 in the north with plants a and b of 1 each, 0.3 in the south with plant c of 2, and a main of 0.3 between.
    const nodes: Nodes = [
      { id: "north", kind: "catchment", inflow: 1.2 },
      { id: "south", kind: "catchment", inflow: 0.3 },
      { id: "a", kind: "plant", capacity: 1 },
      { id: "b", kind: "plant", capacity: 1 },
      { id: "c", kind: "plant", capacity: 2 },
    ];
    const links = (capacity: number): Links => [
      { id: "to-a", kind: "conduit", from: "north", to: "a", capacity: 5 },
      { id: "to-b", kind: "conduit", from: "north", to: "b", capacity: 5 },
      { id: "main", kind: "conduit", from: "north", to: "south", capacity },
      { id: "to-c", kind: "conduit", from: "south", to: "c", capacity: 5 },
    ];

    test("splits three plants in two groups", () => {
      // All even would be 1.5 ÷ 4 = 0.375, so a + b = 0.75 and 0.45 through the main; it takes 0.3.
      // So a and b share 1.2 − 0.3 = 0.9, 0.45 each; c takes 0.3 + 0.3 = 0.6, which is 0.3 of it.
      const plan = solve(nodes, links(0.3));
      near(intakes(plan), { a: 0.45, b: 0.45, c: 0.6 });
      near(flows(plan), { main: 0.3 });
      levels(plan, [0.45, 0.45, 0.3]);
      expect(plan.status).toBe("normal");
    });

    test("evens out all three where the main is wide enough", () => {
      const plan = solve(nodes, links(0.45));
      near(intakes(plan), { a: 0.375, b: 0.375, c: 0.75 });
      levels(plan, [0.375, 0.375, 0.375]);
    });

    test("doesn't stop at the highest plant", () => {
      // The sewer to a takes no more than 0.2 of it, so b must take 0.9 − 0.2 = 0.7; a still takes all it can, and c is as before.
      const narrow = links(0.3).map((link) => (link.id === "to-a" ? { ...link, capacity: 0.2 } : link));
      levels(solve(nodes, narrow), [0.7, 0.3, 0.2]);
    });

    test("lets a plant of weight 2 run twice as full", () => {
      // u and 2u on a and b, which share 0.9: u = 0.3. c stays at 0.3.
      const weighted = nodes.map((node) => (node.id === "b" ? { ...node, weight: 2 } : node)) as Nodes;
      const plan = solve(weighted, links(0.3));
      near(intakes(plan), { a: 0.3, b: 0.6, c: 0.6 });
      levels(plan, [0.3, 0.3, 0.3]);
    });
  });

  describe("two outfalls of different weight", () => {
    const nodes = (river: number): Nodes => [
      { id: "town", kind: "catchment", inflow: 3 },
      { id: "works", kind: "plant", capacity: 1 },
      { id: "river", kind: "outfall", weight: 10, capacity: river },
      { id: "canal", kind: "outfall", weight: 1, capacity: 1.2 },
    ];
    const links: Links = [
      { id: "in", kind: "conduit", from: "town", to: "works", capacity: 2 },
      { id: "to-river", kind: "conduit", from: "works", to: "river", capacity: 2 },
      { id: "to-canal", kind: "conduit", from: "town", to: "canal", capacity: 2 },
    ];

    test("the light one fills first", () => {
      // 3 − 1 = 2 too much: the canal takes 1.2, the river 0.8. 1 · 1.2 + 10 · 0.8 = 9.2.
      const plan = solve(nodes(5), links);
      near(spills(plan), { canal: 1.2, river: 0.8 });
      value(plan, "spill", 9.2);
      value(plan, "flooding", 0);
      expect(plan.status).toBe("spilling");
    });

    test("what neither takes floods", () => {
      // The river takes 0.5, so 2 − 1.2 − 0.5 = 0.3 is left; it stays in town or comes as far as the works.
      const plan = solve(nodes(0.5), links);
      near(spills(plan), { canal: 1.2, river: 0.5 });
      value(plan, "flooding", 0.3);
      value(plan, "spill", 6.2);
      expect(plan.flooding.reduce((sum, { flow }) => sum + flow, 0)).toBeCloseTo(0.3, DIGITS);
      expect(plan.status).toBe("flooding");
    });

    test("a shut outfall takes nothing", () => {
      // The sewer to the works carries 2, the river takes 1 of them past the works; 1 stays in town.
      const plan = solve(nodes(5), links, { outages: ["canal"] });
      near(spills(plan), { canal: 0, river: 1 });
      value(plan, "flooding", 1);
    });
  });

  describe("least flows", () => {
    test("come before evenness", () => {
      // 1.2 for two plants of 2: even would be 0.6 each, but a needs 1, which leaves 0.2 for b.
      const plan = solve(
        [
          { id: "c", kind: "catchment", inflow: 1.2 },
          { id: "a", kind: "plant", capacity: 2, minFlow: 1 },
          { id: "b", kind: "plant", capacity: 2 },
        ],
        [
          { id: "to-a", kind: "conduit", from: "c", to: "a", capacity: 5 },
          { id: "to-b", kind: "conduit", from: "c", to: "b", capacity: 5 },
        ],
      );
      near(intakes(plan), { a: 1, b: 0.2 });
      value(plan, "starved", 0);
      levels(plan, [0.5, 0.1]);
    });

    test("that can't all be met fall short by the same sum however it is shared, so that plants are even", () => {
      // 1.2 for two plants that need 1 each: 0.8 short in any case.
      const plan = solve(
        [
          { id: "c", kind: "catchment", inflow: 1.2 },
          { id: "a", kind: "plant", capacity: 2, minFlow: 1 },
          { id: "b", kind: "plant", capacity: 2, minFlow: 1 },
        ],
        [
          { id: "to-a", kind: "conduit", from: "c", to: "a", capacity: 5 },
          { id: "to-b", kind: "conduit", from: "c", to: "b", capacity: 5 },
        ],
      );
      near(intakes(plan), { a: 0.6, b: 0.6 });
      value(plan, "starved", 0.8);
    });

    // 1 in town, a plant of 1 that needs 0.6, an outfall.
    const nodes = (weight: number): Nodes => [
      { id: "town", kind: "catchment", inflow: 1 },
      { id: "works", kind: "plant", capacity: 1, minFlow: 0.6 },
      { id: "sea", kind: "outfall", weight },
    ];
    const links: Links = [
      { id: "in", kind: "conduit", from: "town", to: "works", capacity: 2 },
      { id: "out", kind: "conduit", from: "town", to: "sea", capacity: 2 },
    ];

    test("spill comes before them: a plant takes all that would spill", () => {
      const plan = solve(nodes(0.01), links);
      near(intakes(plan), { works: 1 });
      near(spills(plan), { sea: 0 });
    });

    test("a spill that weighs nothing is bounded by them alone", () => {
      // No objective before balance minds a spill of 0.4; any more would starve the plant; any less would raise its level.
      const plan = solve(nodes(0), links);
      near(intakes(plan), { works: 0.6 });
      near(spills(plan), { sea: 0.4 });
      value(plan, "spill", 0);
      value(plan, "starved", 0);
      expect(plan.status).toBe("spilling");
    });

    test("are counted in full where less is available, and not at all where the plant is out", () => {
      // Half of the plant is 0.5, which is 0.1 short of 0.6.
      value(solve(nodes(1), links, { state: { availability: { works: 0.5 } } }), "starved", 0.1);
      value(solve(nodes(1), links, { outages: ["works"] }), "starved", 0);
    });
  });

  describe("order of objectives", () => {
    // 1 in town; plant a is free to reach, b by a pump with a target of 0.3.
    const nodes: Nodes = [
      { id: "town", kind: "catchment", inflow: 1 },
      { id: "a", kind: "plant", capacity: 1, treatmentCost: 0.5 },
      { id: "b", kind: "plant", capacity: 1, treatmentCost: 0.1 },
    ];
    const links: Links = [
      { id: "to-a", kind: "conduit", from: "town", to: "a", capacity: 2 },
      { id: "to-b", kind: "pump", from: "town", to: "b", capacity: 2, target: 0.3, energy: 0.2 },
    ];
    // Per m³/s and hour: 3600 · 0.5 = 1800 at a, 3600 · (0.2 + 0.1) = 1080 at b; b saves 720.

    test("a target comes before evenness", () => {
      // b gets 0.3 and a 0.7: 1800 · 0.7 + 1080 · 0.3 = 1584.
      const plan = solve(nodes, links);
      near(intakes(plan), { a: 0.7, b: 0.3 });
      value(plan, "surcharge", 0);
      value(plan, "cost", 1584, 2);
      expect(plan.status).toBe("normal");
    });

    test("evenness comes first if the policy says so", () => {
      // Half each: 0.2 above the target; 900 + 540 = 1440.
      const plan = solve(nodes, links, { policy: ["flooding", "spill", "balance", "surcharge", "cost"] });
      near(intakes(plan), { a: 0.5, b: 0.5 });
      value(plan, "surcharge", 0.2);
      value(plan, "cost", 1440, 2);
      expect(plan.status).toBe("surcharged");
      expect(plan.objectives.map(({ name }) => name)).toEqual(["flooding", "spill", "balance", "surcharge", "cost"]);
    });

    test("cost comes first if the policy says so", () => {
      // All to b: 1080, and 0.7 above the target.
      const plan = solve(nodes, links, { policy: ["flooding", "spill", "cost", "surcharge", "balance"] });
      near(intakes(plan), { a: 0, b: 1 });
      value(plan, "cost", 1080, 2);
      levels(plan, [1, 0]);
    });

    test("weights decide between cost and targets", () => {
      // 1 m³/s above the target weighs 1000, more than the 720 that b saves; at 500 it weighs less.
      const weigh = (surcharge: number) =>
        solve(nodes, links, { policy: ["flooding", "spill", { cost: 1, surcharge }, "balance"] });
      near(intakes(weigh(1000)), { a: 0.7, b: 0.3 });
      near(intakes(weigh(500)), { a: 0, b: 1 });
      value(weigh(500), "surcharge", 0.7);
    });

    test("nothing is done for an objective that the policy leaves out", () => {
      // Without flooding and spill, plants are emptiest at 0, and all of it floods.
      const plan = solve(nodes, links, { policy: ["balance"] });
      near(intakes(plan), { a: 0, b: 0 });
      expect(plan.status).toBe("flooding");
    });
  });

  test("a two-way gate runs backwards", () => {
    // 0.3 in the east, 0.9 in the west, a plant of 1 each; the gate leads west and takes 0.25 back: 0.55 and 0.65.
    const plan = solve(
      [
        { id: "east", kind: "plant", capacity: 1 },
        { id: "west", kind: "plant", capacity: 1 },
        { id: "ce", kind: "catchment", inflow: 0.3 },
        { id: "cw", kind: "catchment", inflow: 0.9 },
      ],
      [
        { id: "e", kind: "conduit", from: "ce", to: "east", capacity: 2 },
        { id: "w", kind: "conduit", from: "cw", to: "west", capacity: 2 },
        {
          id: "gate",
          kind: "gate",
          from: "east",
          to: "west",
          capacity: 1,
          reverseCapacity: 0.25,
          target: 0.05,
          weight: 0,
        },
      ],
    );
    near(intakes(plan), { east: 0.55, west: 0.65 });
    const gate = plan.links.find(({ id }) => id === "gate")!;
    expect(gate.flow).toBeCloseTo(-0.25, DIGITS);
    expect(gate.utilisation).toBeCloseTo(1, DIGITS);
    expect(gate.aboveTarget).toBeCloseTo(0.2, DIGITS);
    // A target of weight 0 costs nothing, but the main is above it.
    value(plan, "surcharge", 0);
    expect(plan.status).toBe("surcharged");
  });

  describe("tolerance", () => {
    // 1 in town, plants of 1; b is reached by a pump of 0.1 kWh/m³: 360 money per hour and m³/s.
    const nodes: Nodes = [
      { id: "town", kind: "catchment", inflow: 1 },
      { id: "a", kind: "plant", capacity: 1 },
      { id: "b", kind: "plant", capacity: 1 },
    ];
    const links: Links = [
      { id: "to-a", kind: "conduit", from: "town", to: "a", capacity: 2 },
      { id: "to-b", kind: "pump", from: "town", to: "b", capacity: 2, energy: 0.1 },
    ];

    test.each([
      [0, 0.5, 180],
      [0.1, 0.6, 144],
      [0.5, 1, 0],
      [1, 1, 0],
    ])("of %f puts %f into the plant that is free to reach and costs %f", (tolerance, intake, cost) => {
      const plan = solve(nodes, links, { tolerance });
      near(intakes(plan), { a: intake, b: 1 - intake });
      value(plan, "cost", cost, 2);
    });

    test("is counted in each plant's own utilisation", () => {
      // b of 3: even at 0.25, 0.25 and 0.75. 0.1 of b is 0.3, but a may rise by 0.1 alone: to 0.35; b falls to 0.65.
      const larger = nodes.map((node) => (node.id === "b" ? { ...node, capacity: 3 } : node)) as Nodes;
      near(intakes(solve(larger, links, { tolerance: 0.1 })), { a: 0.35, b: 0.65 });
    });
  });

  describe("set points", () => {
    // Two pumps side by side that cost the same.
    const nodes: Nodes = [
      { id: "town", kind: "catchment", inflow: 0.6 },
      { id: "works", kind: "plant", capacity: 1 },
    ];
    const links: Links = [
      { id: "p1", kind: "pump", from: "town", to: "works", capacity: 0.5, energy: 0.1 },
      { id: "p2", kind: "pump", from: "town", to: "works", capacity: 0.5, energy: 0.1 },
      { id: "p3", kind: "pump", from: "town", to: "works", capacity: 0.5, energy: 0.2 },
    ];

    test("are kept among plans that are as good", () => {
      const plan = solve(nodes, links, { state: { setPoints: { p1: 0.2, p2: 0.4 } } });
      near(flows(plan), { p1: 0.2, p2: 0.4, p3: 0 });
      value(plan, "moves", 0);
      expect(plan.moves).toEqual([]);
    });

    test("are left for a cheaper plan, by as little as that takes", () => {
      // p3 costs more: its 0.3 moves over. p1 has 0.1 and p2 0.2 on the books, so 0.3 + 0.3 = 0.6 of moves.
      const plan = solve(nodes, links, { state: { setPoints: { p1: 0.1, p2: 0.2, p3: 0.3 } } });
      near(flows(plan), { p3: 0 });
      value(plan, "moves", 0.6);
      value(plan, "cost", 0.6 * 0.1 * 3600, 2);
    });
  });

  describe("passing on", () => {
    // 1 in town, plant a of 1, and plant b of 1 behind it on a main of 0.3.
    const nodes: Nodes = [
      { id: "town", kind: "catchment", inflow: 1 },
      { id: "a", kind: "plant", capacity: 1 },
      { id: "b", kind: "plant", capacity: 1 },
    ];
    const links: Links = [
      { id: "in", kind: "conduit", from: "town", to: "a", capacity: 2 },
      { id: "on", kind: "conduit", from: "a", to: "b", capacity: 0.3 },
    ];

    test("a plant lets water through to the next", () => {
      near(intakes(solve(nodes, links)), { a: 0.7, b: 0.3 });
    });

    test("also when it is out", () => {
      const plan = solve(nodes, links, { outages: ["a"] });
      near(intakes(plan), { a: 0, b: 0.3 });
      value(plan, "flooding", 0.7);
      levels(plan, [0.3]);
      expect(plan.plants.find(({ id }) => id === "a")).toMatchObject({ available: 0, utilisation: 0 });
    });

    test("a catchment that is out keeps what it has", () => {
      const plan = solve(nodes, links, { outages: ["town"] });
      near(intakes(plan), { a: 0, b: 0 });
      expect(plan.flooding).toEqual([{ id: "town", flow: 1 }]);
    });
  });
});
