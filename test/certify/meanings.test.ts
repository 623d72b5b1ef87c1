/**
 * What the checker knows of locks, of water that goes round, of who floods, of splits and of parts that nothing joins: for each, a plan
 * that is right, and plans that are wrong in that alone and balance for the rest.
 */
import { describe, expect, test } from "vitest";
import { certify, dispatch, loadNetwork, stateOf } from "../../src/index.js";
import type { CertificateStage, Network, NetworkFile, Plan, State } from "../../src/index.js";
import { bare, retold } from "../support/retell.js";

type Link = NetworkFile["links"][number];
type Node = NetworkFile["nodes"][number];
type Draft = { -readonly [Key in keyof Plan]: Plan[Key] };

const ONE = 1_000_000;
const RIGHT = { valid: true, optimal: true, problems: [] };

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

/** The best plan, which is proved. */
function best(city: Network, state: State = {}): Plan {
  const plan = dispatch(city, { state });
  expect(certify(city, stateOf(city, { state }), plan)).toEqual(RIGHT);
  return plan;
}

const problemsOf = (city: Network, state: State, plan: Plan) => certify(city, stateOf(city, { state }), plan).problems;
const changed = (plan: Plan, change: Partial<Draft>): Plan => ({ ...plan, ...change });
/** The plan with the stages of its only component changed. */
const withStages = (plan: Plan, change: (stages: readonly CertificateStage[]) => readonly CertificateStage[]): Plan =>
  changed(plan, {
    certificate: { components: plan.certificate!.components.map(({ stages }) => ({ stages: change(stages) })) },
  });

const catchment = (id: string, inflow: number): Node => ({ id, kind: "catchment", inflow });
/** Where nothing floods that can flood at a catchment instead. */
const junction = (id: string): Node => ({ id, kind: "junction", floodWeight: 9 });
const plant = (id: string, capacity: number): Node => ({ id, kind: "plant", capacity, floodWeight: 9 });

describe("the format of a plan", () => {
  const city = network([catchment("c", 1), plant("p", 2)], ["in: c > p 2"]);
  const plan = best(city);

  test("is the one that this version reads", () => {
    const other = changed(plan, { version: 2 as never });
    expect(problemsOf(city, {}, other)).toEqual(["this plan is of format 2; this version reads 1"]);
    expect(problemsOf(city, {}, changed(plan, { version: "1" as never }))).toEqual([
      'this plan is of format "1"; this version reads 1',
    ]);
    const { version: _version, ...without } = plan;
    expect(certify(city, {}, without as Plan).valid).toBe(false);
  });
});

