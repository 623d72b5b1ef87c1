/**
 * Plans that can be and tell of themselves honestly, and yet aren't the best: each worse by a quantum in one objective, as good in
 * those before it. And proofs that are wrong in one thing. Without a proof nothing is wrong with such a plan; with one, the check of
 * that objective refuses it and no other.
 */
import { describe, expect, test } from "vitest";
import { certify, DEFAULT_POLICY, dispatch, loadNetwork, stateOf } from "../../src/index.js";
import type {
  CertificateStage,
  EvenProof,
  Network,
  NetworkFile,
  ObjectiveName,
  Plan,
  Policy,
  State,
} from "../../src/index.js";
import { bare, retold, type Change } from "../support/retell.js";

type Link = NetworkFile["links"][number];
type Node = NetworkFile["nodes"][number];

const ONE = 1_000_000;

/** A network in m³/d from links as texts: "main: north > east 10". */
function network(nodes: Node[], links: readonly string[], more: Readonly<Record<string, Partial<Link>>> = {}): Network {
  return loadNetwork({
    units: { flow: "m3/d" },
    nodes,
    links: links.map((text) => {
      const [id = "", from = "", to = "", capacity = ""] = text.split(/: | > | /);
      return { id, kind: "conduit", from, to, capacity: Number(capacity), ...more[id] };
    }),
  });
}

/** The plan with the stages of its proof changed. */
function withProof(plan: Plan, change: (stage: CertificateStage) => CertificateStage): Plan {
  const stages = plan.certificate!.components[0]!.stages.map((stage) => change(stage));
  return { ...plan, certificate: { components: [{ stages }] } };
}

/** The plan with its proof of evenness changed. */
const withEven = (plan: Plan, change: (stage: EvenProof) => Partial<EvenProof>): Plan =>
  withProof(plan, (stage) => ("intakes" in stage ? { ...stage, ...change(stage) } : stage));

/** What is wrong with a changed plan under the proof of the best; bare, there is nothing wrong with it. */
function refusals(city: Network, given: State, policy: Policy, change: Change): readonly string[] {
  const state = stateOf(city, { state: given });
  const best = dispatch(city, { state, policy });
  expect(certify(city, state, best)).toEqual({ valid: true, optimal: true, problems: [] });
  const worse = retold(city, state, best, change);
  expect(certify(city, state, bare(worse))).toEqual({ valid: true, optimal: false, problems: [] });
  const { valid, optimal, problems } = certify(city, state, worse, { policy });
  expect([valid, optimal]).toEqual([false, false]);
  return problems;
}

