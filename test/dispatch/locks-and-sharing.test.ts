/** Locks, who floods, and water that would go round, worked out by hand and held against every engine. */
import { describe, expect, test } from "vitest";
import {
  certify,
  dispatch,
  ENGINE_NAMES,
  explain,
  loadNetwork,
  presentPlan,
  redispatch,
  screenOutages,
} from "../../src/index.js";
import { lockText } from "../../src/plan/lock-report.js";
import type { NetworkFile, Plan, State } from "../../src/index.js";

const flowOf = (plan: Plan, id: string) => plan.links.find((link) => link.id === id)!.flow;
const valueOf = (plan: Plan, name: string) => plan.objectives.find((objective) => objective.name === name)!.value;

/** Two suburbs of 2 and 4 m³/s over a chamber to a plant that takes 3. */
const suburbs = (ids: readonly [string, string], more: object = {}): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: [
    { id: ids[0], kind: "catchment", inflow: 2, ...more },
    { id: ids[1], kind: "catchment", inflow: 4 },
    { id: "chamber", kind: "junction" },
    { id: "works", kind: "plant", capacity: 3 },
  ],
  links: [
    { id: "one", kind: "gate", from: ids[0], to: "chamber", capacity: 4 },
    { id: "two", kind: "gate", from: ids[1], to: "chamber", capacity: 4 },
    { id: "trunk", kind: "conduit", from: "chamber", to: "works", capacity: 3 },
  ],
});

describe.each(ENGINE_NAMES)("engine %s", (engine) => {
  const best = (file: NetworkFile, state = {}) => {
    const network = loadNetwork(file);
    const plan = dispatch(network, { state, engine });
    const told = certify(network, state, plan);
    expect(told.problems).toEqual([]);
    expect(told.optimal).toBe(engine === "network");
    return plan;
  };

  test.each([[["a", "z"] as const], [["z", "a"] as const]])("equal shares flood, whatever the names: %s", (ids) => {
    const plan = best(suburbs(ids));
    const floods = new Map(plan.flooding.map(({ id, flow }) => [id, flow]));
    expect([floods.get(ids[0]), floods.get(ids[1]), floods.size]).toEqual([1, 2, 2]);
    expect(valueOf(plan, "sharing")).toEqual([0.5, 0.5]);
  });

  test("a place that weighs more floods last", () => {
    const plan = best(suburbs(["a", "z"], { floodWeight: 3 }));
    expect(plan.flooding).toEqual([{ id: "z", flow: 3 }]);
    expect(valueOf(plan, "flooding")).toBe(3);
    expect(valueOf(plan, "sharing")).toEqual([0.75, 0]);
  });

  test("a lock is obeyed, and what it costs is told", () => {
    const plan = best(suburbs(["a", "z"]), { locks: { one: 0.5, works: { max: 2.5 } } });
    expect([flowOf(plan, "one"), flowOf(plan, "two"), plan.plants[0]!.intake]).toEqual([0.5, 2, 2.5]);
    const [one, works] = plan.locks;
    expect(one).toMatchObject({ id: "one", min: 0.5, max: 0.5, flow: 0.5, short: 0 });
    // Without it 3.5 of 6 flood, in equal shares; with it 1.5 of 2 and 2 of 4.
    expect(one!.costs.map(({ objective, after }) => [objective, after])).toEqual([["sharing", 0.75]]);
    expect(one!.costs[0]!.before).toBeCloseTo(3.5 / 6, 9);
    expect(works).toMatchObject({ id: "works", max: 2.5, short: 0 });
    expect(works!.costs.find(({ objective }) => objective === "flooding")).toEqual({
      objective: "flooding",
      before: 3,
      after: 3.5,
    });
  });

  test("what is moved less because of a lock is no cost of it", () => {
    // Of the 3 that flood, all are z's without it; with it half are a's, where each weighs 3: z still floods for 0.375 of its inflow.
    const [lock] = best(suburbs(["a", "z"], { floodWeight: 3 }), {
      setPoints: { one: 0.5 },
      locks: { one: 0.5 },
    }).locks;
    expect(lock!.costs).toEqual([
      { objective: "flooding", before: 3, after: 6 },
      { objective: "moves", before: 1.5, after: 0 },
      { objective: "sharing", before: 0, after: 0.375, place: 2 },
    ]);
    expect(lock!.text).toBe(
      "one is held at 0.500 m³/s; it costs: flooding, weighted 6.000 m³/s instead of 3.000 m³/s, 2nd largest share flooded 37.5 % instead of 0.0 %.",
    );
  });

  test("a lock that asks for more than there is can't be obeyed, and says by how much", () => {
    const plan = best(suburbs(["a", "z"]), { locks: { one: { min: 3 } } });
    expect(plan.locks).toMatchObject([{ id: "one", min: 3, flow: 2, short: 1 }]);
    expect(plan.locks[0]!.text).toContain("can't be obeyed");
  });

  test("a gate held backwards", () => {
    const file: NetworkFile = {
      units: { flow: "L/s" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 100 },
        { id: "d", kind: "catchment", inflow: 100 },
        { id: "p", kind: "plant", capacity: 200 },
        { id: "q", kind: "plant", capacity: 200 },
      ],
      links: [
        { id: "in", kind: "conduit", from: "c", to: "p", capacity: 200 },
        { id: "too", kind: "conduit", from: "d", to: "q", capacity: 200 },
        { id: "tie", kind: "gate", from: "c", to: "d", capacity: 50, reverseCapacity: 50 },
      ],
    };
    expect(flowOf(best(file), "tie")).toBe(0);
    const plan = best(file, { locks: { tie: { max: -30 } } });
    expect(flowOf(plan, "tie")).toBe(-30);
    expect(plan.plants.map(({ intake }) => intake)).toEqual([130, 70]);
  });

  /** A main and a pump lead one way, another pump back. */
  const ring: NetworkFile = {
    units: { flow: "m3/h" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 900 },
      { id: "j", kind: "junction" },
      { id: "p", kind: "plant", capacity: 1800 },
    ],
    links: [
      { id: "main", kind: "conduit", from: "c", to: "j", capacity: 5000 },
      { id: "there", kind: "pump", from: "c", to: "j", capacity: 2000 },
      { id: "back", kind: "pump", from: "j", to: "c", capacity: 2000 },
      { id: "inlet", kind: "conduit", from: "j", to: "p", capacity: 3000 },
    ],
  };

  test("what set points would keep going round is stopped", () => {
    const state = { setPoints: { there: 900, back: 700 } };
    const plan = best(ring, state);
    expect([flowOf(plan, "back"), flowOf(plan, "there") + flowOf(plan, "main")]).toEqual([0, 900]);
    expect(plan.moves.find(({ id }) => id === "back")).toMatchObject({ from: 700, to: 0 });
    expect(plan.circulation.find(({ id }) => id === "back")).toEqual({ id: "back", flow: 700 });
    expect(valueOf(plan, "moves")).toBe(0);
    expect(presentPlan(loadNetwork(ring), { state, engine }).links.find(({ id }) => id === "back")!.flow).toBe(0);
  });

  test("but for what a lock keeps going", () => {
    const plan = best(ring, { locks: { back: 400 } });
    expect([flowOf(plan, "back"), flowOf(plan, "there") + flowOf(plan, "main")]).toEqual([400, 1300]);
  });
});

