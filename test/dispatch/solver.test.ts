import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkFlow } from "../../src/problem/flows.js";
import { networkEngine } from "../../src/engines/network-engine.js";
import { solver } from "../../src/dispatch/solver.js";
import { fullState } from "../../src/dispatch/state-options.js";
import {
  certify,
  dispatch,
  loadNetwork,
  loadState,
  NetworkError,
  OptionError,
  prepare,
  presentPlan,
} from "../../src/index.js";
import { isFailing } from "../../src/dispatch/component-solver.js";
import type { Network, NetworkFile, Plan, Policy, State } from "../../src/index.js";
import { componentsOf } from "../../src/network/components.js";
import { fromQuanta, MOST_QUANTA, toQuanta } from "../../src/units/flow.js";
import { twin } from "../support/cities.js";
import { runs } from "../support/runs.js";
import { inOneFile, towns } from "../support/towns.js";

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const severity = ["normal", "surcharged", "spilling", "flooding"];

/** What has no price and no weight: an amount of water, which adds up exactly. */
const sums = ["flooding", "starved", "moves"];

describe("a plan of several components", () => {
  test("is made of the plans of each alone", () => {
    fc.assert(
      fc.property(
        towns,
        fc.constantFrom<Policy | undefined>(undefined, undefined, [
          "spill",
          "cost",
          "balance",
          { flooding: 2, moves: 1 },
        ]),
        fc.constantFrom(0, 0, 0.1),
        (list, policy, tolerance) => {
          const { file, state } = inOneFile(list);
          const network = loadNetwork(file);
          const options = { ...(policy && { policy }), tolerance };
          const plan = dispatch(network, { state, ...options });
          const alone = list.map((town) => dispatch(loadNetwork(town.file), { state: town.state, ...options }));
          for (const key of ["plants", "spills"] as const)
            expect(plan[key]).toEqual(alone.flatMap((one): Plan[typeof key][number][] => [...one[key]]).sort(byId));
          expect(severity.indexOf(plan.status)).toBe(Math.max(...alone.map(({ status }) => severity.indexOf(status))));
          for (const { name, value } of plan.objectives) {
            const values = alone.flatMap((one) => one.objectives.filter((objective) => objective.name === name));
            if (name === "balance" || name === "sharing")
              expect(value).toEqual(values.flatMap((one) => one.value).sort((a, b) => b - a));
            else {
              const sum = values.reduce((all, one) => all + (one.value as number), 0);
              if (sums.includes(name)) expect(toQuanta(value, "m3/s")).toBe(toQuanta(sum, "m3/s"));
              else expect(value).toBeCloseTo(sum, 9);
            }
          }
          expect(certify(network, state, plan, options)).toEqual({ valid: true, optimal: true, problems: [] });
        },
      ),
      runs(60),
    );
  });

  test("doesn't depend on the order in which the file has them", () => {
    fc.assert(
      fc.property(towns, (list) => {
        const one = inOneFile(list);
        const other = inOneFile([...list].reverse());
        expect(dispatch(loadNetwork(other.file), { state: other.state })).toEqual(
          dispatch(loadNetwork({ ...one.file, energyPrice: other.file.energyPrice }), { state: one.state }),
        );
      }),
      runs(20),
    );
  });

  test("is the same from whatever was solved before", () => {
    fc.assert(
      fc.property(towns, (list) => {
        const { file, state } = inOneFile(list);
        const network = loadNetwork(file);
        const ready = prepare(network);
        const states: State[] = [state, list[0]!.state, {}, list[1]!.state, { ...state, out: [] }, state];
        for (const now of states) {
          const { certificate: _one, ...warm } = ready.solve({ state: now }).plan("zh");
          const { certificate: _other, ...cold } = dispatch(network, { state: now, language: "zh" });
          expect(warm).toEqual(cold);
        }
      }),
      runs(20),
    );
  });
});

/** The twin districts so many times over. */
function copies(count: number): NetworkFile {
  const { nodes, links, units } = twin();
  return Array.from({ length: count }, (_, i) => i).reduce<NetworkFile>(
    (file, i) => ({
      ...file,
      nodes: [...file.nodes, ...nodes.map((node) => ({ ...node, id: `${node.id}${i}` }))],
      links: [
        ...file.links,
        ...links.map((link) => ({ ...link, id: `${link.id}${i}`, from: `${link.from}${i}`, to: `${link.to}${i}` })),
      ],
    }),
    { units, nodes: [], links: [] },
  );
}

