import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digitsAt, plus, times, toNumber, valueOf, written } from "../../src/certify/exact.js";
import { certify, dispatch, loadNetwork } from "../../src/index.js";
import type { NetworkFile, Plan, Policy } from "../../src/index.js";
import { retold } from "../support/retell.js";

describe("figures without rounding", () => {
  const figure = fc.double({ noNaN: true, noDefaultInfinity: true });

  test("are read as they are written, and as the doubles they are", () => {
    expect(written(0.1)).toEqual({ digits: 1n, power: -1 });
    expect(written(-0.05)).toEqual({ digits: -5n, power: -2 });
    expect(written(1.5e300)).toEqual({ digits: 15n, power: 299 });
    expect(written(0)).toEqual({ digits: 0n, power: 0 });
    expect(valueOf(0.5)).toEqual({ digits: 5n, power: -1 });
    expect(valueOf(2 ** 70)).toEqual({ digits: 2n ** 70n, power: 0 });
    expect(valueOf(0.1)).toEqual({ digits: 1000000000000000055511151231257827021181583404541015625n, power: -55 });
  });

  test("of any size come back", () => {
    fc.assert(
      fc.property(figure, (value) => {
        expect(toNumber(written(value))).toBe(value + 0);
        expect(toNumber(valueOf(value))).toBe(value + 0);
      }),
    );
  });

  test("add up and multiply as fractions do", () => {
    const decimal = fc.record({ digits: fc.bigInt({ min: -999n, max: 999n }), power: fc.integer({ min: -5, max: 5 }) });
    const at = (one: { digits: bigint; power: number }) => digitsAt(one, -10);
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(at(plus(a, b))).toBe(at(a) + at(b));
        expect(at(times(a, b)) * 10n ** 10n).toBe(at(a) * at(b));
      }),
    );
  });
});

/** One catchment, and plants that each have a main of their own. Flows of 1 are a million quanta. */
const star = (
  inflow: number,
  plants: readonly { capacity: number; weight?: number; treatmentCost?: number; minFlow?: number }[],
) =>
  loadNetwork({
    units: { flow: "m3/d" },
    nodes: [
      { id: "c", kind: "catchment", inflow },
      ...plants.map((plant, i) => ({ id: `p${i}`, kind: "plant" as const, ...plant })),
    ],
    links: plants.map((_, i) => ({ id: `m${i}`, kind: "conduit" as const, from: "c", to: `p${i}`, capacity: 100 })),
  } satisfies NetworkFile);

/** The plan with other intakes, in the plan and in its proof. */
function withIntakes(network: ReturnType<typeof star>, plan: Plan, quanta: readonly number[]): Plan {
  const by = quanta.map((intake, i) => intake - Math.round(plan.plants[i]!.intake * 1e6));
  const change = (prefix: string) => Object.fromEntries(by.map((more, i) => [`${prefix}${i}`, more]));
  const stages = plan.certificate!.components[0]!.stages.map((stage) =>
    "intakes" in stage ? { ...stage, intakes: quanta.map((one) => one / 1e6) } : stage,
  );
  return {
    ...retold(network, {}, plan, { links: change("m"), intakes: change("p") }),
    certificate: { components: [{ stages }] },
  };
}

describe("plants are level by their weights as they are written", () => {
  // Capacity times weight is 1.5 and 3 quanta: rounded to whole ones it would make 600 and 900.
  const network = star(0.0015, [
    { capacity: 0.0015, weight: 0.001 },
    { capacity: 0.003, weight: 0.001 },
  ]);
  const plan = dispatch(network, { policy: ["flooding", "balance"] });

  test.each([
    [[500, 1000], true],
    [[501, 999], true],
    [[502, 998], false],
    [[498, 1002], false],
    [[600, 900], false],
  ])("%j: %s", (intakes, isLevel) => {
    const { problems, optimal } = certify(network, {}, withIntakes(network, plan, intakes));
    expect(optimal).toBe(isLevel);
    expect(problems).toEqual(isLevel ? [] : ["certificate, stage 2: the sinks of part 0 are not level"]);
  });

  test("where capacity times weight is beyond what a double holds", () => {
    const large = loadNetwork({
      units: { flow: "m3/d" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 700 },
        { id: "d", kind: "catchment", inflow: 1e8 },
        ...[1e9, 5e8, 3e8].map((capacity, i) => ({ id: `l${i}`, kind: "plant" as const, capacity, weight: 999.9 - i })),
        ...[400, 7, 400].map((capacity, i) => ({ id: `s${i}`, kind: "plant" as const, capacity, weight: 0.7 + i })),
      ],
      links: ["d-l0", "d-l1", "d-l2", "c-s0", "c-s1", "c-s2"].map((id) => {
        const [from = "", to = ""] = id.split("-");
        return { id, kind: "conduit" as const, from, to, capacity: 1e9 };
      }),
    });
    expect(certify(large, {}, dispatch(large))).toEqual({ valid: true, optimal: true, problems: [] });
  });
});