test.each([2, 3, 4, 11, 12, 22, 101])("the place of a plant among the fullest is told: %i", (place) => {
  const network = loadNetwork(suburbs(["a", "z"]));
  const lock = {
    id: "one",
    max: 1,
    flow: 1,
    short: 0,
    costs: [{ objective: "balance", before: 0.5, after: 0.6, place }],
  } as const;
  const ordinals: Record<number, string> = {
    2: "2nd",
    3: "3rd",
    4: "4th",
    11: "11th",
    12: "12th",
    22: "22nd",
    101: "101st",
  };
  expect(lockText(network, lock, "en")).toContain(
    `it costs: ${ordinals[place]} fullest plant 60.0 % instead of 50.0 %.`,
  );
  expect(lockText(network, lock, "zh")).toContain(`代价：第 ${place} 高负荷率由 50.0 % 变为 60.0 %。`);
});

test("what goes round without the plan, and gives way to water that floods, is moved for that", () => {
  // The lift brings 3 while 1 runs back: 2 get through. Without that 3 do, and 1 less floods.
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "town", kind: "catchment", inflow: 5 },
      { id: "fork", kind: "junction" },
      { id: "works", kind: "plant", capacity: 3 },
    ],
    links: [
      { id: "lift", kind: "pump", from: "town", to: "fork", capacity: 3 },
      { id: "back", kind: "pump", from: "fork", to: "town", capacity: 1 },
      { id: "inlet", kind: "conduit", from: "fork", to: "works", capacity: 3 },
    ],
  });
  const state = { setPoints: { lift: 3, back: 1 } };
  const plan = dispatch(network, { state });
  expect(plan.moves).toEqual([
    {
      id: "back",
      from: 1,
      to: 0,
      why: "1.000 m³/s from flooding at town to works",
      shifts: [{ from: "town", to: "works", flow: 1 }],
    },
  ]);
  expect(explain(network, state, plan).flatMap(({ kind, text }) => (kind === "move" ? [text.en] : []))).toEqual([
    "1.000 m³/s goes to works (66.7 % → 100.0 %) instead of flooding at town: set back 1.000 → 0.000.",
  ]);
  // With less to lift the circle is all there is to it.
  const dry = dispatch(network, { state: { ...state, inflows: { town: 2 } } });
  expect(dry.moves.map(({ id, why }) => [id, why])).toEqual([
    ["back", "stops 1.000 m³/s that would go round in a circle"],
    ["lift", "stops 1.000 m³/s that would go round in a circle"],
  ]);
});

