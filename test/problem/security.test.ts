import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  certify,
  dispatch,
  loadHighs,
  loadNetwork,
  loadState,
  NetworkError,
  OptionError,
  prepare,
  preventivePlan,
  stateOf,
  type DispatchOptions,
  type NetworkFile,
  type Outage,
  type Plan,
  type Policy,
  type SecureList,
  type State,
} from "../../src/index.js";
import { riskOf } from "../../src/certify/security.js";
import { outagesOf } from "../../src/network/outage.js";
import { FlowProblem } from "../../src/problem/problem.js";
import { Security } from "../../src/problem/security.js";
import { cityAndState, twin } from "../support/cities.js";
import { modelOf } from "../support/model.js";
import { instances, type Instance } from "../support/networks.js";
import { FC_RUNS } from "../support/runs.js";
import { securityOracle, twoWays } from "../support/security-oracle.js";

const valueOf = (plan: Plan, name: string) => plan.objectives.find((objective) => objective.name === name)?.value;
const flowOf = (plan: Plan, id: string) => plan.links.find((link) => link.id === id)?.flow;
const close = (value: unknown, right: number) => {
  expect(value).toBeCloseTo(right, 6);
};

/** Water may go either way, and one is cheaper. */
const fork = (kind: "pump" | "conduit" = "pump"): NetworkFile => {
  const link = (id: string, to: string, energy: number) => ({ id, kind, from: "town", to, capacity: 1, energy });
  return {
    units: { flow: "m3/s" },
    nodes: [
      { id: "town", kind: "catchment", inflow: 1 },
      { id: "east", kind: "plant", capacity: 1 },
      { id: "west", kind: "plant", capacity: 1 },
    ],
    links: [link("a", "east", 0.05), link("b", "west", 0.1)],
  };
};

/** A plant for each of two towns, and a gate between the plants that can carry half a unit either way. */
const pair = (north: number, south: number): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: north },
    { id: "south", kind: "catchment", inflow: south },
    { id: "east", kind: "plant", capacity: 2 },
    { id: "west", kind: "plant", capacity: 2 },
  ],
  links: [
    { id: "a", kind: "conduit", from: "north", to: "east", capacity: 2 },
    { id: "b", kind: "conduit", from: "south", to: "west", capacity: 2 },
    { id: "tie", kind: "gate", from: "east", to: "west", capacity: 0.5, reverseCapacity: 0.5 },
  ],
});

/** Plants with room to spare and ways between them that somebody has to set: here it matters what was set before an outage. */
const tied: fc.Arbitrary<Instance> = fc
  .record({
    plants: fc.array(fc.record({ capacity: fc.integer({ min: 2, max: 9 }), cost: fc.constantFrom(0, 0.2, 0.5) }), {
      minLength: 2,
      maxLength: 4,
    }),
    towns: fc.array(fc.record({ inflow: fc.integer({ min: 1, max: 7 }), to: fc.nat(), isPumped: fc.boolean() }), {
      minLength: 2,
      maxLength: 4,
    }),
    ties: fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        capacity: fc.integer({ min: 1, max: 6 }),
        back: fc.constantFrom(0, 1, 2, 4),
        kind: fc.constantFrom("gate", "gate", "pump", "conduit"),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ plants, towns, ties }) => {
    const plant = (which: number) => `p${which % plants.length}`;
    return {
      file: {
        units: { flow: "m3/s" },
        nodes: [
          ...plants.map(
            ({ capacity, cost }, i) => ({ id: `p${i}`, kind: "plant", capacity, treatmentCost: cost }) as const,
          ),
          ...towns.map(({ inflow }, i) => ({ id: `t${i}`, kind: "catchment", inflow }) as const),
        ],
        links: [
          ...towns.flatMap(({ to, isPumped }, i) =>
            (isPumped ? [0, 1] : [0]).map(
              (k) =>
                ({
                  id: `m${i}-${k}`,
                  kind: isPumped ? "pump" : "conduit",
                  from: `t${i}`,
                  to: plant(to + k),
                  capacity: 8,
                }) as const,
            ),
          ),
          ...ties
            .filter(({ from, to }) => plant(from) !== plant(to))
            .map(({ from, to, capacity, back, kind }, i) => {
              const common = { id: `x${i}`, from: plant(from), to: plant(to), capacity };
              return kind === "gate" ? { ...common, kind, reverseCapacity: back } : { ...common, kind };
            }),
        ],
      },
      state: {},
    };
  });