/** A solver, and which components it has solved. */
function counted(network: Network) {
  const solved: string[] = [];
  const ready = solver(network, {}, (problem) => {
    const engine = networkEngine(problem);
    const begin = engine.begin.bind(engine);
    return Object.assign(engine, {
      begin: () => {
        solved.push(problem.network.nodes[0]?.id ?? "");
        begin();
      },
      // Warm starts aren't taken here, so that each solve is counted.
      resume: () => false,
    });
  });
  return {
    ready,
    solve: (state: State) => {
      solved.length = 0;
      const solution = ready.solve(fullState(network, { state }));
      return { solution, solved: [...solved] };
    },
  };
}

test("only components in which something has changed are solved again", () => {
  const { solve } = counted(loadNetwork(copies(3)));
  expect(solve({}).solved).toEqual(["east0", "east1", "east2"]);
  expect(solve({}).solved).toEqual([]);
  expect(solve({ out: ["a1"] }).solved).toEqual(["east1"]);
  expect(solve({ out: ["a1"], setPoints: { lift2: 0.1 } }).solved).toEqual(["east2"]);
  expect(solve({ out: ["a1"], setPoints: { lift2: 0.2 } }).solved).toEqual(["east2"]);
  expect(solve({ out: ["b1"], setPoints: { lift2: 0.2 } }).solved).toEqual(["east1"]);
  expect(solve({ inflows: { north0: 0.4 }, availability: { tie2: 0.5 } }).solved).toEqual(["east0", "east1", "east2"]);
  expect(solve({ inflows: { north0: 0.9 }, availability: { tie2: 0.5 } }).solved).toEqual(["east0"]);
});

test("what is adjusted for one solve has no part in the next", () => {
  const network = loadNetwork(copies(2));
  const { ready } = counted(network);
  const state = fullState(network, { state: { setPoints: { tie0: 0, lift0: 0, lift1: 0.4 } } });
  // A warm start may end with another proof.
  const planNow = () => {
    const { certificate: _proof, ...plan } = ready.solve(state).plan();
    return plan;
  };
  const before = planNow();
  const idle = ready.solve(state, (problem) => {
    problem.capAtSetPoints();
  });
  expect(
    idle
      .plan()
      .links.filter(({ id }) => /^(tie|lift)0/.test(id))
      .map(({ flow }) => flow),
  ).toEqual([0, 0]);
  expect(before.links.find(({ id }) => id === "lift0")?.flow).toBeGreaterThan(0);
  expect(planNow()).toEqual(before);
});

test("the network as a whole has the flow of all its components, as they change", () => {
  fc.assert(
    fc.property(towns, (list) => {
      const { file, state } = inOneFile(list);
      const network = loadNetwork(file);
      const ready = solver(network);
      for (const now of [{}, state, list[0]!.state]) {
        const plan = ready.solve(fullState(network, { state: now })).plan();
        const { problem, flow } = ready;
        expect(problem.links.map((part) => [part.link.id, linkFlow(part, flow)])).toEqual(
          plan.links.map((link) => [link.id, toQuanta(link.flow, "m3/s")]),
        );
        expect(problem.total).toBe(
          flow.reduce((sum, quanta, a) => (problem.head[a] === problem.ground ? sum + quanta : sum), 0),
        );
      }
    }),
    runs(20),
  );
});

test("more inflow in all than adds up exactly is refused, and what comes after is solved", () => {
  const file = copies(2);
  const network = loadNetwork(file);
  const ready = prepare(network);
  const most = 13_000;
  const { certificate: _proof, ...before } = ready.solve().plan();
  expect(() => ready.solve({ state: { inflows: { north0: most, north1: most } } })).toThrow(NetworkError);
  expect(ready.solve({ state: { inflows: { north0: most } } }).status).toBe("flooding");
  expect(ready.solve().plan()).toMatchObject(before);
});

describe("a solution", () => {
  test.each([
    ["of one component", twin()],
    ["of several", copies(2)],
  ])("%s can be read until the next solve, and then throws", (_what, file) => {
    const network = loadNetwork(file);
    const ready = prepare(network);
    const first = ready.solve();
    expect([first.status, first.objective("flooding").value, first.plan().status]).toEqual(["normal", 0, "normal"]);
    const second = ready.solve({ outages: [componentsOf(network)[0]!.links[0]!.id] });
    for (const read of [() => first.status, () => first.objective("flooding"), () => first.plan()]) {
      expect(read).toThrow(OptionError);
      expect(read).toThrow("before the next solve");
    }
    expect(second.status).toBe("flooding");
    // A state that is refused isn't solved.
    expect(() => ready.solve({ outages: ["nothing"] })).toThrow(NetworkError);
    expect(second.plan().status).toBe("flooding");
  });

  test("tells of objectives that don't exist, and of security without outages", () => {
    const solution = prepare(loadNetwork(copies(2))).solve();
    expect(() => solution.objective("spil" as never)).toThrow('no objective "spil"');
    expect(() => solution.objective("security")).toThrow("needs the option secure");
  });
});