describe("a plan that is worse by a quantum", () => {
  const two: Node[] = [
    { id: "c", kind: "catchment", inflow: 4 },
    { id: "p", kind: "plant", capacity: 9 },
    { id: "q", kind: "plant", capacity: 9 },
  ];
  const apart = ["a: c > p 9", "b: c > q 9"];
  const shift = (quanta: number): Change => ({
    links: { a: quanta, b: -quanta },
    intakes: { p: quanta, q: -quanta },
  });
  const twins = ["a: c > j 9", "b: c > j 9", "in: j > p 9"];
  const one: Node[] = [
    { id: "c", kind: "catchment", inflow: 4 },
    { id: "j", kind: "junction" },
    { id: "p", kind: "plant", capacity: 9 },
  ];
  const swap = (quanta: number): Change => ({ links: { a: quanta, b: -quanta } });
  const back: Partial<Link> = { kind: "gate", reverseCapacity: 9 };
  /** Water goes backwards through a and b: they lead from the plant's side. */
  const reversed = ["a: j > c 9", "b: j > c 9", "in: j > p 9"];

  test.each<[what: string, city: Network, state: State, objective: ObjectiveName, change: Change]>([
    ["in flooding", network(two, apart), {}, "flooding", { links: { a: -1 }, intakes: { p: -1 }, floods: { c: 1 } }],
    [
      "in spill, where a plant has room",
      network([...two, { id: "o", kind: "outfall" }], [...apart, "d: c > o 9"]),
      {},
      "spill",
      { links: { a: -1, d: 1 }, intakes: { p: -1 }, spills: { o: 1 } },
    ],
    [
      "in spill, by weight",
      network(
        [
          { id: "c", kind: "catchment", inflow: 4 },
          { id: "o", kind: "outfall", weight: 1 },
          { id: "x", kind: "outfall", weight: 1.5 },
        ],
        ["d: c > o 9", "e: c > x 9"],
      ),
      {},
      "spill",
      { links: { d: -1, e: 1 }, spills: { o: -1, x: 1 } },
    ],
    [
      "in starved",
      network([two[0]!, { ...two[1]!, minFlow: 3 } as Node, two[2]!], apart),
      { inflows: { c: 3 } },
      "starved",
      shift(-1),
    ],
    ["in surcharge", network(one, twins, { a: { target: 3 }, b: { target: 1 } }), {}, "surcharge", swap(1)],
    [
      "in surcharge, by weight",
      network(one, twins, { a: { target: 0, weight: 2 }, b: { target: 0, weight: 1.9 } }),
      {},
      "surcharge",
      swap(1),
    ],
    [
      "in surcharge, backwards",
      network(one, reversed, { a: { ...back, target: 3 }, b: { ...back, target: 1 } }),
      {},
      "surcharge",
      swap(-1),
    ],
    [
      "in cost of pumping",
      network(one, twins, { a: { kind: "pump", energy: 0.07 }, b: { kind: "pump", energy: 0.06 } }),
      {},
      "cost",
      swap(1),
    ],
    [
      "in cost of pumping, backwards",
      network(one, reversed, { a: { ...back, energy: 0.07 }, b: { ...back, energy: 0.06 } }),
      {},
      "cost",
      swap(-1),
    ],
    [
      "in moves, up",
      network(one, twins, { a: { kind: "pump" }, b: { kind: "pump" } }),
      { setPoints: { a: 1, b: 3 } },
      "moves",
      swap(1),
    ],
    [
      "in moves, backwards",
      network(one, reversed, { a: back, b: back }),
      { setPoints: { a: -1, b: -3 } },
      "moves",
      swap(1),
    ],
  ])("%s", (_what, city, state, objective, change) => {
    const stage = DEFAULT_POLICY.indexOf(objective);
    const refusal = new RegExp(`^certificate, stage ${stage + 1}: .* could do better: `);
    const problems = refusals(city, state, DEFAULT_POLICY.slice(0, stage + 1), change);
    for (const text of problems) expect(text).toMatch(refusal);
    // By the whole policy it is refused at that objective first.
    expect(refusals(city, state, DEFAULT_POLICY, change)[0]).toMatch(refusal);
  });

  test("in cost of treatment, within the tolerance", () => {
    const city = network(
      [two[0]!, { ...two[1]!, treatmentCost: 0.5 } as Node, { ...two[2]!, treatmentCost: 0.4 } as Node],
      apart,
    );
    const best = dispatch(city, { tolerance: 0.1 });
    expect(best.plants.map(({ intake }) => intake)).toEqual([1.1, 2.9]);
    const worse = retold(city, {}, best, shift(1));
    const { problems } = certify(city, {}, worse);
    expect(problems.length).toBeGreaterThan(0);
    for (const text of problems) expect(text).toMatch(/^certificate, stage 6: plant "." could do better: /);
    expect(certify(city, {}, retold(city, {}, best, shift(-1))).problems.slice(0, 2)).toEqual([
      'certificate, stage 5: plant "p" is further from even than the tolerance lets it',
      'certificate, stage 5: plant "q" is further from even than the tolerance lets it',
    ]);
  });
});