describe("by hand", () => {
  const cheap: DispatchOptions = { policy: ["flooding", "spill", "cost"] };

  test("water that would all go the cheap way goes both ways", () => {
    const city = loadNetwork(fork());
    expect(flowOf(dispatch(city, cheap), "a")).toBe(1);
    const plan = dispatch(city, { ...cheap, secure: ["east", "west"] });
    close(flowOf(plan, "a"), 0.5);
    close(flowOf(plan, "b"), 0.5);
    expect(plan.objectives.map(({ name }) => name)).toEqual(["flooding", "spill", "security", "cost"]);
    expect(plan.objectives[2]).toMatchObject({ unit: "m3/s" });
    close(valueOf(plan, "security"), 0.5);
    expect(plan.engine).toBe("javascript-lp-solver");
  });

  test("an outage that isn't in the list doesn't count", () => {
    const plan = dispatch(loadNetwork(fork()), { ...cheap, secure: ["east"] });
    close(flowOf(plan, "b"), 1);
    close(valueOf(plan, "security"), 0);
  });

  test("what is lost in part keeps the lesser of what is planned and what is left", () => {
    const city = loadNetwork(fork());
    const plant = dispatch(city, { ...cheap, secure: [{ id: "east", availability: 0.4 }] });
    close(flowOf(plant, "a"), 0.4);
    const pump = dispatch(city, { ...cheap, secure: [{ id: "a", availability: 0.25 }] });
    close(flowOf(pump, "a"), 0.25);
    const both = dispatch(city, { ...cheap, secure: [{ id: "a", availability: 0.25 }, "west"] });
    // a spills max(0, a − 0.25) when it is worn, and all but a when the west plant is out.
    close(flowOf(both, "a"), 0.625);
    close(valueOf(both, "security"), 0.375);
  });

  test("a plant that is held takes in no more after an outage", () => {
    const city = loadNetwork(fork("conduit"));
    const state = { locks: { east: { max: 0.3 } } };
    const secure = ["west"];
    const held = dispatch(city, { ...cheap, secure, state });
    close(valueOf(held, "security"), 0.7);
    expect(certify(city, state, held, { ...cheap, secure }).problems).toEqual([]);
    const pumps = loadNetwork(fork());
    const plan = dispatch(pumps, { ...cheap, secure: ["east", "west"], state });
    // Without west 0.3 at most is treated, without east what goes to west: nothing is gained by sending more than 0.3 to east.
    close(valueOf(plan, "security"), 0.7);
  });

  test("two elements may be lost at once", () => {
    const plan = dispatch(loadNetwork(fork()), { ...cheap, secure: [["east", "west"], "a"] });
    close(valueOf(plan, "security"), 1);
    expect(flowOf(plan, "a")).toBe(1);
  });

  test("conduits find their own way, so nothing needs to be prepared", () => {
    const plan = dispatch(loadNetwork(fork("conduit")), { ...cheap, secure: ["east", "west"] });
    expect(flowOf(plan, "a")).toBe(1);
    expect(valueOf(plan, "security")).toBe(0);
  });

  test("a gate can't stand ready both ways at once", () => {
    const even = loadNetwork(pair(1, 1));
    expect(valueOf(dispatch(even, { secure: ["east", "west"] }), "security")).toBe(1);
    // Towards the west 0.4 keeps the loss of the east plant at 0.6, which is what the loss of the west plant spills anyway.
    const uneven = dispatch(loadNetwork(pair(1, 0.6)), { secure: ["east", "west"] });
    close(valueOf(uneven, "security"), 0.6);
    close(flowOf(uneven, "tie"), 0.4);
    close(flowOf(dispatch(loadNetwork(pair(1, 0.6))), "tie"), 0.2);
    const mirrored = dispatch(loadNetwork(pair(0.6, 1)), { secure: ["east", "west"] });
    close(flowOf(mirrored, "tie"), -0.4);
  });
});

