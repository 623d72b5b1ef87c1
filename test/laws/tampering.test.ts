import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, DEFAULT_POLICY, dispatch, loadNetwork, type ObjectiveName, type Plan } from "../../src/index.js";
import { flowOf, modelOf, QUANTA } from "../support/model.js";
import { instances } from "../support/networks.js";
import { improvements } from "../support/residual.js";
import { ENGINES, runs } from "../support/runs.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };
type Draft = Mutable<Plan>;

/** Which of several, how many quanta or how large a share, and which way. */
interface Choice {
  readonly which: number;
  readonly quanta: number;
  readonly share: number;
  readonly sign: number;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  which: fc.nat(),
  quanta: fc.constantFrom(1, 2, 1000, 1_000_000, 1_000_000_000),
  share: fc.constantFrom(1e-6, 0.01, 0.5, 1),
  sign: fc.constantFrom(1, -1),
});

const pick = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];

/** Changes a plan in one place; false if it has nothing to change there. */
type Tampering = (plan: Draft, by: Choice) => boolean;

/** Changes a figure of one of some rows. */
const figure =
  (change: (value: number, plan: Draft, by: Choice) => number) =>
  (rows: (plan: Draft) => object[], key: string): Tampering =>
  (plan, by) => {
    const row = pick(rows(plan), by.which) as Record<string, number> | undefined;
    if (row === undefined) return false;
    row[key] = change(row[key]!, plan, by);
    return true;
  };

const flow = figure((value, plan, { quanta, sign }) => value + (sign * quanta) / QUANTA[plan.units.flow]);
const ratio = figure((value, _, { share, sign }) => value + sign * share * Math.max(value, 0.1));

const drop =
  (rows: (plan: Draft) => unknown[]): Tampering =>
  (plan, { which }) => {
    const list = rows(plan);
    return list.splice(which % Math.max(1, list.length), 1).length > 0;
  };

const repeat =
  (rows: (plan: Draft) => unknown[]): Tampering =>
  (plan, { which }) => {
    const list = rows(plan);
    const row = pick(list, which);
    if (row === undefined) return false;
    list.push(structuredClone(row));
    return true;
  };

const rename =
  (rows: (plan: Draft) => { id: string }[]): Tampering =>
  (plan, { which }) => {
    const row = pick(rows(plan), which);
    if (row === undefined) return false;
    row.id = "nowhere";
    return true;
  };

const linear = (plan: Draft): object[] => plan.objectives.filter((one) => one.name !== "balance");

const TAMPERINGS: readonly (readonly [string, Tampering])[] = [
  ["a link's flow", flow((plan) => plan.links, "flow")],
  ["a link's flow above target", flow((plan) => plan.links, "aboveTarget")],
  ["a link's utilisation", ratio((plan) => plan.links, "utilisation")],
  ["a plant's intake", flow((plan) => plan.plants, "intake")],
  ["what is available of a plant", flow((plan) => plan.plants, "available")],
  ["a plant's utilisation", ratio((plan) => plan.plants, "utilisation")],
  ["a plant's headroom", flow((plan) => plan.plants, "headroom")],
  ["a spill", flow((plan) => plan.spills, "flow")],
  ["flooding", flow((plan) => plan.flooding, "flow")],
  ["where a move starts", flow((plan) => plan.moves, "from")],
  ["where a move ends", flow((plan) => plan.moves, "to")],
  ["an objective's value", ratio(linear, "value")],
  [
    "a level of the plants",
    (plan, { which, share, sign }) => {
      const levels = plan.objectives.find((one) => one.name === "balance")!.value;
      if (levels.length === 0) return false;
      levels[which % levels.length]! += sign * share;
      return true;
    },
  ],
  [
    "the status",
    (plan, { which }) => {
      const others = (["normal", "surcharged", "spilling", "flooding"] as const).filter((one) => one !== plan.status);
      plan.status = pick(others, which)!;
      return true;
    },
  ],
  [
    "the unit",
    (plan) => {
      plan.units = { flow: plan.units.flow === "m3/s" ? "L/s" : "m3/s" };
      return true;
    },
  ],
  [
    "flooding that isn't",
    (plan, { quanta }) => {
      const at = plan.plants.find(({ id }) => !plan.flooding.some((row) => row.id === id));
      if (at === undefined) return false;
      plan.flooding.push({ id: at.id, flow: quanta / QUANTA[plan.units.flow] });
      return true;
    },
  ],
  [
    "water from one plant to another",
    (plan, { quanta }) => {
      const [from, to] = [plan.plants.find((one) => one.intake > 0), plan.plants.find((one) => one.intake === 0)];
      if (from === undefined || to === undefined) return false;
      const amount = Math.min(from.intake, quanta / QUANTA[plan.units.flow]);
      from.intake -= amount;
      to.intake += amount;
      return true;
    },
  ],
  ["a link left out", drop((plan) => plan.links)],
  ["a plant left out", drop((plan) => plan.plants)],
  ["an outfall left out", drop((plan) => plan.spills)],
  ["flooding left out", drop((plan) => plan.flooding)],
  ["a move left out", drop((plan) => plan.moves)],
  ["a link twice", repeat((plan) => plan.links)],
  ["a plant twice", repeat((plan) => plan.plants)],
  ["an outfall twice", repeat((plan) => plan.spills)],
  ["a move twice", repeat((plan) => plan.moves)],
  ["an objective twice", repeat((plan) => plan.objectives)],
  ["a link that isn't there", rename((plan) => plan.links)],
  ["a plant that isn't there", rename((plan) => plan.plants)],
  ["an outfall that isn't there", rename((plan) => plan.spills)],
  ["a move that isn't there", rename((plan) => plan.moves)],
  [
    "not a number",
    (plan, { which }) => {
      pick(plan.links, which)!.flow = NaN;
      return true;
    },
  ],
];