describe("a proof of least sums", () => {
  // Nothing can flow at j: any potential of it will do.
  const city = network(
    [
      { id: "c", kind: "catchment", inflow: 4 },
      { id: "j", kind: "junction" },
      { id: "p", kind: "plant", capacity: 9 },
    ],
    ["in: c > p 9", "shut: j > p 0"],
  );
  const plan = dispatch(city, { policy: ["flooding", "spill"] });
  const problemsOf = (potentials: readonly number[]) =>
    certify(
      city,
      {},
      withProof(plan, (stage) =>
        "potentials" in stage && "spill" in stage.objectives ? { ...stage, potentials } : stage,
      ),
    ).problems;

  test.each([0, 2 ** 50])("takes whole potentials that add up exactly: %d", (potential) => {
    expect(problemsOf([0, potential, 0])).toEqual([]);
  });

  test.each([[[0, 2 ** 50 + 1, 0]], [[0, -(2 ** 50) - 1, 0]], [[0, 0.5, 0]], [[0, 0]], [[0, 0, 0, 0]]])(
    "refuses other ones: %j",
    (potentials) => {
      expect(problemsOf(potentials)).toEqual([
        "certificate, stage 2: there is one whole potential for each of 3 nodes",
      ]);
    },
  );

  test("cuts costs wherever one of several objectives changes its price, in whatever order", () => {
    const mains = network(
      [
        { id: "c", kind: "catchment", inflow: 6 },
        { id: "j", kind: "junction" },
        { id: "p", kind: "plant", capacity: 9 },
      ],
      ["a: c > j 9", "b: c > j 9", "in: j > p 9"],
      { a: { kind: "pump", target: 4 }, b: { kind: "pump", energy: 1 } },
    );
    const state = { setPoints: { a: 1 } };
    for (const policy of [
      [{ surcharge: 1, moves: 1e-3, cost: 1e-4 }],
      [{ moves: 1e-3, surcharge: 1, cost: 1e-4 }],
    ] as Policy[]) {
      const best = dispatch(mains, { state, policy: ["flooding", ...policy] });
      expect(best.links.find(({ id }) => id === "a")!.flow).toBe(4);
      expect(certify(mains, stateOf(mains, { state }), best)).toEqual({ valid: true, optimal: true, problems: [] });
    }
  });
});

