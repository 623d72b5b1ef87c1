/**
 * What can't be: plans that balance at every node and tell all that follows from their flows honestly, and yet break one bound each.
 * Only the check of that bound stands against them, whether or not they carry a proof.
 */
import { describe, expect, test } from "vitest";
import { certify, dispatch, loadNetwork, stateOf } from "../../src/index.js";
import type { Network, NetworkFile, Plan, State } from "../../src/index.js";
import { bare, retold, type Change } from "../support/retell.js";

type Link = NetworkFile["links"][number];

/** Quanta in a flow of 1. */
const ONE = 1_000_000;

/** Every way doubled, so that water can be shifted from one to the other without a trace in any balance. */
const city = (change: (file: NetworkFile) => void = () => undefined): Network => {
  const link = (id: string, kind: Link["kind"], from: string, to: string, capacity: number): Link => ({
    id,
    kind,
    from,
    to,
    capacity,
  });
  const file: NetworkFile = {
    units: { flow: "m3/d" },
    nodes: [
      { id: "north", kind: "catchment", inflow: 9 },
      { id: "south", kind: "catchment", inflow: 3 },
      { id: "well", kind: "storage", volume: { max: 10 } },
      { id: "east", kind: "plant", capacity: 8, minFlow: 2 },
      { id: "west", kind: "plant", capacity: 10 },
      { id: "brook", kind: "outfall" },
      { id: "river", kind: "outfall", capacity: 2, weight: 2 },
    ],
    links: [
      link("main", "conduit", "north", "east", 10),
      link("twin", "conduit", "north", "east", 4),
      { ...link("tie", "gate", "east", "west", 5), kind: "gate", reverseCapacity: 2 },
      link("lift", "pump", "east", "west", 5),
      link("sluice", "gate", "east", "west", 5),
      link("to-well", "conduit", "north", "well", 5),
      link("from-well", "pump", "well", "west", 5),
      link("sewer", "conduit", "south", "west", 5),
      link("to-river", "gate", "west", "river", 9),
      link("to-brook", "gate", "west", "brook", 9),
      link("past-east", "gate", "east", "brook", 9),
    ],
  };
  change(file);
  return loadNetwork(file);
};

/** Of a plan, changed until it can't be: what is wrong with it, the same with its proof and without. */
function problemsOf(network: Network, given: State, change: (flowOf: (id: string) => number) => Change) {
  const state = stateOf(network, { state: given });
  const plan = dispatch(network, { state });
  expect(certify(network, state, plan).problems).toEqual([]);
  const flows = new Map(plan.links.map(({ id, flow }) => [id, Math.round(flow * ONE)]));
  const changed = retold(
    network,
    state,
    plan,
    change((id) => flows.get(id) ?? NaN),
  );
  const { valid, optimal, problems } = certify(network, state, changed);
  expect(valid).toBe(false);
  expect(optimal).toBe(false);
  expect(certify(network, state, bare(changed))).toEqual({ valid: false, optimal: false, problems });
  return problems;
}

