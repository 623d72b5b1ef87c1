import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dispatch,
  FLOW_UNITS,
  loadNetwork,
  presentPlan,
  type FlowUnit,
  type NetworkFile,
  type Plan,
  type State,
} from "../../src/index.js";
import { QUANTA } from "../support/model.js";
import { instances, type Instance } from "../support/networks.js";
import { ENGINES, runs } from "../support/runs.js";

const deepFreeze = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
};

/** The same figures, to the quantum, in another unit. */
function inUnit({ file, state }: Instance, unit: FlowUnit): Instance {
  const [before, after] = [QUANTA[file.units.flow], QUANTA[unit]];
  const flow = (value: number) => Math.round(value * before) / after;
  const isFlow = (key: string) => ["inflow", "capacity", "minFlow", "target", "reverseCapacity"].includes(key);
  const element = (one: object): object =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]: [string, unknown]) => [key, isFlow(key) ? flow(value as number) : value]),
    );
  const flows = (values: State["inflows"] = {}) =>
    Object.fromEntries(Object.entries(values).map(([id, value]) => [id, flow(value ?? 0)]));
  return {
    file: {
      ...file,
      units: { flow: unit },
      nodes: file.nodes.map(element) as NetworkFile["nodes"],
      links: file.links.map(element) as NetworkFile["links"],
    },
    state: { ...state, inflows: flows(state.inflows), setPoints: flows(state.setPoints) },
  };
}

const rowsOf = (plan: Plan) => [
  ...plan.links.map(({ id, flow }) => [id, flow] as const),
  ...plan.plants.map(({ id, intake }) => [id, intake] as const),
  ...plan.spills.map(({ id, flow }) => [id, flow] as const),
  ...plan.flooding.map(({ id, flow }) => [id, flow] as const),
];