describe("a proof that plants are even", () => {
  const policy: Policy = ["flooding", "balance"];
  // Two districts; the tie is full, so east runs higher. Water may go round by either of two ties.
  const city = network(
    [
      { id: "north", kind: "catchment", inflow: 8 },
      { id: "south", kind: "catchment", inflow: 2 },
      { id: "east", kind: "plant", capacity: 10 },
      { id: "west", kind: "plant", capacity: 10 },
      { id: "west-too", kind: "plant", capacity: 10 },
    ],
    [
      "main: north > east 10",
      "main-too: north > east 1",
      "sewer: south > west 10",
      "tie: east > west 1",
      "tie-too: east > west 1",
      "back: west > east 10",
      "on: west > west-too 10",
      "on-too: west > west-too 1",
    ],
  );
  const plan = dispatch(city, { policy });
  const loose = dispatch(city, { policy: [...policy, "cost"], tolerance: 0.1 });
  const stage = "certificate, stage 2: ";
  const problemsOf = (changed: Plan, of = city) => certify(of, {}, changed).problems;

  test("holds as it is", () => {
    expect(plan.plants.map(({ intake }) => intake)).toEqual([6, 2, 2]);
    expect(problemsOf(plan)).toEqual([]);
    expect(problemsOf(loose)).toEqual([]);
  });

  test.each<[what: string, of: Plan, change: (stage: EvenProof) => Partial<EvenProof>, problem: string]>([
    ["a part more", plan, ({ parts }) => ({ parts: [...parts, 0] }), "it lists another number"],
    ["an intake less", plan, ({ intakes }) => ({ intakes: intakes.slice(1) }), "it lists another number"],
    ["a flow less", loose, ({ flows }) => ({ flows: flows!.slice(1) }), "it lists another number"],
    ["a tolerance below 0", plan, () => ({ tolerance: -0.1 }), "the tolerance is -0.1"],
    ["a tolerance above 1", loose, () => ({ tolerance: 1.1 }), "the tolerance is 1.1"],
    ["a tolerance without flows", plan, () => ({ tolerance: 0.1 }), "with a tolerance of 0.1, flows must be given"],
    ["flows without a tolerance", loose, () => ({ tolerance: 0 }), "with a tolerance of 0, flows must not be given"],
    [
      "an even flow over a capacity",
      loose,
      ({ flows }) => ({ flows: shifted(flows!, { main: -2, "main-too": 2 }) }),
      'the even flow of link "main-too" is out of its range',
    ],
    [
      "an even flow backwards",
      loose,
      ({ flows }) => ({ flows: shifted(flows!, { on: 2, "on-too": -2 }) }),
      'the even flow of link "on-too" is out of its range',
    ],
    [
      "an even flow that comes from nowhere",
      loose,
      ({ flows }) => ({ flows: shifted(flows!, { on: 1e-6 }) }),
      "the even flow doesn't balance",
    ],
    [
      "an even intake that comes from nowhere",
      loose,
      ({ intakes }) => ({ intakes: intakes.map((intake, i) => intake + (i === intakes.length - 1 ? 1e-6 : 0)) }),
      "the even flow doesn't balance",
    ],
  ])("refuses %s", (_what, of, change, problem) => {
    const problems = problemsOf(withEven(of, change));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(stage + problem);
  });

  /** Flows in the order of ids with some changed. */
  function shifted(flows: readonly number[], by: Readonly<Record<string, number>>): number[] {
    const ids = city.links.map(({ id }) => id).sort();
    return flows.map((flow, i) => flow + (by[ids[i] ?? ""] ?? 0));
  }

  test("refuses a main with room towards lower plants", () => {
    // A quantum stays at east that the tie could carry.
    const worse = retold(city, {}, plan, { links: { tie: -1, on: -1 }, intakes: { east: 1, "west-too": -1 } });
    const even = withEven(worse, () => ({ intakes: worse.plants.map(({ intake }) => intake) }));
    expect(problemsOf(bare(even))).toEqual([]);
    expect(problemsOf(even)).toEqual([`${stage}link "tie" has room towards lower sinks`]);
  });

  test("refuses water that is brought back to higher plants", () => {
    const worse = retold(city, {}, plan, { links: { back: 1, on: -1 }, intakes: { east: 1, "west-too": -1 } });
    const even = withEven(worse, () => ({ intakes: worse.plants.map(({ intake }) => intake) }));
    // Which goes round, as the tie is full, and is refused for that.
    expect(problemsOf(even)).toEqual(['water goes round in a circle by "east", "west"']);
  });

  test("refuses water that is brought back where nothing leads on", () => {
    const oneWay = network(
      [
        { id: "north", kind: "catchment", inflow: 8 },
        { id: "south", kind: "catchment", inflow: 2 },
        { id: "east", kind: "plant", capacity: 10 },
        { id: "west", kind: "plant", capacity: 10 },
      ],
      ["main: north > east 10", "sewer: south > west 10", "back: west > east 10"],
    );
    const best = dispatch(oneWay, { policy });
    expect(problemsOf(best, oneWay)).toEqual([]);
    const worse = retold(oneWay, {}, best, { links: { back: 1 }, intakes: { east: 1, west: -1 } });
    const even = withEven(worse, () => ({ intakes: worse.plants.map(({ intake }) => intake) }));
    expect(problemsOf(bare(even), oneWay)).toEqual([]);
    expect(problemsOf(even, oneWay)).toEqual([`${stage}link "back" brings water towards higher sinks`]);
  });

  test("refuses an intake beyond all figures, and doesn't throw", () => {
    for (const huge of [1e300, -1e300]) {
      const problems = problemsOf(withEven(plan, ({ intakes }) => ({ intakes: [huge, ...intakes.slice(1)] })));
      expect(problems[0]).toBe(`${stage}the even flow of plant "east" is out of its range`);
    }
  });

  test("refuses plants of a part that differ by three quanta, where one must be more by one", () => {
    const odd = network(
      [
        { id: "c", kind: "catchment", inflow: 4.000001 },
        { id: "p", kind: "plant", capacity: 9 },
        { id: "q", kind: "plant", capacity: 9 },
      ],
      ["a: c > p 9", "b: c > q 9"],
    );
    const best = dispatch(odd, { policy });
    const toP = 2 * ONE - Math.round(best.plants[0]!.intake * ONE);
    const unlevel = (more: number) => {
      const by = toP + more;
      const changed = retold(odd, {}, best, { links: { a: by, b: -by }, intakes: { p: by, q: -by } });
      return problemsOf(
        withEven(changed, () => ({ intakes: changed.plants.map(({ intake }) => intake) })),
        odd,
      );
    };
    // So many quanta more at p than at q: −1, 1, 3, −3.
    expect(unlevel(0)).toEqual([]);
    expect(unlevel(1)).toEqual([]);
    expect(unlevel(2)).toEqual([`${stage}the sinks of part 0 are not level`]);
    expect(unlevel(-1)).toEqual([`${stage}the sinks of part 0 are not level`]);
  });

  test("refuses plants of a part that differ by two quanta and more", () => {
    const unlevel = (quanta: number) => {
      const worse = retold(city, {}, plan, { links: { on: quanta }, intakes: { west: -quanta, "west-too": quanta } });
      return withEven(worse, () => ({ intakes: worse.plants.map(({ intake }) => intake) }));
    };
    expect(problemsOf(unlevel(1))).toEqual([]);
    expect(problemsOf(unlevel(2))).toEqual([`${stage}the sinks of part 1 are not level`]);
    expect(problemsOf(unlevel(-2))).toEqual([`${stage}the sinks of part 1 are not level`]);
  });

  test("refuses a part that runs higher than one before it", () => {
    // Nothing joins the two: either order of the parts would do but for their levels.
    const apart = network(
      [
        { id: "a", kind: "catchment", inflow: 3 },
        { id: "b", kind: "catchment", inflow: 2 },
        { id: "p", kind: "plant", capacity: 10 },
        { id: "q", kind: "plant", capacity: 10 },
      ],
      ["in: a > p 10", "too: b > q 10", "shut: p > q 0"],
    );
    const best = dispatch(apart, { policy });
    const stages = best.certificate!.components[0]!.stages.find((one) => "parts" in one)!;
    expect(stages).toMatchObject({ parts: [0, 1, 0, 1] });
    expect(problemsOf(best, apart)).toEqual([]);
    expect(
      problemsOf(
        withEven(best, ({ parts }) => ({ parts: parts.map((part) => 1 - part) })),
        apart,
      ),
    ).toEqual([`${stage}part 1 runs higher than one before it`]);
  });

  test("refuses a part that runs higher than one before it, whatever a tiny plant does in between", () => {
    // One quantum would fill the tiny plant: it may stand before any other.
    const apart = network(
      [
        { id: "a", kind: "catchment", inflow: 5 },
        { id: "b", kind: "junction" },
        { id: "c", kind: "catchment", inflow: 6 },
        { id: "p", kind: "plant", capacity: 10 },
        { id: "q", kind: "plant", capacity: 1 / ONE },
        { id: "r", kind: "plant", capacity: 10 },
      ],
      ["in-a: a > p 10", "in-b: b > q 10", "in-c: c > r 10", "shut: p > q 0", "shut-too: q > r 0"],
    );
    const best = dispatch(apart, { policy });
    const ordered = (a: number, b: number, c: number) =>
      problemsOf(
        withEven(best, () => ({ parts: [a, b, c, a, b, c] })),
        apart,
      );
    expect(ordered(1, 2, 0)).toEqual([]);
    expect(ordered(2, 1, 0)).toEqual([]);
    expect(ordered(2, 0, 1)).toEqual([]);
    expect(ordered(0, 1, 2)).toEqual([`${stage}part 2 runs higher than one before it`]);
    expect(ordered(1, 0, 2)).toEqual([`${stage}part 2 runs higher than one before it`]);
    expect(ordered(0, 2, 1)).toEqual([`${stage}part 1 runs higher than one before it`]);
  });

  test("holds with any tolerance up to all of it", () => {
    const free = dispatch(city, { policy: [...policy, "cost"], tolerance: 1 });
    expect(certify(city, {}, free)).toEqual({ valid: true, optimal: true, problems: [] });
  });

  test("refuses plants that another end could relieve", () => {
    const free = network(
      [
        { id: "c", kind: "catchment", inflow: 3 },
        { id: "p", kind: "plant", capacity: 10 },
        { id: "o", kind: "outfall" },
      ],
      ["in: c > p 10", "out: c > o 10"],
    );
    const best = dispatch(free, { policy: ["balance"] });
    expect(best.plants[0]!.intake).toBe(0);
    const end = best.spills[0]!.flow > 0 ? { spills: { o: -1 }, links: { in: 1, out: -1 } } : undefined;
    const worse = retold(free, {}, best, { ...(end ?? { floods: { c: -1 }, links: { in: 1 } }), intakes: { p: 1 } });
    const even = withEven(worse, () => ({ intakes: [1 / ONE] }));
    expect(problemsOf(bare(even), free)).toEqual([]);
    expect(problemsOf(even, free)).toEqual(["certificate, stage 1: the sinks of part 0 could be relieved"]);
  });

  test("holds mains between parts at what they carry, but not beyond the part where another end has room", () => {
    // The river takes all. A pump lifts a unit to the brook for nothing: that it is full is no law, as either outfall would do.
    const rivers = network(
      [
        { id: "a", kind: "catchment", inflow: 3 },
        { id: "brook", kind: "outfall" },
        { id: "river", kind: "outfall" },
      ],
      ["down: a > river 5", "lift: a > brook 1"],
      { lift: { kind: "pump", energy: 1 } },
    );
    const best = dispatch(rivers, { policy: ["flooding", "balance", "cost"] });
    expect(best.links.map(({ flow }) => flow)).toEqual([3, 0]);
    const worse = retold(rivers, {}, best, { links: { down: -ONE, lift: ONE }, spills: { river: -ONE, brook: ONE } });
    const forged = withEven(worse, () => ({ parts: [0, 1, 0] }));
    expect(problemsOf(bare(forged), rivers)).toEqual([]);
    const problems = problemsOf(forged, rivers);
    expect(problems.length).toBeGreaterThan(0);
    for (const text of problems) expect(text).toMatch(/^certificate, stage 3: .* could do better: /);
  });

  test("lets mains between parts change where a tolerance lets the plants", () => {
    // Two plants apart by a full tie; the tolerance lets the cheap one take more, and so the tie less.
    const tied = network(
      [
        { id: "a", kind: "catchment", inflow: 6 },
        { id: "p", kind: "plant", capacity: 10, treatmentCost: 1 },
        { id: "q", kind: "plant", capacity: 10, treatmentCost: 2 },
      ],
      ["in: a > p 10", "tie: p > q 1"],
    );
    const best = dispatch(tied, { policy: ["flooding", "balance", "cost"], tolerance: 0.05 });
    expect(best.plants.map(({ intake }) => intake)).toEqual([5.5, 0.5]);
    const worse = retold(tied, {}, best, { links: { tie: ONE / 2 }, intakes: { p: -ONE / 2, q: ONE / 2 } });
    expect(problemsOf(bare(worse), tied)).toEqual([]);
    const problems = problemsOf(worse, tied);
    expect(problems.length).toBeGreaterThan(0);
    for (const text of problems) expect(text).toMatch(/^certificate, stage 3: .* could do better: /);
  });

  test("asks of mains between parts what it asks of all, where a tolerance lets them change", () => {
    // By these potentials either plant does as well with more as with less, and the tie better with less.
    const tied = network(
      [
        { id: "a", kind: "catchment", inflow: 6 },
        { id: "p", kind: "plant", capacity: 10, treatmentCost: 1 },
        { id: "q", kind: "plant", capacity: 10, treatmentCost: 2 },
      ],
      ["in: a > p 10", "tie: p > q 1"],
    );
    const best = dispatch(tied, { policy: ["flooding", "balance", "cost"], tolerance: 0.05 });
    const worse = retold(tied, {}, best, { links: { tie: ONE / 2 }, intakes: { p: -ONE / 2, q: ONE / 2 } });
    const forged = withProof(worse, (one) =>
      "potentials" in one && "cost" in one.objectives ? { ...one, factor: 1, potentials: [-3600, -3600, -7200] } : one,
    );
    expect(problemsOf(forged, tied)).toEqual([
      'certificate, stage 3: link "tie" could do better: 1000000 quanta is not from 0 to 0',
    ]);
  });

  test("holds a full main that leads on to where another end has room", () => {
    const relieved = network(
      [
        { id: "a", kind: "catchment", inflow: 3 },
        { id: "b", kind: "junction" },
        { id: "p", kind: "plant", capacity: 10 },
        { id: "river", kind: "outfall" },
      ],
      ["in: a > p 10", "lift: a > b 1", "out: b > river 5"],
      { lift: { kind: "pump", energy: 1 } },
    );
    const best = dispatch(relieved, { policy: ["flooding", "balance", "cost"] });
    expect(best.plants[0]!.intake).toBe(2);
    expect(certify(relieved, {}, best)).toEqual({ valid: true, optimal: true, problems: [] });
  });

  test("takes a tolerance in whole quanta of a plant, and no more", () => {
    // A quantum and a half of 10.
    const halves = network(
      [
        { id: "c", kind: "catchment", inflow: 6 },
        { id: "p", kind: "plant", capacity: 10, treatmentCost: 1 },
        { id: "q", kind: "plant", capacity: 10, treatmentCost: 2 },
      ],
      ["a: c > p 10", "b: c > q 10"],
    );
    const best = dispatch(halves, { policy: ["flooding", "balance", "cost"], tolerance: 1.5e-7 });
    expect(best.plants.map(({ intake }) => intake)).toEqual([3.000001, 2.999999]);
    expect(problemsOf(best, halves)).toEqual([]);
    const more = retold(halves, {}, best, { links: { a: 1, b: -1 }, intakes: { p: 1, q: -1 } });
    expect(problemsOf(more, halves).slice(0, 2)).toEqual(
      ["p", "q"].map((id) => `${stage}plant "${id}" is further from even than the tolerance lets it`),
    );
  });

  test("holds what mains between parts carry for the stages to come", () => {
    // By these potentials the tie would gain by carrying less, and the way back more; but west takes what it takes.
    const potentials = city.nodes
      .map(({ id }) => id)
      .sort()
      .map((id) => (id === "north" || id === "east" ? 1 : 0));
    const two: Plan = {
      ...plan,
      objectives: [...plan.objectives, { name: "cost", value: 0, unit: "money/h" }],
      certificate: {
        components: [
          { stages: [...plan.certificate!.components[0]!.stages, { objectives: { cost: 1 }, factor: 1, potentials }] },
        ],
      },
    };
    expect(problemsOf(two)).toEqual([]);
  });
});