describe("a link carries no more than it can", () => {
  /** Six units go from c to j by `limited` and by a main that is wide enough. Links may lead the other way. */
  const pair = (limited: Pick<Link, "kind" | "from" | "to" | "capacity"> & { reverseCapacity?: number }) =>
    loadNetwork({
      units: { flow: "m3/d" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 6 },
        { id: "j", kind: "junction" },
        { id: "p", kind: "plant", capacity: 9 },
      ],
      links: [
        { id: "limited", ...limited } as Link,
        { id: "wide", kind: "gate", from: "c", to: "j", capacity: 50 },
        { id: "in", kind: "conduit", from: "j", to: "p", capacity: 50 },
      ],
    });
  const forth = { from: "c", to: "j" };
  const back = { from: "j", to: "c" };
  /** `limited` carries so many quanta, and the wide main the rest. */
  const carry = (quanta: number, way: 1 | -1) => (flowOf: (id: string) => number) => {
    const more = quanta - flowOf("limited");
    return { links: { limited: more, wide: -way * more } };
  };

  test.each<[what: string, network: Network, quanta: number]>([
    ["a conduit over its capacity", pair({ kind: "conduit", ...forth, capacity: 3 }), 3 * ONE + 1],
    ["a pump over its capacity", pair({ kind: "pump", ...forth, capacity: 3 }), 3 * ONE + 1],
    ["a gate over its capacity", pair({ kind: "gate", ...forth, capacity: 3 }), 3 * ONE + 1],
    [
      "a two-way gate over its reverse capacity",
      pair({ kind: "gate", ...back, capacity: 9, reverseCapacity: 3 }),
      -3 * ONE - 1,
    ],
    ["a one-way gate backwards", pair({ kind: "gate", ...back, capacity: 9 }), -1],
    ["a pump backwards", pair({ kind: "pump", ...back, capacity: 9 }), -1],
    ["a conduit backwards", pair({ kind: "conduit", ...back, capacity: 9 }), -1],
  ])("%s", (_what, network, quanta) => {
    expect(problemsOf(network, {}, carry(quanta, quanta > 0 ? 1 : -1))).toEqual([
      `link "limited" carries ${quanta / ONE}, out of its bounds`,
    ]);
  });

  test("with what is left of it", () => {
    const half = { availability: { limited: 0.5 } };
    const forwards = pair({ kind: "pump", ...forth, capacity: 4 });
    expect(problemsOf(forwards, half, carry(2 * ONE + 1, 1))).toEqual([
      'link "limited" carries 2.000001, out of its bounds',
    ]);
    const backwards = pair({ kind: "gate", ...back, capacity: 9, reverseCapacity: 2 });
    expect(problemsOf(backwards, half, carry(-ONE - 1, -1))).toEqual([
      'link "limited" carries -1.000001, out of its bounds',
    ]);
  });

  test.each([Number.MAX_VALUE, 1e30])("when it is out, though it has no limit otherwise: %d", (capacity) => {
    const free = pair({ kind: "gate", ...forth, capacity, reverseCapacity: capacity });
    expect(problemsOf(free, { out: ["limited"] }, carry(1, 1))).toEqual([
      'link "limited" carries 0.000001, out of its bounds',
    ]);
    expect(certify(free, {}, dispatch(free))).toEqual({ valid: true, optimal: true, problems: [] });
  });

  test("within a lock", () => {
    const forwards = pair({ kind: "pump", ...forth, capacity: 4 });
    const range = { locks: { limited: { min: 1, max: 2 } } };
    expect(problemsOf(forwards, range, carry(2 * ONE + 1, 1))).toEqual([
      'link "limited" carries 2.000001, out of its bounds',
    ]);
    const backwards = pair({ kind: "gate", ...back, capacity: 9, reverseCapacity: 4 });
    expect(problemsOf(backwards, { locks: { limited: { min: -2, max: -1 } } }, carry(-2 * ONE - 1, -1))).toEqual([
      'link "limited" carries -2.000001, out of its bounds',
    ]);
    // What is held at a flow backwards doesn't run forwards, though it could, nor the other way round.
    const gate = pair({ kind: "gate", ...forth, capacity: 4, reverseCapacity: 4 });
    expect(problemsOf(gate, { locks: { limited: { max: -1 } } }, carry(1, 1))).toContain(
      'link "limited" carries 0.000001, out of its bounds',
    );
  });

  test("when it is out", () => {
    expect(problemsOf(city(), { out: ["twin"] }, () => ({ links: { twin: 1, main: -1 } }))).toEqual([
      'link "twin" carries 0.000001, out of its bounds',
    ]);
  });

  test("when the node it leads to is out", () => {
    // What is led to the well floods there, as it may.
    const found = problemsOf(city(), { out: ["well"] }, () => ({
      links: { main: -1, "to-well": 1 },
      intakes: { east: -1 },
      floods: { well: 1 },
    }));
    expect(found).toEqual(['link "to-well" carries 0.000001, out of its bounds']);
  });

  test("when the node it comes from is out", () => {
    const found = problemsOf(city(), { out: ["south"] }, () => ({
      links: { sewer: 1 },
      intakes: { west: 1 },
      floods: { south: -1 },
    }));
    expect(found).toEqual(['link "sewer" carries 0.000001, out of its bounds']);
  });

  test("nor what doesn't add up any more", () => {
    // Two mains without limit from north to east and back: a circle of more water than sums can tell.
    const network = city((file) => {
      file.links.push({ id: "back", kind: "conduit", from: "east", to: "north", capacity: 1e300 });
      file.links.push({ id: "forth", kind: "conduit", from: "north", to: "east", capacity: 1e300 });
    });
    const quanta = 2 ** 50 + 1;
    const problems = problemsOf(network, {}, () => ({
      links: { forth: 1, main: -1 },
      rounds: { back: quanta, forth: quanta },
    }));
    expect(problems).toEqual(
      ["back", "forth"].map((id) => `link "${id}" can't carry what circulates besides its flow`),
    );
  });
});