describe("costs", () => {
  // Energies a million million apart, in a city where the most expensive pump has nothing to lift.
  test("that no factor makes whole still prove the engine's own plan", () => {
    const apart = loadNetwork({
      units: { flow: "m3/d" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 2 },
        { id: "dry", kind: "junction" },
        { id: "p", kind: "plant", capacity: 3 },
        { id: "shut", kind: "outfall", capacity: 0 },
        { id: "river", kind: "outfall" },
      ],
      links: [
        { id: "a", kind: "pump", from: "c", to: "shut", capacity: 2, energy: 0.0000012 },
        { id: "b", kind: "pump", from: "c", to: "p", capacity: 3, energy: 1.5 },
        { id: "d", kind: "pump", from: "dry", to: "shut", capacity: 3, energy: 3e6 },
      ],
    });
    const { within, ...found } = certify(apart, {}, dispatch(apart));
    expect(found).toEqual({ valid: true, optimal: true, problems: [] });
    expect(within!.map(({ objectives }) => objectives)).toEqual([["cost"]]);
    // 0.125 money per hour in all: the bound is a hundred millionth of it.
    expect(within![0]!.by).toBeLessThan(0.125e-7);
  });

  const wild = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -9, max: 2 }));
  const plants = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), wild), { minLength: 2, maxLength: 5 });

  test("are proved to be least, to the bound that is told", () => {
    let rounded = 0;
    fc.assert(
      fc.property(plants, fc.integer({ min: 1, max: 20 }), (list, inflow) => {
        const network = star(
          inflow,
          list.map(([capacity, [digits, power]]) => ({ capacity, treatmentCost: Number(`${digits}e${power}`) })),
        );
        const plan = dispatch(network, { policy: ["flooding", "cost"] });
        const { optimal, within } = certify(network, {}, plan);
        expect(optimal).toBe(true);
        if (within !== undefined) rounded += 1;
        const least = plan.flooding.length > 0 ? undefined : cheapest(inflow, list);
        if (least === undefined) return;
        const found = list.reduce((sum, [, [digits, power]], i) => {
          return sum + BigInt(Math.round(plan.plants[i]!.intake * 1e6)) * BigInt(digits) * 10n ** BigInt(power + 9);
        }, 0n);
        // Money per hour: a quantum is a mL a day, prices are per m³.
        const more = Number(found - least) / 1e9 / 1e6 / 24;
        expect(more).toBeLessThanOrEqual(within?.[0]?.by ?? 0);
      }),
      { numRuns: 300 },
    );
    expect(rounded).toBeGreaterThan(20);
  });

  /** Plants filled in order of price: quanta times price, in units of 10^-9. */
  function cheapest(inflow: number, list: readonly (readonly [number, readonly [number, number]])[]): bigint {
    const price = ([, [digits, power]]: (typeof list)[number]) => BigInt(digits) * 10n ** BigInt(power + 9);
    let left = inflow;
    let sum = 0n;
    for (const one of [...list].sort((a, b) => (price(a) < price(b) ? -1 : 1))) {
      const take = Math.min(left, one[0]);
      left -= take;
      sum += BigInt(take * 1e6) * price(one);
    }
    return sum;
  }

  test("that rounding hides are told by the bound, or refused", () => {
    // One plant is cheaper by a millionth: a factor that hides this proves either plan to that millionth alone.
    const network = star(1, [
      { capacity: 1, treatmentCost: 1.000001 },
      { capacity: 1, treatmentCost: 1.000002 },
    ]);
    const plan = dispatch(network, { policy: ["flooding", "cost"] });
    expect(plan.plants.map(({ intake }) => intake)).toEqual([1, 0]);
    const worse = retold(network, {}, plan, {
      links: { m0: -1e6, m1: 1e6 },
      intakes: { p0: -1e6, p1: 1e6 },
    });
    const [flooding] = plan.certificate!.components[0]!.stages;
    const proof = (factor: number, potential: number, tree: number[]) => ({
      components: [{ stages: [flooding!, { objectives: { cost: 1 }, factor, potentials: [potential, ...tree] }] }],
    });
    // 3600 times the factor is a little above five million, and a millionth of it is five: rounded up and down by hand.
    const factor = 5.0000001e6 / 3600;
    const price = Math.round(3600 * 1.000001 * factor);
    expect(Math.round(3600 * 1.000002 * factor)).toBe(price + 5);
    const told = certify(network, {}, { ...plan, certificate: proof(factor, -price, [-price, -price - 5]) });
    expect(told.problems).toEqual([]);
    expect(told.within![0]!.by).toBeGreaterThan(0);
    expect(told.within![0]!.by).toBeLessThan(1e-7);
    const coarse = certify(network, {}, { ...worse, certificate: proof(1 / 3600, -1, [-1, -1]) });
    expect(coarse.problems).toEqual([
      "certificate, stage 2: costs times the factor 0.0002777777777777778 are not whole",
    ]);
    const overflowing = certify(network, {}, { ...plan, certificate: proof(1e300, 0, [0, 0]) });
    expect(overflowing.problems).toContain(
      "certificate, stage 2: costs times the factor 1e+300 are too large to add up",
    );
  });

  describe("a bound of what rounding leaves open", () => {
    const prices = [1.000001, 1.000002];
    const network = star(1, [
      { capacity: 1, treatmentCost: 1.000001, minFlow: 0.5 },
      { capacity: 1, treatmentCost: 1.000002 },
    ]);
    const wanted = (policy: Policy) => dispatch(network, { policy: ["flooding", ...policy] });
    /** The plan with its last proof made by hand, for costs times a factor that makes the first price this. */
    const proved = (plan: Plan, objectives: object, first: number): Plan => {
      const factor = first / (3600 * prices[0]!);
      const at = Math.round(first);
      const next = Math.round(first * (prices[1]! / prices[0]!));
      const [flooding] = plan.certificate!.components[0]!.stages;
      const stage = { objectives, factor, potentials: [-at, -at, -next] };
      return { ...plan, certificate: { components: [{ stages: [flooding!, stage] }] } };
    };
    /** What the sum of off times quanta comes to, in money per hour. */
    const worth = (sum: number, first: number) => sum / (first / (3600 * prices[0]!)) / 86_400e6;

    test.each([
      // The first plant could save to its left, where each quantum costs a little more than the proof says.
      [5_000_005.1, 0.1],
      // The second could save to its right, where each costs a little less.
      [5_000_005.6, 0.4],
    ])("is the sum of what each edge could save: %d", (first, off) => {
      const { within, ...found } = certify(network, {}, proved(wanted(["cost"]), { cost: 1 }, first));
      expect(found).toEqual({ valid: true, optimal: true, problems: [] });
      expect(within!.map(({ objectives }) => objectives)).toEqual([["cost"]]);
      expect(within![0]!.by / worth(off * 1e6, first)).toBeCloseTo(1, 5);
    });

    test("counts what can be saved from where a price changes", () => {
      const plan = wanted([{ starved: 1, cost: 1 }]);
      const first = 5_000_005.1;
      const { within, problems } = certify(network, {}, proved(plan, { starved: 1, cost: 1 }, first));
      expect(problems).toEqual([]);
      expect(within![0]!.by / worth(0.1 * 0.5e6, first)).toBeCloseTo(1, 5);
    });

    test("is taken of costs below nothing as well", () => {
      const plan = wanted(["starved"]);
      const with_ = (factor: number) =>
        certify(
          network,
          {},
          {
            ...plan,
            certificate: {
              components: [
                {
                  stages: plan.certificate!.components[0]!.stages.map((stage) =>
                    "potentials" in stage && "starved" in stage.objectives ? { ...stage, factor } : stage,
                  ),
                },
              ],
            },
          },
        );
      const { within, ...found } = with_(1 + 2 ** -27);
      expect(found).toEqual({ valid: true, optimal: true, problems: [] });
      expect(within!.map(({ objectives }) => objectives)).toEqual([["starved"]]);
      expect(with_(1e300).problems).toContain(
        "certificate, stage 2: costs times the factor 1e+300 are too large to add up",
      );
    });

    test("is of what can carry water, whatever else would cost", () => {
      // Prices at what is shut, or at flows that can't be, are no measure of what may be rounded.
      const far: NetworkFile = {
        units: { flow: "m3/d" },
        nodes: [
          { id: "c", kind: "catchment", inflow: 1 },
          { id: "p0", kind: "plant", capacity: 1, treatmentCost: 1.000001 },
          { id: "p1", kind: "plant", capacity: 1, treatmentCost: 1.000002 },
        ],
        links: [
          { id: "m0", kind: "conduit", from: "c", to: "p0", capacity: 100, target: 50, weight: 1e6 },
          { id: "m1", kind: "conduit", from: "c", to: "p1", capacity: 100 },
          { id: "shut", kind: "pump", from: "c", to: "p1", capacity: 0, energy: 1e3 },
        ],
      };
      const shutOff = loadNetwork(far);
      const plan = dispatch(shutOff, { policy: ["flooding", { surcharge: 1, cost: 1 }] });
      const [flooding] = plan.certificate!.components[0]!.stages;
      const stage = { objectives: { surcharge: 1, cost: 1 }, factor: 1 / 3600, potentials: [-1, -1, -1] };
      expect(
        certify(shutOff, {}, { ...plan, certificate: { components: [{ stages: [flooding!, stage] }] } }).problems,
      ).toEqual(["certificate, stage 2: costs times the factor 0.0002777777777777778 are not whole"]);
    });

    test("is of the coarsest rounding, up or down, wherever that is", () => {
      const unlike = star(1, [
        { capacity: 1, treatmentCost: 0.999999 },
        { capacity: 1, treatmentCost: 1.00000001 },
      ]);
      const plan = dispatch(unlike, { policy: ["flooding", "cost"] });
      const [flooding] = plan.certificate!.components[0]!.stages;
      const stage = { objectives: { cost: 1 }, factor: 1 / 3600, potentials: [-1, -1, -1] };
      expect(
        certify(unlike, {}, { ...plan, certificate: { components: [{ stages: [flooding!, stage] }] } }).problems,
      ).toEqual(["certificate, stage 2: costs times the factor 0.0002777777777777778 are not whole"]);
    });

    test("doesn't throw where costs are endless", () => {
      const plan = wanted(["cost"]);
      const [flooding] = plan.certificate!.components[0]!.stages;
      const stage = { objectives: { cost: 1 }, factor: 1e306, potentials: [0, 0, 0] };
      const { problems } = certify(
        network,
        {},
        { ...plan, certificate: { components: [{ stages: [flooding!, stage] }] } },
      );
      expect(problems).toContain("certificate, stage 2: costs times the factor 1e+306 are too large to add up");
    });
  });
});