describe("what goes round", () => {
  // Two pumps are set to run against each other, which comes to nothing; a main carries the water anyway.
  const city = network(
    [catchment("c", 2), junction("j"), plant("p", 9)],
    ["main: c > j 9", "up: c > j 5", "back: j > c 5", "in: j > p 9"],
    {
      up: { kind: "pump" },
      back: { kind: "pump" },
    },
  );
  const state = { setPoints: { up: 1, back: 1 } };
  const plan = best(city, state);

  test("is stopped and told", () => {
    expect(plan.circulation.length).toBeGreaterThan(1);
    expect(plan.links.find(({ id }) => id === "back")!.flow).toBe(0);
    expect(plan.objectives.find(({ name }) => name === "moves")!.value).toBe(0);
  });

  test("is stopped and told to the quantum", () => {
    const little = best(city, { setPoints: { up: 1 / ONE, back: 1 / ONE } });
    expect(little.links.find(({ id }) => id === "back")!.flow).toBe(0);
    expect(little.circulation.find(({ id }) => id === "back")).toEqual({ id: "back", flow: 1 / ONE });
  });

  test("is stopped and told the way it runs, backwards as well", () => {
    const gates = network(
      [catchment("c", 2), junction("j"), plant("p", 9)],
      ["main: c > j 9", "up: c > j 5", "back: c > j 5", "in: j > p 9"],
      { up: { kind: "pump" }, back: { kind: "gate", reverseCapacity: 5 } },
    );
    const given = { setPoints: { up: 1, back: -1 } };
    const stopped = best(gates, given);
    const rounds = new Map(stopped.circulation.map(({ id, flow }) => [id, flow]));
    expect(rounds.get("back")).toBe(-1);
    expect(stopped.links.find(({ id }) => id === "back")!.flow).toBe(0);
    expect(stopped.objectives.find(({ name }) => name === "moves")!.value).toBe(0);
  });

  test("is stopped where every place on it is fed from elsewhere", () => {
    const hubs = network(
      [catchment("a", 2), catchment("b", 2), plant("p", 9), plant("q", 9)],
      ["in-a: a > p 9", "in-b: b > q 9", "there: p > q 5", "here: q > p 5"],
      { there: { kind: "pump" }, here: { kind: "pump" } },
    );
    const stopped = best(hubs, { setPoints: { there: 1, here: 1 } });
    expect(stopped.circulation).toEqual([
      { id: "here", flow: 1 },
      { id: "there", flow: 1 },
    ]);
  });

  test("is taken from the most expensive part of a flow", () => {
    const pumps = network(
      [catchment("c", 2), junction("j"), plant("p", 9)],
      ["up: c > j 9", "back: j > c 9", "in: j > p 9"],
      { up: { kind: "pump", target: 2 }, back: { kind: "pump" } },
    );
    const given = { setPoints: { up: 5, back: 3 } };
    const turned = dispatch(pumps, { state: given, policy: ["flooding", "moves", "surcharge", "cost"] });
    expect(certify(pumps, stateOf(pumps, { state: given }), turned)).toEqual(RIGHT);
    expect(turned.links.find(({ id }) => id === "up")).toMatchObject({ flow: 2, aboveTarget: 0 });
    expect(turned.objectives.find(({ name }) => name === "surcharge")!.value).toBe(0);
  });

  test("isn't in the plan's flow", () => {
    const round = retold(city, state, plan, {
      links: Object.fromEntries(plan.circulation.map(({ id, flow }) => [id, flow * ONE])),
      rounds: Object.fromEntries(plan.circulation.map(({ id, flow }) => [id, -flow * ONE])),
    });
    const told = ['water goes round in a circle by "c", "j"'];
    expect(problemsOf(city, state, round)).toEqual(told);
    expect(problemsOf(city, state, bare(round))).toEqual(told);
  });

  test("balances at every node", () => {
    const { id } = plan.circulation[0]!;
    const problems = problemsOf(city, state, retold(city, state, plan, { rounds: { [id]: -1 } }));
    expect(problems).toHaveLength(2);
    for (const text of problems) expect(text).toMatch(/^circulation doesn't balance at "[cj]"$/);
  });

  test("runs the way that the flow runs", () => {
    // Water comes by a gate; that it also goes round against itself can't be.
    const gates = network(
      [catchment("c", 2), junction("j"), plant("p", 9)],
      ["gate: c > j 9", "on: c > j 5", "in: j > p 9"],
      { gate: { kind: "gate", reverseCapacity: 9 }, on: { kind: "gate", reverseCapacity: 9 } },
    );
    const flows = best(gates);
    const from = flows.links.find(({ id }) => id === "on")!.flow > 0 ? "on" : "gate";
    const to = from === "on" ? "gate" : "on";
    const against = retold(gates, {}, flows, { rounds: { [from]: -1, [to]: 1 } });
    expect(problemsOf(gates, {}, against)).toEqual([`circulation on "${from}" runs against the plan's flow`]);
  });

  test("has room in its links besides the flow", () => {
    const more = retold(city, state, plan, { rounds: { up: 5 * ONE, back: 5 * ONE } });
    const problems = problemsOf(city, state, more);
    expect(problems.length).toBeGreaterThan(0);
    for (const text of problems)
      expect(text).toMatch(/^link "(up|back)" can't carry what circulates besides its flow$/);
  });

  test("is found backwards through gates as well", () => {
    const gates = network(
      [catchment("c", 2), junction("j"), plant("p", 9)],
      ["main: c > j 9", "gate: c > j 5", "in: j > p 9"],
      { gate: { kind: "gate", reverseCapacity: 5 } },
    );
    const flows = best(gates);
    const by = { main: 3 * ONE, gate: -3 * ONE };
    const round = retold(gates, {}, flows, { links: by });
    expect(problemsOf(gates, {}, round)).toEqual(['water goes round in a circle by "c", "j"']);
    // But for what a lock asks for.
    const locked = { locks: { gate: { max: -1 } } };
    const asked = best(gates, locked);
    expect(asked.links.find(({ id }) => id === "gate")!.flow).toBe(-1);
    expect(problemsOf(gates, locked, retold(gates, locked, asked, { links: { main: 1, gate: -1 } }))).toEqual([
      'water goes round in a circle by "c", "j"',
    ]);
  });

  test("lists only links where something goes round", () => {
    const idle = changed(plan, { circulation: [...plan.circulation, { id: "in", flow: 0 }] });
    expect(problemsOf(city, state, idle)).toEqual(['circulation lists "in", where nothing goes round']);
    expect(
      problemsOf(city, state, changed(plan, { circulation: [...plan.circulation, plan.circulation[0]!] })),
    ).toContain(`circulation lists "${plan.circulation[0]!.id}" twice`);
  });

  test("counts among the moves, and in the proof", () => {
    // Nothing said of the circle: both pumps leave their set points, more than they had to.
    const silent = retold(city, state, plan, {
      rounds: Object.fromEntries(plan.circulation.map(({ id, flow }) => [id, -flow * ONE])),
    });
    expect(certify(city, stateOf(city, { state }), bare(silent))).toEqual({
      valid: true,
      optimal: false,
      problems: [],
    });
    const stage = plan.objectives.findIndex(({ name }) => name === "moves") + 1;
    const problems = problemsOf(city, state, silent);
    expect(problems.length).toBeGreaterThan(0);
    for (const text of problems) expect(text).toMatch(new RegExp(`^certificate, stage ${stage}: .* could do better`));
    expect(problemsOf(city, state, { ...silent, objectives: plan.objectives })).toEqual([
      expect.stringMatching(/^objective "moves" is 0; the flows give [12]$/),
    ]);
  });

  test("may go round in a secured plan, as far as it adds up exactly", () => {
    // A flow of pumps is what they may carry after an outage, not what they lift.
    const many = Array.from({ length: 10 }, (_, i) => String(i));
    const pumps = [...many.map((i) => `there${i}: p > q 1e300`), ...many.map((i) => `here${i}: q > p 1e300`)];
    const hubs = network(
      [catchment("a", 2), catchment("b", 2), plant("p", 9), plant("q", 9)],
      ["in-a: a > p 9", "in-b: b > q 9", ...pumps],
      Object.fromEntries(pumps.map((text) => [text.slice(0, text.indexOf(":")), { kind: "pump" }])),
    );
    const secure = ["there0"];
    const still = dispatch(hubs, { secure });
    const turning = (quanta: number, ids: readonly string[]): Plan => {
      const flow = quanta / ONE;
      return {
        ...still,
        links: still.links.map((row) => (ids.includes(row.id) ? { ...row, flow, utilisation: 0 } : row)),
      };
    };
    const problems = (of: Plan) => certify(hubs, {}, of, { secure }).problems;
    expect(problems(still)).toEqual([]);
    expect(problems(turning(ONE, ["there1", "here1"]))).toEqual([]);
    const all = many.flatMap((i) => [`there${i}`, `here${i}`]);
    const huge = problems(turning(2 ** 50, all));
    expect(huge).toEqual(["p", "q"].map((id) => `flows at "${id}" are too large to add up`));
  });

  test("may go round where a lock asks for it", () => {
    const locked = { locks: { back: 1 } };
    const forced = best(city, locked);
    expect(forced.links.find(({ id }) => id === "back")!.flow).toBe(1);
    // As well where more is asked for than the pump can lift.
    best(city, { locks: { back: { min: 7 } } });
    const more = retold(city, locked, forced, { links: { back: 1, main: 1 } });
    expect(problemsOf(city, locked, more)).toContain('link "back" carries 1.000001, out of its bounds');
    const open = { locks: { back: { min: 1 } } };
    expect(problemsOf(city, open, retold(city, open, best(city, open), { links: { back: 1, main: 1 } }))).toEqual([
      'water goes round in a circle by "c", "j"',
    ]);
  });
});

describe("locks", () => {
  const city = network(
    [catchment("c", 4), junction("j"), plant("p", 9), plant("q", 9)],
    ["a: c > j 3", "b: c > j 9", "to-p: j > p 9", "to-q: j > q 9"],
    { a: { kind: "pump", energy: 1 }, "to-q": { kind: "gate" } },
  );
  const state = { locks: { a: { min: 1, max: 2 }, q: { max: 1 } } };
  const plan = best(city, state);
  const row = (of: Plan, id: string) => of.locks.find((one) => one.id === id)!;
  const withRow = (id: string, change: object) =>
    changed(plan, { locks: plan.locks.map((one) => (one.id === id ? { ...one, ...change } : one)) });

  test("are obeyed and told", () => {
    expect(row(plan, "a")).toMatchObject({ id: "a", min: 1, max: 2, flow: 1, short: 0 });
    expect(row(plan, "q")).toMatchObject({ id: "q", max: 1, flow: 1, short: 0 });
  });

  const fullest = Math.max(...plan.plants.map(({ utilisation }) => utilisation));

  test.each<[what: string, of: Plan, problem: string]>([
    ["one isn't told", changed(plan, { locks: plan.locks.slice(1) }), 'locks don\'t list "a", which the state holds'],
    ["one is told twice", changed(plan, { locks: [...plan.locks, plan.locks[0]!] }), "locks list an element twice"],
    [
      "one is told of what isn't held",
      changed(plan, { locks: [...plan.locks, { ...row(plan, "q"), id: "p", flow: 3 }] }),
      "lock of \"p\" isn't the state's",
    ],
    [
      "one is told of nothing",
      changed(plan, { locks: [...plan.locks, { ...row(plan, "q"), id: "nowhere" }] }),
      'locks list "nowhere", which isn\'t there to be held',
    ],
    ["another least flow is told", withRow("a", { min: 1.000001 }), "lock of \"a\" isn't the state's"],
    ["no least flow is told", withRow("a", { min: undefined }), "lock of \"a\" isn't the state's"],
    ["another largest flow is told", withRow("q", { max: 2 }), "lock of \"q\" isn't the state's"],
    [
      "another flow is told",
      withRow("q", { flow: 0.5 }),
      'lock of "q": flow: 0.5 is off by 500000 quanta from what the flows give',
    ],
    [
      "what is short is told wrong",
      withRow("a", { short: 0.1 }),
      'lock of "a": short: 0.1 is off by 100000 quanta from what the flows give',
    ],
    [
      "it costs in what isn't an objective",
      withRow("a", { costs: [{ objective: "security", before: 0, after: 1 }] }),
      'lock of "a" costs in "security", which is no objective of the plan',
    ],
    [
      "it costs what the plan doesn't come to",
      withRow("a", { costs: [{ objective: "cost", before: 0, after: 1 }] }),
      'lock of "a" makes "cost" 1, which isn\'t what it comes to',
    ],
    [
      "it costs what another plant comes to",
      withRow("a", { costs: [{ objective: "balance", before: 0, after: fullest, place: 2 }] }),
      `lock of "a" makes "balance" ${fullest}, which isn't what it comes to`,
    ],
    [
      "it costs at no place what the second plant comes to",
      withRow("a", { costs: [{ objective: "balance", before: 0, after: 1 / 9 }] }),
      `lock of "a" makes "balance" ${1 / 9}, which isn't what it comes to`,
    ],
  ])("are refused where %s", (_what, of, problem) => {
    expect(problemsOf(city, state, of)).toEqual([problem]);
    expect(problemsOf(city, state, bare(of))).toEqual([problem]);
  });

  test("are told in order of id, and when they cost nothing", () => {
    const idle = best(city, { locks: { q: { max: 9 }, a: { max: 2 } } });
    expect(idle.locks.map(({ id }) => id)).toEqual(["a", "q"]);
    for (const { text, costs } of idle.locks) {
      expect(costs).toEqual([]);
      expect(text).toContain("it costs nothing");
    }
    expect(best(city, { locks: { a: { max: 2 }, q: { max: 9 } } })).toEqual(idle);
  });

  test.each<[what: string, held: NonNullable<State["locks"]>, id: string]>([
    ["least", { a: { min: 1 } }, "a"],
    ["largest", { q: { max: 1 } }, "q"],
  ])("are told where they are only a %s flow", (_what, held, id) => {
    const silent = changed(best(city, { locks: held }), { locks: [] });
    expect(problemsOf(city, { locks: held }, silent)).toEqual([`locks don't list "${id}", which the state holds`]);
  });

  test("on a plant bound what it takes in", () => {
    const over = retold(city, state, plan, { links: { "to-p": -1, "to-q": 1 }, intakes: { p: -1, q: 1 } });
    expect(problemsOf(city, state, over)).toEqual(['plant "q" takes in 1.000001, out of its bounds']);
  });

  const short = (held: NonNullable<State["locks"]>, change: Parameters<typeof retold>[3], of = city) => {
    const locked = { locks: held };
    const obeyed = best(of, locked);
    const worse = retold(of, locked, obeyed, change);
    expect(certify(of, stateOf(of, { state: locked }), bare(worse))).toEqual({
      valid: true,
      optimal: false,
      problems: [],
    });
    const problems = problemsOf(of, locked, worse);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^certificate, stage 1: .* could do better: /);
    // Without the stage of locks nothing proves that they are obeyed.
    expect(
      problemsOf(
        of,
        locked,
        withStages(obeyed, (stages) => stages.slice(1)),
      ),
    ).toContain("the certificate doesn't prove that locks are obeyed as far as can be");
  };

  test("that ask for a flow get it before any objective", () => {
    short({ a: { min: 2 } }, { links: { a: -1, b: 1 } });
    short({ a: { min: 1 / ONE } }, { links: { a: -1, b: 1 } });
    short({ q: { min: 3 } }, { links: { "to-p": 1, "to-q": -1 }, intakes: { p: 1, q: -1 } });
    const gate = network(
      [catchment("c", 4), junction("j"), plant("p", 9)],
      ["a: j > c 9", "b: c > j 9", "in: j > p 9"],
      {
        a: { kind: "gate", reverseCapacity: 9 },
      },
    );
    short({ a: { max: -3 } }, { links: { a: 1, b: 1 } }, gate);
  });

  test("that only bound a flow need no proof of their own, and those that ask for a quantum do", () => {
    best(city, { locks: { a: { min: 0 } } });
    best(city, { locks: { a: { max: 0 } } });
    const both = network([catchment("c", 4), plant("p", 9)], ["a: p > c 9", "b: c > p 9"], {
      a: { kind: "gate", reverseCapacity: 9 },
      b: { kind: "gate" },
    });
    for (const lock of [{ min: 1 / ONE }, { max: -1 / ONE }]) {
      const held = { locks: { a: lock } };
      const silent = withStages(best(both, held), (stages) => stages.slice(1));
      expect(problemsOf(both, held, silent)[0]).toBe(
        "the certificate doesn't prove that locks are obeyed as far as can be",
      );
    }
  });

  test("count alike either way where they ask for the same water", () => {
    const ways = network([catchment("c", 4), plant("p", 9), plant("q", 9)], ["a: c > p 9", "b: q > c 9"], {
      a: { kind: "gate" },
      b: { kind: "gate", reverseCapacity: 9 },
    });
    const asked = best(ways, { locks: { a: { min: 3 }, b: { max: -3 } } });
    expect(asked.locks.map(({ short: lack }) => lack)).toEqual([1, 1]);
  });

  test("that can't be obeyed are told short", () => {
    const asked = { locks: { a: { min: 7 }, q: { min: 6 } } };
    const told = best(city, asked);
    expect([row(told, "a").short, row(told, "q").short]).toEqual([4, 2]);
    expect(certify(city, asked, dispatch(city, { state: { ...asked, out: ["a"] } })).valid).toBe(false);
  });
});

describe("who floods", () => {
  // 3 of 9 can leave. Shares of a third each are even.
  const city = network(
    [catchment("a", 3), catchment("b", 6), junction("j"), plant("p", 6)],
    ["in-a: a > j 9", "in-b: b > j 9", "out: j > p 6"],
    { "in-a": { kind: "gate" }, "in-b": { kind: "gate" } },
  );
  const plan = best(city);
  const stage = plan.objectives.findIndex(({ name }) => name === "sharing") + 1;

  test("is shared by inflow", () => {
    expect(plan.flooding).toEqual([
      { id: "a", flow: 1 },
      { id: "b", flow: 2 },
    ]);
    expect(plan.objectives.at(-1)).toEqual({ name: "sharing", value: [1 / 3, 1 / 3], unit: "1" });
  });

  test("is refused where a figure of it is wrong", () => {
    const value = (list: number[]) =>
      changed(plan, {
        objectives: plan.objectives.map((one) => (one.name === "sharing" ? { ...one, value: list } : one)),
      });
    expect(problemsOf(city, {}, value([0.4, 1 / 3]))[0]).toContain(
      'objective "sharing"[0] is 0.4; the flows give 0.33',
    );
    expect(problemsOf(city, {}, value([1 / 3]))).toEqual(['objective "sharing" has 1 figures; there are 2 to compare']);
  });

  const uneven = (quanta: number) => {
    const worse = retold(city, {}, plan, {
      links: { "in-a": -quanta, "in-b": quanta },
      floods: { a: quanta, b: -quanta },
    });
    expect(certify(city, {}, bare(worse))).toEqual({ valid: true, optimal: false, problems: [] });
    const shares = [...worse.flooding.map(({ flow }) => flow), 0, 0];
    return withStages(worse, (stages) => stages.map((one) => ("shares" in one ? { ...one, shares } : one)));
  };

  test("is level to the quantum", () => {
    expect(problemsOf(city, {}, uneven(1))).toEqual([]);
    const told = [`certificate, stage ${stage}: the sinks of part 0 are not level`];
    expect(problemsOf(city, {}, uneven(2))).toEqual(told);
    expect(problemsOf(city, {}, uneven(-2))).toEqual(told);
    // Equal floods are no equal shares.
    expect(problemsOf(city, {}, uneven(ONE / 2))).toEqual(told);
  });

  test("has a proof wherever something floods", () => {
    const without = withStages(plan, (stages) =>
      stages.map((one) => ("shares" in one ? { objective: "sharing" } : one)),
    );
    expect(problemsOf(city, {}, without)).toEqual([
      `certificate, stage ${stage}: what floods needs parts and shares for its proof`,
    ]);
    const half = withStages(plan, (stages) =>
      stages.map((one) => ("shares" in one ? { objective: "sharing", parts: one.parts! } : one)),
    );
    expect(problemsOf(city, {}, half)).toEqual(problemsOf(city, {}, without));
  });

  test("has a proof where a single quantum floods, and all of it or none", () => {
    const wet = network([catchment("a", 3), plant("p", 2.999999)], ["in: a > p 9"]);
    const lacks = (of: Plan) => [
      `certificate, stage ${of.objectives.length}: what floods needs parts and shares for its proof`,
    ];
    const proofs = (of: Plan, proof: CertificateStage) =>
      withStages(of, (stages) => stages.map((one) => ("objective" in one ? proof : one)));
    const flooded = best(wet);
    expect(flooded.flooding).toEqual([{ id: "a", flow: 1 / ONE }]);
    expect(problemsOf(wet, {}, proofs(flooded, { objective: "sharing" }))).toEqual(lacks(flooded));
    const dry = { inflows: { a: 1 } };
    const still = best(wet, dry);
    for (const of of [flooded, still]) {
      const state = of === still ? dry : {};
      expect(problemsOf(wet, state, proofs(of, { objective: "sharing", parts: [0, 0] }))).toEqual(lacks(of));
      expect(problemsOf(wet, state, proofs(of, { objective: "sharing", shares: [0, 0] }))).toEqual(lacks(of));
    }
  });

  test("leaves nothing to flood for what comes later, where nothing does", () => {
    const dear = network([catchment("c", 1), plant("p", 2)], ["lift: c > p 2"], { lift: { kind: "pump", energy: 1 } });
    const kept = dispatch(dear, { policy: ["sharing", "cost"] });
    expect(kept.flooding).toEqual([]);
    expect(certify(dear, {}, kept)).toEqual(RIGHT);
    // Nor for plants that would be more even with less.
    const even = dispatch(dear, { policy: ["sharing", "balance"] });
    expect(even.flooding).toEqual([]);
    expect(certify(dear, {}, even)).toEqual(RIGHT);
    const bareProof = withStages(kept, (stages) =>
      stages.map((one) => ("objective" in one ? { objective: "sharing" } : one)),
    );
    expect(certify(dear, {}, bareProof)).toEqual(RIGHT);
  });

  test("needs none where nothing does, and may be anywhere in the policy", () => {
    const dry = best(network([catchment("c", 1), plant("p", 2)], ["in: c > p 2"]));
    expect(dry.certificate!.components[0]!.stages.at(-1)).toEqual({ objective: "sharing" });
    const first = dispatch(city, { policy: ["flooding", "sharing", "balance", "cost"] });
    expect(certify(city, {}, first)).toEqual(RIGHT);
    expect(first.flooding).toEqual(plan.flooding);
  });

  test("counts a quantum that enters as an inflow", () => {
    // Set points bring two quanta to j, where nothing enters, and five to a, where one does: j floods by more than any share.
    const forced = network(
      [catchment("c", 1), junction("j"), catchment("d", 1), catchment("a", 1 / ONE), plant("p", 1)],
      ["to-j: c > j 1", "to-a: d > a 1", "joins: j > a 0", "in: c > p 0", "too: d > p 0"],
      { "to-j": { kind: "pump" }, "to-a": { kind: "pump" } },
    );
    const set = { setPoints: { "to-j": 2 / ONE, "to-a": 5 / ONE } };
    const told = dispatch(forced, { state: set, policy: ["moves", "sharing"] });
    expect(told.flooding.filter(({ id }) => id === "j" || id === "a")).toEqual([
      { id: "a", flow: 6 / ONE },
      { id: "j", flow: 2 / ONE },
    ]);
    expect(certify(forced, stateOf(forced, { state: set }), told)).toEqual(RIGHT);
  });

  test("counts by the weight of the place", () => {
    const weighed = network(
      [{ ...catchment("a", 3), floodWeight: 2.5 } as Node, catchment("b", 6), junction("j"), plant("p", 6)],
      ["in-a: a > j 9", "in-b: b > j 9", "out: j > p 6"],
    );
    const spared = best(weighed);
    expect(spared.flooding).toEqual([{ id: "b", flow: 3 }]);
    const worse = retold(weighed, {}, spared, { links: { "in-a": -1, "in-b": 1 }, floods: { a: 1, b: -1 } });
    expect(certify(weighed, {}, bare(worse))).toEqual({ valid: true, optimal: false, problems: [] });
    expect(problemsOf(weighed, {}, worse)[0]).toMatch(/^certificate, stage 1: .* could do better/);
    const wrong = spared.objectives.map((one) => (one.name === "flooding" ? { ...one, value: 4 } : one));
    expect(problemsOf(weighed, {}, changed(spared, { objectives: wrong }))).toEqual([
      'objective "flooding" is 4; the flows give 3',
    ]);
  });
});

describe("splits that nothing sets", () => {
  const city = network(
    [catchment("c", 4), junction("fork"), plant("p", 9), plant("q", 9)],
    ["main: c > fork 9", "left: fork > p 9", "right: fork > q 9"],
  );
  const plan = best(city);

  test("are told as they are", () => {
    expect(plan.splits).toEqual([
      {
        id: "fork",
        links: [
          { id: "left", flow: 2 },
          { id: "right", flow: 2 },
        ],
      },
    ]);
    const [split] = plan.splits as [Plan["splits"][number]];
    expect(problemsOf(city, {}, changed(plan, { splits: [] }))).toEqual([
      'splits don\'t list "fork", where nothing sets how the water splits',
    ]);
    expect(problemsOf(city, {}, changed(plan, { splits: [split, { id: "c", links: [] }] }))).toEqual([
      'splits list "c", where the plan relies on none',
    ]);
    expect(problemsOf(city, {}, changed(plan, { splits: [split, split] }))).toEqual(["splits list a fork twice"]);
    const off = { ...split, links: split.links.map((link) => ({ ...link, flow: 1 })) };
    expect(problemsOf(city, {}, changed(plan, { splits: [off] }))).toEqual([
      'the split at "fork" isn\'t what the flows give',
    ]);
  });
});

describe("components that nothing joins", () => {
  const city = network(
    [catchment("a", 1), plant("p", 2), catchment("b", 1), plant("q", 2)],
    ["x: a > p 2", "y: b > q 2"],
  );
  const plan = best(city);

  test("have a proof each, and no other has one", () => {
    const [first, second] = plan.certificate!.components as [never, never];
    const withProofs = (...components: never[]) => changed(plan, { certificate: { components } });
    const told = (count: number) => [`the certificate is of ${count} components; the network has 2`];
    expect(problemsOf(city, {}, withProofs())).toEqual(told(0));
    expect(problemsOf(city, {}, withProofs(first))).toEqual(told(1));
    expect(problemsOf(city, {}, withProofs(first, second))).toEqual([]);
    expect(problemsOf(city, {}, withProofs(first, second, second))).toEqual(told(3));
  });

  test("leave open together what each leaves open, whichever of them has locks", () => {
    // Energies so far apart that no factor makes all of them whole.
    const part = (n: string): [Node[], string[], Record<string, Partial<Link>>] => [
      [catchment(`c${n}`, 2), plant(`p${n}`, 3), junction(`dry${n}`), { id: `shut${n}`, kind: "outfall", capacity: 0 }],
      [`a${n}: c${n} > shut${n} 2`, `b${n}: c${n} > p${n} 3`, `d${n}: dry${n} > shut${n} 3`],
      {
        [`a${n}`]: { kind: "pump", energy: 0.0000012 },
        [`b${n}`]: { kind: "pump", energy: 1.5 },
        [`d${n}`]: { kind: "pump", energy: 3e6 },
      },
    ];
    const openIn = (parts: readonly ReturnType<typeof part>[], state: State) => {
      const [nodes, links] = [parts.flatMap(([list]) => list), parts.flatMap(([, list]) => list)];
      const apart = network(
        nodes,
        links,
        Object.assign({}, ...parts.map(([, , more]) => more)) as (typeof parts)[0][2],
      );
      const { within, ...found } = certify(apart, stateOf(apart, { state }), dispatch(apart, { state }));
      expect(found).toEqual(RIGHT);
      expect(within!.map(({ objectives }) => objectives)).toEqual([["cost"]]);
      return within![0]!.by;
    };
    const locks = { b2: { min: 1 } };
    const each = openIn([part("1")], {}) + openIn([part("2")], { locks });
    expect(each).toBeGreaterThan(0);
    expect(openIn([part("1"), part("2")], { locks })).toBe(each);
    expect(openIn([part("2"), part("3")], { locks })).toBe(each);
  });
});