describe("its place", () => {
  const city = loadNetwork(fork());
  const names = (policy: Policy) =>
    dispatch(city, { policy, secure: ["east", "west"] }).objectives.map(({ name }) => name);

  test("is where the policy names it, else after flooding and spill", () => {
    expect(names(["cost", "security"])).toEqual(["cost", "security"]);
    expect(names(["spill", "cost", "flooding", "balance"])).toEqual([
      "spill",
      "cost",
      "flooding",
      "security",
      "balance",
    ]);
    expect(names(["cost", { spill: 1, starved: 2 }, "moves"])).toEqual([
      "cost",
      "spill",
      "starved",
      "security",
      "moves",
    ]);
    expect(names(["cost"])).toEqual(["security", "cost"]);
  });

  test("decides what comes before what", () => {
    const late = dispatch(city, { policy: ["flooding", "cost", "security"], secure: ["east", "west"] });
    expect(flowOf(late, "a")).toBe(1);
    expect(valueOf(late, "security")).toBe(1);
  });
});

test("moves are told of a plan whose policy names security: against the best that needs no outages", () => {
  const city = loadNetwork(fork());
  const options: DispatchOptions = { policy: ["flooding", "spill", "security", "cost"], secure: ["east", "west"] };
  const plan = dispatch(city, { ...options, state: { setPoints: { a: 1, b: 0 } } });
  expect(plan.moves.map(({ id, from, to }) => [id, from, to])).toEqual([
    ["a", 1, 0.5],
    ["b", 0, 0.5],
  ]);
});

