import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WarmStart } from "../../src/engines/warm-start.js";
import { certify, DEFAULT_POLICY, dispatch, loadNetwork, OBJECTIVES, prepare, stateOf } from "../../src/index.js";
import type { Network, NetworkFile, Plan, Policy, State } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";
import { FC_RUNS } from "../support/runs.js";

/** Whether each solve since the last look was resumed. */
function watch(): () => boolean[] {
  const spy = vi.spyOn(WarmStart.prototype, "resume");
  return () => {
    const seen = spy.mock.results.map(({ value }) => value === true);
    spy.mockClear();
    return seen;
  };
}
afterEach(() => {
  vi.restoreAllMocks();
});

/** All of a plan but its proof, of which there may be several. */
const figures = ({ certificate: _proof, ...plan }: Plan) => plan;

function expectBest(network: Network, state: State, warm: Plan, policy: Policy = OBJECTIVES): void {
  expect(figures(warm)).toEqual(figures(dispatch(network, { state, policy })));
  const { optimal, problems } = certify(network, stateOf(network, { state }), warm);
  expect(problems).toEqual([]);
  expect(optimal).toBe(true);
}

describe("a dispatch from the last one", () => {
  test.each<[string, Policy]>([
    ["all objectives", OBJECTIVES],
    ["no sharing", OBJECTIVES.filter((name) => name !== "sharing")],
  ])("is the cold one, and proved, after any change of inflow, availability or outage: %s", (_of, policy) => {
    const look = watch();
    let resumed = 0;
    let solves = 0;
    fc.assert(
      fc.property(
        cityAndState,
        fc.array(fc.tuple(fc.nat(2), fc.nat(), fc.nat(30)), { minLength: 1, maxLength: 25 }),
        ({ file, state }, changes) => {
          const network = loadNetwork(file);
          const catchments = network.nodes.filter((node) => node.kind === "catchment");
          const elements = [...network.nodes, ...network.links];
          const ready = prepare(network, { policy });
          ready.solve({ state });
          let now: State = state;
          for (const [kind, which, figure] of changes) {
            const { id } = elements[which % elements.length]!;
            const catchment = catchments[which % catchments.length]?.id;
            if (kind === 0 && catchment !== undefined)
              now = { ...now, inflows: { ...now.inflows, [catchment]: figure / 10 } };
            else if (kind === 1) now = { ...now, availability: { ...now.availability, [id]: (figure % 11) / 10 } };
            else now = { ...now, out: now.out?.includes(id) === true ? [] : [id] };
            look();
            const warm = ready.solve({ state: now });
            solves++;
            if (look()[0] !== true) continue;
            resumed++;
            expectBest(network, now, warm.plan(), policy);
          }
        },
      ),
      { numRuns: 150 },
    );
    // Little cities of a few plants, with wild changes, are the hardest; even so it isn't a rare thing.
    expect(resumed / solves).toBeGreaterThan(0.4);
  });

  test("is used for a changed inflow and for an outage", () => {
    const look = watch();
    const network = loadNetwork(twin());
    const ready = prepare(network);
    ready.solve();
    for (const state of [{ inflows: { north: 1 } }, { out: ["lift"] }, { availability: { east: 0.5 } }]) {
      look();
      const plan = ready.solve({ state }).plan();
      expect(look()).toEqual([true]);
      expectBest(network, state, plan);
    }
  });

  test("isn't used where set points change what moves cost, nor with a tolerance", () => {
    const look = watch();
    const network = loadNetwork(twin());
    const ready = prepare(network);
    ready.solve();
    ready.solve({ state: { setPoints: { lift: 0.1 } } });
    ready.solve({ state: { setPoints: { lift: 0.2 } } });
    expect(look()).toEqual([false, false, true]);
    const within = prepare(network, { tolerance: 0.1 });
    within.solve();
    within.solve();
    expect(look()).toEqual([false, false]);
  });

  test("levels plants anew that pivots have brought into one part", () => {
    const file: NetworkFile = {
      units: { flow: "m3/s" },
      nodes: [
        { id: "n0", kind: "outfall", weight: 0.5, capacity: 1.3 },
        { id: "n1", kind: "plant", capacity: 0.4, minFlow: 0.2, treatmentCost: 0.6 },
        { id: "n2", kind: "storage", volume: { max: 10 } },
        { id: "n3", kind: "plant", capacity: 2.7, minFlow: 2.2, weight: 0.5, availability: 0.5, treatmentCost: 0.8 },
        { id: "n4", kind: "catchment", inflow: 2.7 },
      ],
      links: [
        { id: "l0", from: "n1", to: "n3", capacity: 0.1, target: 1.7, kind: "pump", energy: 0.05 },
        { id: "l1", from: "n3", to: "n4", capacity: 1.9, target: 0.1, kind: "conduit" },
        { id: "l2", from: "n3", to: "n4", capacity: 0, weight: 3, target: 0.4, kind: "pump", energy: 0.05 },
        { id: "l3", from: "n2", to: "n0", capacity: 1.6, weight: 3, target: 0.5, kind: "conduit" },
        { id: "l4", from: "n3", to: "n4", capacity: 1.7, target: 0, kind: "pump", energy: 0 },
        { id: "l5", from: "n4", to: "n3", capacity: 0.2, target: 0, kind: "gate", reverseCapacity: 0.7 },
        { id: "l6", from: "n3", to: "n2", capacity: 1, target: 1.2, kind: "conduit" },
        { id: "l7", from: "n2", to: "n1", capacity: 1.1, kind: "conduit" },
        { id: "l8", from: "n1", to: "n4", capacity: 0.5, weight: 3, target: 1.7, kind: "conduit" },
        { id: "l9", from: "n4", to: "n0", capacity: 1.3, target: 0.7, kind: "conduit" },
      ],
    };
    const network = loadNetwork(file);
    const ready = prepare(network);
    ready.solve({ state: { out: ["l7"], inflows: { n4: 1.2 } } });
    const now = { out: ["l3"], inflows: { n4: 1.2 } };
    expectBest(network, now, ready.solve({ state: now }).plan());
  });
});