describe("figures that follow from flows", () => {
  const network = star(3, [
    { capacity: 2, treatmentCost: 1 },
    { capacity: 2, treatmentCost: 1 },
  ]);
  const plan = dispatch(network);
  const problemsOf = (name: string, value: (right: number) => number) =>
    certify(
      network,
      {},
      {
        ...plan,
        objectives: plan.objectives.map((one) =>
          one.name === name ? ({ ...one, value: value(one.value as number) } as typeof one) : one,
        ),
      },
    ).problems;

  test("are held to a billionth of themselves, and of 1 where they are less", () => {
    // The cost is an eighth of a unit of money per hour.
    expect(problemsOf("cost", (right) => right + 0.9e-9)).toEqual([]);
    expect(problemsOf("cost", (right) => right + 1.1e-9)).toHaveLength(1);
    expect(problemsOf("cost", (right) => right - 1.1e-9)).toHaveLength(1);
    const large = star(96, [{ capacity: 96, treatmentCost: 1 }]);
    const best = dispatch(large);
    const withCost = (value: number) =>
      certify(
        large,
        {},
        {
          ...best,
          objectives: best.objectives.map((one) => (one.name === "cost" ? { ...one, value } : one)),
        },
      ).problems;
    expect(withCost(4 * (1 + 0.9e-9))).toEqual([]);
    expect(withCost(4 * (1 + 1.1e-9))).toHaveLength(1);
  });

  test.each([
    ["cost", "m3/d", "money/h"],
    ["spill", "money/h", "m3/d"],
    ["moves", "m3/s", "m3/d"],
  ])("have their unit: %s isn't in %s", (name, wrong, right) => {
    const objectives = plan.objectives.map((one) =>
      one.name === name ? ({ ...one, unit: wrong } as typeof one) : one,
    );
    expect(certify(network, {}, { ...plan, objectives }).problems).toEqual([
      `objective "${name}" is in "${wrong}"; its unit is "${right}"`,
    ]);
  });

  test("count for what is a quantum large, and for a half that is left", () => {
    const tiny = star(0.000001, [{ capacity: 0.000001 }]);
    const links = tiny.links.map((link) => ({ ...link, capacity: 0.000001 }));
    const single = loadNetwork({ units: tiny.units, nodes: tiny.nodes, links });
    const full = dispatch(single);
    expect([full.plants[0]!.utilisation, full.links[0]!.utilisation]).toEqual([1, 1]);
    expect(certify(single, {}, full).problems).toEqual([]);
    // A quantum and a half is two.
    const halves = star(0.000002, [{ capacity: 1 }]);
    const half = loadNetwork({
      units: halves.units,
      nodes: halves.nodes,
      links: halves.links.map((link) => ({ ...link, capacity: 0.000003, availability: 0.5 })),
    });
    const carried = dispatch(half);
    expect(carried.links[0]!.flow).toBe(0.000002);
    expect(certify(half, {}, carried)).toEqual({ valid: true, optimal: true, problems: [] });
  });
});