describe("a plant takes in no more than it can", () => {
  const full = { inflows: { north: 16, south: 1 } };
  const wide = city((file) => {
    file.links = file.links.map((link) => ({ ...link, capacity: 50 }));
  });

  const toEast = (quanta: number) => () => ({
    intakes: { east: quanta, west: -quanta },
    links: { tie: -quanta },
  });

  test("over its capacity", () => {
    // 17 of 18 are used: east takes 7.555556.
    expect(problemsOf(wide, full, toEast(ONE))).toEqual(['plant "east" takes in 8.555556, out of its bounds']);
  });

  test("less than nothing", () => {
    const alone = { inflows: { north: 3, south: 0 }, out: ["lift", "tie", "sluice", "to-well"] };
    const found = problemsOf(wide, alone, () => ({
      intakes: { west: -1 },
      links: { "to-brook": 1 },
      spills: { brook: 1 },
    }));
    expect(found).toEqual(['plant "west" takes in -0.000001, out of its bounds']);
  });

  test("when it is out, or in part", () => {
    expect(problemsOf(wide, { out: ["east"] }, toEast(1))).toEqual([
      'plant "east" takes in 0.000001, out of its bounds',
    ]);
    const half = { availability: { east: 0.5 }, inflows: { north: 11, south: 3 } };
    expect(problemsOf(wide, half, toEast(1))).toEqual(['plant "east" takes in 4.000001, out of its bounds']);
  });
});

describe("an outfall lets out no more than it can", () => {
  const swapOutfall = (quanta: number) => () => ({
    links: { "to-river": quanta, "to-brook": -quanta },
    spills: { river: quanta, brook: -quanta },
  });
  // Both outfalls are in use: 30 come, 18 are treated, and so much leaves by each way.
  const storm = { inflows: { north: 14, south: 16 } };
  const wide = city((file) => {
    file.links = file.links.map((link): Link => {
      if (link.id === "to-brook") return { ...link, capacity: 11 };
      return { ...link, capacity: 50 };
    });
    file.links = file.links.filter(({ id }) => id !== "past-east");
  });

  test("over its capacity", () => {
    const found = problemsOf(wide, storm, swapOutfall(ONE + 1));
    expect(found).toEqual(['outfall "river" takes 2000001 quanta, out of its bounds']);
  });

  test("with what is left of it", () => {
    const found = problemsOf(wide, { ...storm, availability: { river: 0.5 } }, swapOutfall(1));
    expect(found).toEqual(['outfall "river" takes 1000001 quanta, out of its bounds']);
  });

  test("when it is shut, though it has no limit", () => {
    const found = problemsOf(wide, { out: ["brook"] }, () => ({
      intakes: { west: -1 },
      links: { "to-brook": 1 },
      spills: { brook: 1 },
    }));
    expect(found).toEqual(['outfall "brook" takes 1 quanta, out of its bounds']);
  });
});

describe("flooding", () => {
  test("is nothing that an outfall does", () => {
    const river = loadNetwork({
      units: { flow: "m3/d" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 3 },
        { id: "o", kind: "outfall" },
      ],
      links: [{ id: "out", kind: "conduit", from: "c", to: "o", capacity: 9 }],
    });
    const plan = dispatch(river);
    const forged: Plan = {
      ...plan,
      status: "flooding",
      flooding: [{ id: "o", flow: 0.000001 }],
      spills: [{ id: "o", flow: 2.999999 }],
      objectives: plan.objectives.map((one) => (one.name === "spill" ? { ...one, value: 2.999999 } : one)),
    };
    const told = ['flooding lists "o", which doesn\'t belong there'];
    expect(certify(river, {}, forged).problems).toEqual(told);
    expect(certify(river, {}, bare(forged)).problems).toEqual(told);
  });

  test("is no source", () => {
    const found = problemsOf(city(), {}, () => ({ intakes: { west: 1 }, floods: { west: -1 } }));
    expect(found).toEqual(['flooding lists "west", which doesn\'t flood']);
  });
});