test("is proved where every way to end but the plants was full before", () => {
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "river", kind: "outfall" },
      { id: "town", kind: "catchment", inflow: 2 },
    ],
    links: [
      { id: "sluice", kind: "gate", from: "town", to: "river", capacity: 0.8, target: 0.7 },
      { id: "sewer", kind: "conduit", from: "town", to: "river", capacity: 0.4 },
    ],
  });
  const look = watch();
  const ready = prepare(network);
  const setPoints = { sluice: 0.7 };
  ready.solve({ state: { setPoints, out: ["sluice", "river"] } });
  const now = { setPoints, out: ["river"] };
  const solution = ready.solve({ state: now });
  expect(look()).toEqual([false, true]);
  expectBest(network, now, solution.plan());
});

/** Figures that tell where water goes; to twelve digits, as what plants take is rounded to whole quanta. */
const told = (plan: Plan) =>
  plan.objectives.map(({ name, value }) => [name, [value].flat().map((figure) => figure.toPrecision(12))]);

describe("where water may spill before plants are evened out", () => {
  const policies: readonly Policy[] = [
    DEFAULT_POLICY,
    ["flooding", "balance"],
    ["flooding", "balance", "spill"],
    ["flooding", "cost", "balance"],
    ["flooding", "surcharge", "balance"],
    ["balance"],
  ];
  const plant = fc.record({ capacity: fc.nat(15), weight: fc.constantFrom(1, 1, 2, 0.7) });
  const link = fc.record({
    kind: fc.constantFrom("conduit", "gate", "pump"),
    from: fc.nat(),
    to: fc.nat(),
    capacity: fc.nat(12),
    back: fc.nat(8),
    target: fc.option(fc.nat(8), { nil: undefined }),
    energy: fc.constantFrom(0, 0, 1),
  });
  const change = fc.record({ kind: fc.nat(2), which: fc.nat(), figure: fc.nat(20) });

  test("the solution is the cold one after any change", () => {
    const look = watch();
    let resumed = 0;
    fc.assert(
      fc.property(
        fc.record({
          plants: fc.array(plant, { minLength: 1, maxLength: 5 }),
          inflows: fc.array(fc.nat(14), { minLength: 1, maxLength: 3 }),
          outfall: fc.record({ capacity: fc.option(fc.nat(8), { nil: undefined }), weight: fc.constantFrom(0, 1) }),
          links: fc.array(link, { minLength: 2, maxLength: 18, size: "max" }),
          changes: fc.array(change, { minLength: 2, maxLength: 12, size: "max" }),
          policy: fc.constantFrom(...policies),
        }),
        ({ plants, inflows, outfall, links, changes, policy }) => {
          const nodes: NetworkFile["nodes"] = [
            ...plants.map(({ capacity, weight }, i) => ({
              id: `p${i}`,
              kind: "plant" as const,
              capacity: capacity / 10,
              weight,
            })),
            ...inflows.map((inflow, i) => ({ id: `c${i}`, kind: "catchment" as const, inflow: inflow / 10 })),
          ];
          const ends = [...nodes.map(({ id }) => id), "river"];
          const { capacity, weight } = outfall;
          nodes.push({
            id: "river",
            kind: "outfall",
            weight,
            ...(capacity !== undefined && { capacity: capacity / 10 }),
          });
          const made = links.flatMap((one, i): NetworkFile["links"] => {
            const [from, to] = [ends[one.from % (ends.length - 1)]!, ends[one.to % ends.length]!];
            if (from === to) return [];
            const common = { id: `l${i}`, from, to, capacity: one.capacity / 10, energy: one.energy };
            const target = one.target === undefined ? {} : { target: one.target / 10 };
            if (one.kind !== "gate") return [{ ...common, ...target, kind: one.kind as "pump" }];
            return [{ ...common, ...target, kind: "gate", ...(to !== "river" && { reverseCapacity: one.back / 10 }) }];
          });
          const network = loadNetwork({ units: { flow: "m3/s" }, nodes, links: made });
          const elements = [...network.nodes, ...network.links];
          const ready = prepare(network, { policy });
          ready.solve();
          let now: State = {};
          for (const { kind, which, figure } of changes) {
            const { id } = elements[which % elements.length]!;
            if (kind === 0) now = { ...now, inflows: { ...now.inflows, [`c${which % inflows.length}`]: figure / 10 } };
            else if (kind === 1) now = { ...now, availability: { ...now.availability, [id]: (figure % 11) / 10 } };
            else now = { ...now, out: now.out?.length === 1 ? [] : [id] };
            look();
            const warm = ready.solve({ state: now });
            if (look()[0] !== true) continue;
            resumed++;
            expect(told(warm.plan())).toEqual(told(dispatch(network, { state: now, policy })));
          }
        },
      ),
      { numRuns: 2500 * FC_RUNS },
    );
    expect(resumed).toBeGreaterThan(2000);
  });

  test("a full outfall that costs nothing", () => {
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "p0", kind: "plant", capacity: 0.6 },
        { id: "p3", kind: "plant", capacity: 1.2 },
        { id: "c0", kind: "catchment", inflow: 0.3 },
        { id: "c1", kind: "catchment", inflow: 0.9 },
        { id: "o", kind: "outfall", weight: 0 },
      ],
      links: [
        { id: "l5", kind: "conduit", from: "c0", to: "o", capacity: 1.2 },
        { id: "l7", kind: "gate", from: "c1", to: "p3", capacity: 0.5 },
        { id: "l8", kind: "pump", from: "p3", to: "p0", capacity: 0.6 },
        { id: "l12", kind: "conduit", from: "p0", to: "o", capacity: 1.1, target: 0.1 },
      ],
    });
    const ready = prepare(network);
    ready.solve();
    ready.solve({ state: { out: ["o"] } });
    expectBest(network, {}, ready.solve().plan());
  });
});