describe("several components", () => {
  const pair = (inflow: number): NetworkFile => ({
    units: { flow: "m3/d" },
    nodes: [
      { id: "a", kind: "catchment", inflow },
      { id: "p", kind: "plant", capacity: 1 },
      { id: "b", kind: "catchment", inflow },
      { id: "q", kind: "plant", capacity: 2 },
    ],
    links: [
      { id: "x", kind: "pump", from: "a", to: "p", capacity: 4 },
      { id: "y", kind: "pump", from: "b", to: "q", capacity: 4 },
    ],
  });

  test("are secured together", () => {
    const network = loadNetwork(pair(1));
    const plan = dispatch(network, { secure: ["p", "q"] });
    expect(plan.objectives.find(({ name }) => name === "security")!.value).toBe(1);
    expect(certify(network, {}, plan, { secure: ["p", "q"] }).problems).toEqual([]);
    // With set points to leave, and locks to tell of.
    const state = { setPoints: { x: 2 }, locks: { y: { max: 0.5 } } };
    const moved = dispatch(network, { secure: ["p"], state });
    expect(moved.moves.map(({ id, to }) => [id, to])).toEqual([["x", 1]]);
    expect(moved.locks.map(({ id, flow }) => [id, flow])).toEqual([["y", 0.5]]);
    expect(certify(network, state, moved, { secure: ["p"] }).problems).toEqual([]);
    const policy = ["flooding", "security", "moves"] as const;
    const named = dispatch(network, { secure: ["p"], state, policy });
    expect(named.moves.map(({ id, to }) => [id, to])).toEqual([["x", 1]]);
  });

  test("may hold together what sums are exact for, and no quantum more", () => {
    const half = fromQuanta(MOST_QUANTA / 2, "m3/d");
    const most = loadNetwork(pair(half));
    expect(dispatch(most).status).toBe("flooding");
    const more = { inflows: { a: fromQuanta(MOST_QUANTA / 2 + 1, "m3/d") } };
    expect(() => dispatch(most, { state: more })).toThrow(NetworkError);
  });
});

describe("less than the file says", () => {
  const file = twin();
  const network = loadNetwork({
    ...file,
    links: file.links.map((link) =>
      link.id === "tie" ? { ...link, availability: 0.5 } : link.id === "cso" ? { ...link, availability: 0 } : link,
    ),
  });

  test.each<[State, boolean]>([
    [{}, false],
    [{ out: ["east"] }, true],
    [{ out: ["cso"] }, false],
    [{ out: ["cso", "lift"] }, true],
    [{ availability: { lift: 1 } }, false],
    [{ availability: { lift: 0.9 } }, true],
    [{ availability: { tie: 0.5 } }, false],
    [{ availability: { tie: 0.6 } }, false],
    [{ availability: { tie: 0.4 } }, true],
    [{ availability: { lift: 1, tie: 0.4 } }, true],
  ])("is there in %j: %s", (state, isLess) => {
    expect(isFailing(network, loadState(network, state))).toBe(isLess);
  });

  test("leaves pumps and gates as they are set while nobody acts", () => {
    const city = loadNetwork({
      units: { flow: "m3/d" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 4 },
        { id: "p", kind: "plant", capacity: 9 },
        { id: "q", kind: "plant", capacity: 9 },
      ],
      links: [
        { id: "main", kind: "conduit", from: "c", to: "p", capacity: 9 },
        { id: "lift", kind: "pump", from: "c", to: "q", capacity: 9 },
      ],
    });
    const state = { setPoints: { lift: 1 }, out: ["main"] };
    const present = presentPlan(city, { state });
    expect(present.links.map(({ id, flow }) => [id, flow])).toEqual([
      ["lift", 1],
      ["main", 0],
    ]);
    expect(present.flooding).toEqual([{ id: "c", flow: 3 }]);
    // So the plan is told to save what would flood.
    expect(dispatch(city, { state }).moves.map(({ id, shifts }) => [id, shifts])).toEqual([
      ["lift", [{ from: "c", to: "q", flow: 3 }]],
    ]);
  });
});