describe("what is wrong", () => {
  const city = loadNetwork(twin());
  const secure =
    (list: unknown, more: DispatchOptions = {}) =>
    () =>
      dispatch(city, { ...more, secure: list as SecureList });

  test.each<[what: string, call: () => unknown, message: RegExp]>([
    ["no list", secure("east"), /secure is "east"; it is a list/],
    ["an empty list", secure([]), /secure is an empty list; it is a list of one or more outages/],
    ["an outage of nothing", secure(["east", []]), /secure\[1\] is an empty list/],
    ["no outage", secure([7]), /an outage is 7/],
    ["an outage twice", secure(["east", "tie", { id: "east" }]), /secure\[2\] is the same outage as secure\[0\]/],
    ["a pair twice", secure([["east", "tie"], ["tie", "east"]]), /secure\[1\] is the same outage as secure\[0\]/], // prettier-ignore
    ["the engine network", secure(["east"], { engine: "network" }), /"network" can't secure a plan; leave engine out/],
    ["no list at all", () => dispatch(city, { policy: ["security"] }), /needs the option secure/],
    ["a weight", secure(["east"], { policy: [{ security: 1 } as never] }), /can't be weighed/],
    ["named twice", secure(["east"], { policy: ["security", "security"] }), /occurs twice/],
    ["misspelt", secure(["east"], { policy: ["securty" as never] }), /Did you mean "security"\?/],
    ["a figure that isn't known", () => prepare(city).solve().objective("security"), /needs the option secure/],
  ])("%s", (_what, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  test("a share of all is left by no outage, and is none the less one", () => {
    const plan = dispatch(loadNetwork(fork()), { policy: ["cost"], secure: [{ id: "east", availability: 1 }] });
    expect(valueOf(plan, "security")).toBe(0);
  });

  test.each([
    [["nobody"]],
    [["east", ["west", "west"]]],
    [[{ id: "east", availability: 1.1 }]],
    [[{ id: "east", availability: -0.1 }]],
  ])("is told, if it is one thing alone: %j", (list) => {
    expect(() => dispatch(loadNetwork(pair(1, 1)), { secure: list })).toThrow(NetworkError);
  });

  test("in ids and shares is told all at once", () => {
    const call = secure(["eats", ["west", "west"], { id: "tie", availability: 2 }]);
    expect(call).toThrow(NetworkError);
    expect(call).toThrow(/Did you mean "east"\?/);
    try {
      call();
    } catch (reason) {
      expect((reason as NetworkError).issues.map(({ code, path }) => [code, path])).toEqual([
        ["unknown-id", "secure[0]"],
        ["duplicate-id", "secure[1]"],
        ["value", "secure[2]"],
      ]);
    }
  });
});

describe("certify", () => {
  const city = loadNetwork(pair(1, 0.6));
  const secure = ["east", "west"];
  const plan = dispatch(city, { secure });

  test("recomputes the figure, and proves no optimum", () => {
    expect(certify(city, {}, plan, { secure })).toEqual({ valid: true, optimal: false, problems: [] });
    const other = certify(city, {}, plan, { secure: ["tie"] });
    expect(other.valid).toBe(false);
    expect(other.problems).toEqual([expect.stringMatching(/objective "security" is 0\.6\d*; the flows give 0$/)]);
  });

  test("asks for the outages", () => {
    const { valid, problems } = certify(city, {}, plan);
    expect(valid).toBe(false);
    expect(problems).toEqual([expect.stringMatching(/can't be checked without its outages/)]);
  });
});

describe("the checker's worst risk", () => {
  type Node = NetworkFile["nodes"][number];
  type Link = NetworkFile["links"][number];
  const risk = (nodes: Node[], links: Link[], planned: Record<string, number>, lost: Outage[], state: State = {}) => {
    const city = loadNetwork({ units: { flow: "m3/d" }, nodes, links });
    const quanta = new Map(links.map(({ id }) => [id, Math.round((planned[id] ?? 0) * 1e6)]));
    return riskOf(city, loadState(city, state), quanta, lost) / 1e6;
  };
  const town = (id: string, inflow: number): Node => ({ id, kind: "catchment", inflow });
  const works = (id: string, capacity: number): Node => ({ id, kind: "plant", capacity });
  const main = (id: string, from: string, to: string, capacity = 9): Link => ({
    id,
    kind: "conduit",
    from,
    to,
    capacity,
  });
  const pump = (id: string, from: string, to: string, capacity = 9): Link => ({ id, kind: "pump", from, to, capacity });

  test("is what no main, pump or gate takes to a plant", () => {
    const nodes = [town("c", 5), works("p", 3), works("q", 9)];
    const links = [main("a", "c", "p"), pump("b", "c", "q")];
    expect(risk(nodes, links, { a: 3, b: 2 }, [])).toBe(0);
    // A main takes what comes, a pump what it is set to.
    expect(risk(nodes, links, { a: 0, b: 1 }, [])).toBe(1);
    expect(risk(nodes, links, { a: 0, b: 0 }, [])).toBe(2);
    expect(risk(nodes, links, { a: 3, b: 2 }, ["a"])).toBe(3);
    expect(risk(nodes, links, { a: 3, b: 2 }, ["b"])).toBe(2);
    expect(risk(nodes, links, { a: 3, b: 2 }, ["p"])).toBe(3);
    expect(risk(nodes, links, { a: 3, b: 2 }, ["a", "b"])).toBe(5);
    expect(risk(nodes, [main("a", "c", "p", 1), pump("b", "c", "q", 1)], { a: 1, b: 2 }, [])).toBe(3);
  });

  test("is of the state's inflows, and of what the state leaves", () => {
    const nodes = [town("c", 5), works("p", 9)];
    const links = [main("a", "c", "p", 4), main("b", "c", "p", 2)];
    expect(risk(nodes, links, {}, [])).toBe(0);
    expect(risk(nodes, links, {}, [], { inflows: { c: 8 } })).toBe(2);
    expect(risk(nodes, links, {}, [], { out: ["a"] })).toBe(3);
    expect(risk(nodes, links, {}, [], { availability: { a: 0.5 } })).toBe(1);
    expect(risk(nodes, [{ ...links[0]!, availability: 0.5 }, links[1]!], {}, [])).toBe(1);
    // The lesser of what the state and what the outage leave.
    const left = (availability: number): Outage[] => [{ id: "a", availability }];
    expect(risk(nodes, links, {}, left(0.25), { availability: { a: 0.5 } })).toBe(2);
    expect(risk(nodes, links, {}, left(0.75), { availability: { a: 0.5 } })).toBe(1);
    // Half of three quanta are two.
    const tiny = [town("c", 3e-6), works("p", 9)];
    expect(risk(tiny, [main("a", "c", "p", 3e-6)], {}, [{ id: "a", availability: 0.5 }])).toBe(1e-6);
  });

  test("is of what passes: not through a junction that is out, but through a plant", () => {
    const nodes: Node[] = [town("c", 5), { id: "j", kind: "junction" }, works("q", 9)];
    const links = [main("a", "c", "j"), main("b", "j", "q")];
    expect(risk(nodes, links, {}, [])).toBe(0);
    expect(risk(nodes, links, {}, ["j"])).toBe(5);
    expect(risk(nodes, links, {}, ["c"])).toBe(5);
    expect(risk([town("c", 5), works("j", 2), works("q", 9)], links, {}, ["j"])).toBe(0);
    expect(risk([town("c", 5), works("j", 2), works("q", 9)], links, {}, ["q"])).toBe(3);
    // What leaves at an outfall is lost.
    expect(risk([town("c", 5), { id: "o", kind: "outfall" }], [main("a", "c", "o")], {}, [])).toBe(5);
  });

  test("is of gates the way they are set, as far as they can carry it", () => {
    const nodes = [town("c", 5), works("p", 9)];
    const gate = (from: string, to: string): Link[] => [
      { id: "g", kind: "gate", from, to, capacity: 4, reverseCapacity: 2 },
    ];
    for (const [set, right] of [
      [5, 1],
      [3, 2],
      [0, 5],
      [-1, 5],
    ] as const)
      expect(risk(nodes, gate("c", "p"), { g: set }, [])).toBe(right);
    for (const [set, right] of [
      [1, 5],
      [0, 5],
      [-1, 4],
      [-3, 3],
    ] as const)
      expect(risk(nodes, gate("p", "c"), { g: set }, [])).toBe(right);
    expect(risk(nodes, gate("p", "c"), { g: -3 }, [{ id: "g", availability: 0.5 }])).toBe(4);
  });

  test("takes back what was sent the shortest way where that leaves more for others", () => {
    // c reaches p first; but d has no other way, and c has a longer one to q.
    const nodes: Node[] = [town("c", 3), town("d", 2), works("p", 3), { id: "j", kind: "junction" }, works("q", 9)];
    const links = [main("a", "c", "p"), main("b", "c", "j"), main("on", "j", "q"), main("e", "d", "p")];
    expect(risk(nodes, links, {}, [])).toBe(0);
    expect(risk(nodes, links, {}, ["e"])).toBe(2);
    expect(risk(nodes, links, {}, [{ id: "on", availability: 1 / 9 }])).toBe(1);
  });
});

test("the cut of a gate that is lost in part tells of what is left where more runs through it backwards", () => {
  const city = loadNetwork(pair(1, 1));
  const security = new Security(city, [["west", { id: "tie", availability: 0.4 }]]);
  security.load(stateOf(city));
  const quanta = (flow: number) => Math.round(flow * 86_400e6);
  const planned = [1, 1, -0.5].map(quanta);
  expect(security.risk(0, planned)).toBe(quanta(0.8));
  expect(security.cut(planned)).toEqual({ least: quanta(0.8), ways: [] });
  const less = [1, 1, -0.125].map(quanta);
  expect(security.risk(0, less)).toBe(quanta(0.875));
  expect(security.cut(less)).toEqual({ least: quanta(1), ways: [5] });
});

test("a prepared network gives the plan of each state, whatever came before", () => {
  const city = loadNetwork(twin());
  const options = { secure: ["east", "west", "lift"] };
  const ready = prepare(city, options);
  for (const outages of [[], ["tie"], ["west"], []])
    expect(ready.solve({ outages }).plan()).toEqual(dispatch(city, { ...options, outages }));
});

describe("on random networks", async () => {
  const [oracle, highs] = [await securityOracle(), await loadHighs()];
  const picks = fc.array(
    fc.record({ elements: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }), left: fc.constantFrom(0, 0, 0, 0.5) }),
    { minLength: 1, maxLength: 5 },
  );
  type Picks = { elements: number[]; left: number }[];
  /** Outages that `picks` make of a network, each once. */
  const lossesOf = (file: NetworkFile, picked: Picks) => {
    const plants = file.nodes.filter((node) => node.kind === "plant");
    const all = [...plants, ...plants, ...file.nodes, ...file.links];
    const losses = picked.map(({ elements, left }) =>
      [...new Set(elements.map((which) => all[which % all.length]!.id))].sort().map((id) => ({ id, left })),
    );
    return [...new Map(losses.map((loss) => [JSON.stringify(loss), loss])).values()];
  };

  const families = { tied, cities: cityAndState, sewers: instances({ maxNodes: 14 }) };
  const engines = { "javascript-lp-solver": "javascript-lp-solver", highs } as const;

  test.each([
    ["tied", "javascript-lp-solver", 150],
    ["cities", "javascript-lp-solver", 60],
    ["sewers", "javascript-lp-solver", 60],
    ["tied", "highs", 60],
    ["sewers", "highs", 30],
  ] as const)("the worst risk is that of the whole problem in one program: %s, %s", (family, name, numRuns) => {
    const [made, engine] = [families[family], engines[name]];
    fc.assert(
      fc.property<[Instance, Picks]>(made, picks, ({ file, state }, picked) => {
        const city = loadNetwork(file);
        const model = modelOf(city, state);
        fc.pre(twoWays(model).length <= 4);
        const losses = lossesOf(file, picked);
        const secure = losses.map((loss) => loss.map(({ id, left }) => ({ id, availability: left })));
        const plan = dispatch(city, { state, secure, engine });
        expect(certify(city, stateOf(city, { state }), plan, { secure }).problems).toEqual([]);

        const right = oracle(city, state, losses);
        fc.pre(right !== undefined);
        const found = (valueOf(plan, "security") as number) * model.quantum;
        expect(Math.abs(found - right)).toBeLessThanOrEqual(1e-6 * model.inflow + 1);

        const { unsecured, risks } = preventivePlan(city, { state, secure, engine });
        const worst = (which: "unsecured" | "secured") => Math.max(...risks.map((risk) => risk[which])) * model.quantum;
        expect(worst("secured")).toBe(found);
        expect(worst("unsecured")).toBeGreaterThanOrEqual(right - 1e-6 * model.inflow - 1);
        // What comes before security is as good as without; and all is, where the plan without is secure as it is.
        const isSecure = worst("unsecured") <= right + 1e-9 * model.inflow;
        for (const { name, value } of unsecured.objectives) {
          if (!isSecure && name !== "flooding" && name !== "spill") continue;
          const [mine, theirs] = [[valueOf(plan, name)].flat() as number[], [value].flat()];
          const scale =
            name === "balance" ? 1 : name === "cost" ? Math.max(1, theirs[0]!) : model.inflow / model.quantum;
          mine.forEach((figure, i) => {
            expect(Math.abs(figure - theirs[i]!), name).toBeLessThanOrEqual(1e-6 * scale);
          });
        }
      }),
      { numRuns: numRuns * FC_RUNS },
    );
  });

  test.each([
    ["tied", 100],
    ["cities", 60],
    ["sewers", 60],
  ] as const)(
    "a risk is the checker's, and its cut is met by the plan and by no plan passed: %s",
    (family, numRuns) => {
      let met = 0;
      fc.assert(
        fc.property<[Instance, Picks, number[]]>(
          families[family],
          picks,
          fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 60, maxLength: 60 }),
          ({ file, state }, picked, shares) => {
            const city = loadNetwork(file);
            const full = stateOf(city, { state });
            const lost = lossesOf(file, picked).map((loss) => loss.map(({ id, left }) => ({ id, availability: left })));
            const security = new Security(city, outagesOf(city, lost));
            const { links } = new FlowProblem(city);
            const { links: limits } = modelOf(city, state);
            const limitOf = new Map(limits.map(({ id, low, high }) => [id, { low, high }]));
            const plans = [0, 7, 19].map((from) =>
              links.map(({ link: { id } }, i) => {
                const [share, { low, high }] = [shares[(i + from) % shares.length]! / 10, limitOf.get(id)!];
                return Math.round(share < 0 ? -share * Math.max(low, -1e12) : share * Math.min(high, 1e12));
              }),
            );
            security.load(full);
            for (const [k, outages] of lost.entries()) {
              const risks = plans.map((planned) => security.risk(k, planned));
              for (const [which, planned] of plans.entries()) {
                const byId = new Map(links.map(({ link: { id } }, i) => [id, planned[i]!]));
                expect(security.risk(k, planned)).toBe(riskOf(city, full, byId, outages));
                const { least, ways } = security.cut(planned);
                const told = plans.map((plan) =>
                  ways.reduce((left, way) => left - Math.max(0, (way % 2 === 0 ? 1 : -1) * plan[way >> 1]!), least),
                );
                expect(told[which]).toBe(risks[which]);
                for (const [other, figure] of told.entries()) expect(figure).toBeLessThanOrEqual(risks[other]!);
                if (ways.length > 0) met++;
              }
            }
          },
        ),
        { numRuns: numRuns * FC_RUNS },
      );
      expect(met).toBeGreaterThan(numRuns);
    },
  );

  // What security is kept by are rows of programs, which nothing exact mends afterwards.
  test.each([
    ["tied", 60],
    ["cities", 25],
    ["sewers", 15],
  ] as const)(
    "what was reached stays reached, whatever comes after it and was solved before: %s",
    (family, numRuns) => {
      const policy = ["flooding", "spill", "security", "cost", "moves", "balance", "surcharge"] as const;
      fc.assert(
        fc.property<[Instance, Picks]>(families[family], picks, ({ file, state }, picked) => {
          const city = loadNetwork(file);
          const model = modelOf(city, state);
          fc.pre(twoWays(model).length <= 4);
          const secure = lossesOf(file, picked).map((loss) => loss.map(({ id, left }) => ({ id, availability: left })));
          const options = { policy, secure };
          const plan = dispatch(city, { ...options, state });
          // Programs may send water round to keep a gate open.
          expect(plan.circulation).toEqual([]);
          for (const steps of [3, 4, 5]) {
            const name = policy[steps - 1]!;
            const reached = valueOf(dispatch(city, { policy: policy.slice(0, steps), secure, state }), name) as number;
            const scale = name === "cost" ? Math.max(1, reached) : model.inflow / model.quantum;
            expect(Math.abs((valueOf(plan, name) as number) - reached), name).toBeLessThanOrEqual(1e-6 * scale);
          }
          const ready = prepare(city, options);
          const { id } = file.nodes[0]!;
          for (const now of [state, { ...state, availability: { ...state.availability, [id]: 0 } }, state]) {
            const warm = ready.solve({ state: now }).plan();
            expect(warm).toEqual(now === state ? plan : dispatch(city, { ...options, state: now }));
          }
        }),
        { numRuns: numRuns * FC_RUNS },
      );
    },
  );
});