test("a state that is given as a file's text or bytes has the same notes", () => {
  const network = loadNetwork(suburbs(["a", "z"]));
  const state = { setPoints: { two: 9 } };
  const { notes } = dispatch(network, { state });
  expect(notes).toMatchObject([{ code: "set-point-clipped", id: "two" }]);
  const text = JSON.stringify(state);
  for (const file of [text, Buffer.from(text), Buffer.from(text, "utf16le")])
    expect(dispatch(network, { state: file as State }).notes).toEqual(notes);
});

test("who explains tells what was stopped, and screening obeys locks", () => {
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 1 },
      { id: "j", kind: "junction" },
      { id: "p", kind: "plant", capacity: 2 },
    ],
    links: [
      { id: "there", kind: "pump", from: "c", to: "j", capacity: 2 },
      { id: "back", kind: "pump", from: "j", to: "c", capacity: 2 },
      { id: "inlet", kind: "gate", from: "j", to: "p", capacity: 3 },
    ],
  });
  const state = { setPoints: { there: 2, back: 1 } };
  const findings = explain(network, state, dispatch(network, { state }));
  expect(findings.filter(({ kind }) => kind === "move").map(({ text }) => text.en)).toContainEqual(
    expect.stringContaining("go round in circles"),
  );
  const [held] = screenOutages(network, { state: { locks: { inlet: { max: 0.4 } } }, elements: ["back"] });
  expect(held!.objectives[0]).toMatchObject({ name: "flooding", value: 0.6 });
});

describe("what a lock costs is told of the whole network", () => {
  /** 2 of 3 m³/s can be treated here, and 1 of 2 elsewhere; the gate could take the rest to a second plant. */
  const file: NetworkFile = {
    units: { flow: "m3/s" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 3 },
      { id: "p", kind: "plant", capacity: 2 },
      { id: "q", kind: "plant", capacity: 4 },
      { id: "village", kind: "catchment", inflow: 2 },
      { id: "ponds", kind: "plant", capacity: 1 },
    ],
    links: [
      { id: "main", kind: "conduit", from: "c", to: "p", capacity: 2 },
      { id: "gate", kind: "gate", from: "c", to: "q", capacity: 4 },
      { id: "brook", kind: "conduit", from: "village", to: "ponds", capacity: 2 },
    ],
  };

  test("where it is one component of several", () => {
    const network = loadNetwork(file);
    const state = { locks: { gate: { max: 0.5 } } };
    const plan = dispatch(network, { state });
    expect(plan.locks[0]!.costs).toMatchObject([
      { objective: "flooding", before: 1, after: 1.5 },
      // The fullest is at the ponds either way; what stands next to it is p, full instead of half so.
      { objective: "balance", before: 0.5, after: 1 },
      { objective: "sharing", before: 0, after: 0.5 / 3 },
    ]);
    expect(certify(network, state, plan)).toEqual({ valid: true, optimal: true, problems: [] });
  });

  test("and while nobody acts against nobody acting without it", () => {
    const network = loadNetwork(file);
    const state = { setPoints: { gate: 1 }, locks: { gate: { max: 0.5 } } };
    const { idle } = redispatch(network, dispatch(network), { state, outages: ["p"] });
    // Of 3 m³/s the gate takes its set point of 1 without the lock, not all of it.
    expect(idle.locks[0]!.costs[0]).toEqual({ objective: "flooding", before: 3, after: 3.5 });
    expect(presentPlan(network, { state, outages: ["p"] }).locks).toEqual(idle.locks);
  });
});