describe.each(ENGINES)("engine %s", (engine) => {
  test.each(TAMPERINGS)("certify refuses a plan with a change to %s", (_, tamper) => {
    fc.assert(
      fc.property(instances({ maxNodes: 12 }), choice, ({ file, state }, by) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state, engine });
        const draft = structuredClone(plan) as Draft;
        fc.pre(tamper(draft, by));
        const certification = certify(network, state, draft);
        expect(certification.valid).toBe(false);
        expect(certification.optimal).toBe(false);
        expect(certification.problems.length).toBeGreaterThan(0);
      }),
      runs(30, engine),
    );
  });

  test("certify refuses a plan for another state", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), ({ file, state }, which) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state, engine });
        const used = plan.links.filter(({ flow }) => flow !== 0);
        fc.pre(used.length > 0);
        const { id } = pick(used, which)!;
        expect(certify(network, { ...state, out: [...(state.out ?? []), id] }, plan).valid).toBe(false);
      }),
      runs(60, engine),
    );
  });
});

describe.runIf(ENGINES.includes("network"))("certificates", () => {
  test("prove every plan to be the best", () => {
    fc.assert(
      fc.property(
        instances(),
        fc.shuffledSubarray([...DEFAULT_POLICY] as ObjectiveName[], { minLength: 1 }),
        fc.constantFrom(0, 0.05, 0.3),
        ({ file, state }, policy, tolerance) => {
          const network = loadNetwork(file);
          const plan = dispatch(network, { state, policy, tolerance });
          expect(certify(network, state, plan)).toEqual({ valid: true, optimal: true, problems: [] });
        },
      ),
      runs(200),
    );
  });

  test("don't prove another flow than their own, unless it is as good", () => {
    let worse = 0;
    fc.assert(
      fc.property(
        instances(),
        fc.shuffledSubarray([...DEFAULT_POLICY] as ObjectiveName[], { minLength: 7 }),
        ({ file, state }, policy) => {
          const network = loadNetwork(file);
          const [best, other] = [dispatch(network, { state }), dispatch(network, { state, policy })];
          const model = modelOf(network, state);
          const objectives = best.objectives.map(({ name }) => other.objectives.find((one) => one.name === name)!);
          const forged: Plan = { ...other, objectives, certificate: best.certificate! };
          const found = improvements(model, flowOf(model, other), 10 + 2 * model.plants.length);
          if (found.length === 0) return;
          worse += 1;
          expect(certify(network, state, forged).optimal, found.join("; ")).toBe(false);
        },
      ),
      runs(200),
    );
    // The claim above isn't empty.
    expect(worse).toBeGreaterThan(20);
  });
});