/** A list and another order of it, by a list of keys. */
const shuffled = <T>(list: readonly T[], keys: readonly number[]) =>
  list
    .map((item, i) => ({ item, key: keys[i % keys.length]! + i * 1e-9 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

const keys = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 97, maxLength: 97 });

describe.each(ENGINES)("engine %s", (engine) => {
  const solve = (file: NetworkFile, state: State, tolerance = 0) =>
    dispatch(loadNetwork(file), { state, engine, tolerance });

  test("the unit of the file leaves the plan alone", () => {
    fc.assert(
      fc.property(instances(), fc.constantFrom(...FLOW_UNITS), (instance, unit) => {
        // Files in MGD have a quantum of their own, so that figures would be rounded.
        fc.pre((unit === "MGD") === (instance.file.units.flow === "MGD"));
        const other = inUnit(instance, unit);
        const [plan, same] = [solve(instance.file, instance.state), solve(other.file, other.state)];
        const factor = QUANTA[unit] / QUANTA[instance.file.units.flow];
        expect(same.status).toBe(plan.status);
        const [rows, others] = [rowsOf(plan), rowsOf(same)];
        expect(others.map(([id]) => id)).toEqual(rows.map(([id]) => id));
        rows.forEach(([id, flow], i) => {
          expect(Math.abs(others[i]![1] * factor - flow), id).toBeLessThanOrEqual(1e-9 * Math.abs(flow));
        });
        expect(same.plants.map((plant) => plant.utilisation)).toEqual(plan.plants.map((plant) => plant.utilisation));
        const cost = (one: Plan) => one.objectives.find(({ name }) => name === "cost")!.value;
        expect(cost(same)).toBe(cost(plan));
      }),
      runs(150, engine),
    );
  });

  test("the order of elements in the file never matters", () => {
    fc.assert(
      fc.property(instances(), keys, fc.constantFrom(0, 0.05), ({ file, state }, order, tolerance) => {
        const other = { ...file, nodes: shuffled(file.nodes, order), links: shuffled(file.links, order.slice(1)) };
        const otherState: State = {
          ...state,
          out: [...(state.out ?? [])].reverse(),
          setPoints: Object.fromEntries(Object.entries(state.setPoints ?? {}).reverse()),
        };
        expect(solve(other, otherState, tolerance)).toEqual(solve(file, state, tolerance));
      }),
      runs(150, engine),
    );
  });

  test("the same input gives the same plan, whatever was solved between", () => {
    fc.assert(
      fc.property(instances(), instances(), (one, other) => {
        const plan = solve(one.file, one.state);
        solve(other.file, other.state);
        expect(solve(one.file, one.state)).toEqual(plan);
        const network = loadNetwork(one.file);
        const first = dispatch(network, { state: one.state, engine });
        expect(dispatch(network, { state: one.state, engine })).toEqual(first);
        expect(first).toEqual(plan);
      }),
      runs(80, engine),
    );
  });

  test("a plan survives JSON", () => {
    fc.assert(
      fc.property(instances(), ({ file, state }) => {
        const plan = solve(file, state);
        expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
      }),
      runs(80, engine),
    );
  });

  test("a set point of minus zero is zero", () => {
    const file: NetworkFile = {
      units: { flow: "m3/s" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 0.1 },
        { id: "p", kind: "plant", capacity: 0.2 },
      ],
      links: [{ id: "l", kind: "pump", from: "c", to: "p", capacity: 0.1 }],
    };
    const plan = solve(file, { setPoints: { l: -0 } });
    expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
  });

  test("what is passed in is never changed", () => {
    fc.assert(
      fc.property(instances(), ({ file, state }) => {
        const [frozen, frozenState] = [deepFreeze(structuredClone(file)), deepFreeze(structuredClone(state))];
        const network = loadNetwork(frozen);
        const before = JSON.stringify(network);
        const plan = deepFreeze(dispatch(network, { state: frozenState, engine }));
        const outages = Object.freeze(network.nodes.slice(0, 1).map(({ id }) => id));
        dispatch(network, { state: frozenState, engine, from: plan, outages });
        expect(JSON.stringify(network)).toBe(before);
        expect(frozen).toEqual(file);
        expect(frozenState).toEqual(state);
      }),
      runs(80, engine),
    );
  });

  test("out is out, whichever way it is said", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), ({ file, state }, which) => {
        const elements = [...file.nodes, ...file.links];
        const { id } = elements[which % elements.length]!;
        const network = loadNetwork(file);
        const { out = [], availability = {}, ...rest } = state;
        const plan = dispatch(network, { state: { ...rest, availability, out: [...new Set([...out, id])] }, engine });
        expect(dispatch(network, { state, outages: [id], engine })).toEqual(plan);
        const zero = { ...availability, [id]: 0 };
        expect(dispatch(network, { state: { ...rest, out, availability: zero }, engine })).toEqual(plan);
      }),
      runs(120, engine),
    );
  });

  test("set points from a plan are those of its pumps and gates", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), ({ file, state }, which) => {
        const network = loadNetwork(file);
        const before = dispatch(network, { state, engine });
        const kinds = new Map(file.links.map((link) => [link.id, link.kind]));
        const setPoints = Object.fromEntries([
          ...before.links.filter(({ id }) => kinds.get(id) !== "conduit").map(({ id, flow }) => [id, flow] as const),
          ...Object.entries(state.setPoints ?? {}),
        ]);
        const elements = [...file.nodes, ...file.links];
        const outages = [elements[which % elements.length]!.id];
        expect(dispatch(network, { state, from: before, outages, engine })).toEqual(
          dispatch(network, { state: { ...state, setPoints }, outages, engine }),
        );
      }),
      runs(80, engine),
    );
  });

  test("the present plan holds set points before all else", () => {
    fc.assert(
      fc.property(instances(), ({ file, state: given }) => {
        const network = loadNetwork(file);
        // After a failure it is something else: what happens if nobody acts.
        const { out: _out, availability: _availability, ...state } = given;
        const policy = ["moves", "flooding", "spill", "starved", "surcharge", "balance", "cost", "sharing"] as const;
        const present = presentPlan(network, { state, engine });
        const { moves: _, ...rest } = present;
        expect(dispatch(network, { state, engine, policy })).toMatchObject(rest);
        const moved = (plan: Plan) => plan.objectives.find(({ name }) => name === "moves")!.value as number;
        const total = moved(dispatch(network, { state, engine }));
        expect(moved(present)).toBeLessThanOrEqual(total + 1e-6 * Math.max(1, total));
      }),
      runs(80, engine),
    );
  });
});
