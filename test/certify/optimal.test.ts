import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, DEFAULT_POLICY, dispatch, loadNetwork, OBJECTIVES, presentPlan, stateOf } from "../../src/index.js";
import type { CertificateStage, LinearProof, Plan, Policy } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";

const city = loadNetwork(twin());
const proofOf = (plan: Plan) => plan.certificate!.components[0]!;
type Stage = CertificateStage;

/** The plan with one stage of its certificate changed. */
const withStage = (plan: Plan, k: number, change: (stage: Stage) => Stage): Plan => ({
  ...plan,
  certificate: {
    components: [
      { stages: proofOf(plan).stages.map((stage, i) => (i === k ? change(structuredClone(stage)) : stage)) },
    ],
  },
});

/** Any order of any of the objectives, two of them weighed against each other now and then. */
const policies: fc.Arbitrary<Policy> = fc
  .tuple(fc.shuffledSubarray([...OBJECTIVES], { minLength: 1 }), fc.boolean())
  .map(([names, isMixed]) => {
    const [a, b, ...rest] = names;
    const isVector = (name: string) => name === "balance" || name === "sharing";
    if (!isMixed || a === undefined || b === undefined || isVector(a) || isVector(b)) return names;
    return [{ [a]: 1, [b]: 0.3 }, ...rest];
  });

describe("the certificate", () => {
  test("proves every plan, whatever the policy and tolerance", () => {
    fc.assert(
      fc.property(cityAndState, policies, fc.constantFrom(0, 0, 0.01, 0.2), ({ file, state }, policy, tolerance) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state, policy, tolerance });
        expect(certify(network, stateOf(network, { state }), plan)).toEqual({
          valid: true,
          optimal: true,
          problems: [],
        });
      }),
      { numRuns: 600 * Number(process.env.FC_RUNS ?? 1) },
    );
  });

  test("proves plans of any rates, from a billionth to a billion side by side", () => {
    const powers = fc.infiniteStream(fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(cityAndState, powers, fc.constantFrom(0, 0.1), ({ file, state }, power, tolerance) => {
        const rate = () => 10 ** (power.next() as IteratorYieldResult<number>).value;
        const wild = {
          ...file,
          energyPrice: rate(),
          nodes: file.nodes.map((node) => {
            if (node.kind === "plant") return { ...node, treatmentCost: rate() };
            return node.kind === "outfall" ? { ...node, weight: rate() } : node;
          }),
          links: file.links.map((link) => ({ ...link, energy: rate(), weight: rate() })),
        };
        const network = loadNetwork(wild);
        const plan = dispatch(network, { state, tolerance });
        expect(certify(network, stateOf(network, { state }), plan).problems).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("doesn't prove a plan that is worse, even one that is sound", () => {
    let worse = 0;
    fc.assert(
      fc.property(cityAndState, fc.constantFrom(0, 0.05), ({ file, state }, tolerance) => {
        const network = loadNetwork(file);
        const best = dispatch(network, { state, tolerance });
        const held = presentPlan(network, { state });
        const order = (plan: Plan) => OBJECTIVES.map((name) => plan.objectives.find((one) => one.name === name)!);
        const { certificate: _own, ...sound } = { ...held, objectives: order(held) };
        const full = stateOf(network, { state });
        expect(certify(network, full, sound)).toEqual({ valid: true, optimal: false, problems: [] });
        const values = (plan: Pick<Plan, "objectives">) => plan.objectives.flatMap(({ value }) => value);
        const [a, b] = [values(best), values(sound)];
        // Where a tolerance lets plants differ, the objectives before balance still decide.
        const decided = tolerance === 0 ? a.length : 4;
        if (a.slice(0, decided).every((value, i) => Math.abs(value - b[i]!) < 1e-9)) return;
        worse += 1;
        expect(certify(network, full, { ...sound, certificate: best.certificate! }).valid).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(worse).toBeGreaterThan(50);
  });

  test("is linear to check, and in whole numbers", () => {
    for (const stage of proofOf(dispatch(city)).stages) {
      if ("potentials" in stage) expect(stage.potentials.every(Number.isSafeInteger)).toBe(true);
      else if ("intakes" in stage) expect(stage.parts.every(Number.isSafeInteger)).toBe(true);
    }
  });
});

describe("a certificate that was changed is refused", () => {
  // West is the fuller plant and the tie is full backwards: a cut between two parts.
  const state = { inflows: { north: 0.1, south: 0.9 } };
  const plan = dispatch(city, { state });
  const problems = (changed: Plan) => certify(city, state, changed).problems.join("\n");
  const at = (name: string) => plan.objectives.findIndex((one) => one.name === name);

  test("as it is, it holds", () => {
    expect(problems(plan)).toBe("");
    const stage = proofOf(plan).stages[at("balance")]!;
    expect("parts" in stage && stage.parts[0]! > stage.parts[4]!).toBe(true);
  });

  test.each<[what: string, stage: string, change: (stage: Stage) => Stage, problem: string]>([
    [
      "a potential",
      "cost",
      (stage) => ("potentials" in stage ? { ...stage, potentials: stage.potentials.map((p) => p - 1e6) } : stage),
      "could do better",
    ],
    [
      "a potential that isn't whole",
      "cost",
      (stage) => ("potentials" in stage ? { ...stage, potentials: stage.potentials.map(() => 0.5) } : stage),
      "whole potential",
    ],
    [
      "a missing potential",
      "flooding",
      (stage) => ("potentials" in stage ? { ...stage, potentials: stage.potentials.slice(1) } : stage),
      "whole potential",
    ],
    [
      "a factor that hides costs",
      "flooding",
      (stage) => ("potentials" in stage ? { ...stage, factor: 1e-9 } : stage),
      "not whole",
    ],
    [
      "another objective",
      "cost",
      (stage) => ("potentials" in stage ? { ...stage, objectives: { spill: 1 } } : stage),
      "other objectives",
    ],
    [
      "parts the other way round",
      "balance",
      (stage) => ("intakes" in stage ? { ...stage, parts: stage.parts.map((part) => 9 - part) } : stage),
      "towards lower sinks",
    ],
    [
      "one part for all",
      "balance",
      (stage) => ("intakes" in stage ? { ...stage, parts: stage.parts.map(() => 0) } : stage),
      "not level",
    ],
    [
      "an intake",
      "balance",
      (stage) => ("intakes" in stage ? { ...stage, intakes: stage.intakes.map((intake) => intake - 0.01) } : stage),
      "balance",
    ],
    [
      "a tolerance without flows",
      "balance",
      (stage) => ("parts" in stage ? { ...stage, tolerance: 0.5 } : stage),
      "flows must be given",
    ],
    [
      "a part too few",
      "balance",
      (stage) => ("intakes" in stage ? { ...stage, parts: stage.parts.slice(1) } : stage),
      "another number",
    ],
  ])("%s", (_what, name, change, problem) => {
    expect(problems(withStage(plan, at(name), change))).toContain(problem);
  });

  test("a stage left out", () => {
    expect(problems({ ...plan, certificate: { components: [{ stages: proofOf(plan).stages.slice(1) }] } })).toContain(
      "other objectives",
    );
  });

  test("parts that no full main keeps apart", () => {
    // The plan of a city whose tie is narrow, told of one whose tie is wider: all flows are sound, and the parts are level.
    const policy: Policy = ["flooding", "spill", "balance"];
    const narrow = twin();
    narrow.links = narrow.links.filter((link) => link.id !== "lift");
    const wide = structuredClone(narrow);
    narrow.links.find((link) => link.id === "tie")!.capacity = 0.1;
    const plan = dispatch(loadNetwork(narrow), { policy });
    const links = plan.links.map((link) => (link.id === "tie" ? { ...link, utilisation: 0.4 } : link));
    expect(certify(loadNetwork(narrow), {}, plan).optimal).toBe(true);
    const { valid, problems: found } = certify(loadNetwork(wide), {}, { ...plan, links });
    expect(valid).toBe(false);
    expect(found.join()).toContain('link "tie" has room towards lower sinks');
  });
});

describe("a plan that loses all its water, with a proof made to fit", () => {
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 1 },
      { id: "p", kind: "plant", capacity: 2 },
      { id: "river", kind: "outfall" },
    ],
    links: [
      { id: "a", kind: "conduit", from: "c", to: "p", capacity: 2 },
      { id: "cso", kind: "conduit", from: "c", to: "river", capacity: 2 },
    ],
  });
  const honest = dispatch(network);
  const forged = (linear: (stage: LinearProof) => LinearProof): Plan => ({
    ...honest,
    status: "flooding",
    objectives: honest.objectives.map((one) =>
      one.name === "flooding"
        ? { ...one, value: 1 }
        : one.name === "balance" || one.name === "sharing"
          ? { ...one, value: one.name === "balance" ? [0] : [1] }
          : { ...one, value: 0 },
    ),
    plants: [{ id: "p", intake: 0, available: 2, utilisation: 0, headroom: 2 }],
    links: ["a", "cso"].map((id) => ({ id, flow: 0, utilisation: 0, aboveTarget: 0 })),
    flooding: [{ id: "c", flow: 1 }],
    certificate: {
      components: [
        {
          stages: proofOf(honest).stages.map((stage) => {
            if ("potentials" in stage) return linear({ ...stage, potentials: stage.potentials.map(() => 0) });
            if ("objective" in stage) return { ...stage, parts: network.nodes.map(() => 0), shares: [1] };
            return { ...stage, intakes: [0], parts: stage.parts.map(() => 0) };
          }),
        },
      ],
    },
  });

  test.each<[what: string, stage: (stage: LinearProof) => LinearProof]>([
    ["potentials of 0", (stage) => stage],
    ["a factor of 0", (stage) => ({ ...stage, factor: 0 })],
    ["a factor below 0", (stage) => ({ ...stage, factor: -1 })],
    [
      "weights of 0",
      (stage) => ({ ...stage, objectives: Object.fromEntries(Object.keys(stage.objectives).map((name) => [name, 0])) }),
    ],
  ])("%s", (_what, stage) => {
    expect(certify(network, {}, forged(stage)).optimal).toBe(false);
  });

  test("another policy or tolerance than was asked for", () => {
    const options = { policy: DEFAULT_POLICY, tolerance: 0 };
    expect(certify(network, {}, honest, options)).toEqual({ valid: true, optimal: true, problems: [] });
    const nothing = { ...forged((stage) => stage), objectives: [], certificate: { components: [{ stages: [] }] } };
    expect(certify(network, {}, nothing).optimal).toBe(true);
    expect(certify(network, {}, nothing, options).problems).toEqual(["the certificate is for another policy"]);
    const loose = dispatch(network, { tolerance: 0.5 });
    expect(certify(network, {}, loose, options).problems).toEqual(["the certificate is for a tolerance of 0.5"]);
    const weighed = dispatch(network, { policy: ["flooding", { spill: 2 }] });
    expect(certify(network, {}, weighed, { policy: ["flooding", "spill"] }).optimal).toBe(false);
    expect(certify(network, {}, weighed, { policy: ["flooding", { spill: 2 }] }).optimal).toBe(true);
  });

  test("water that goes missing between flows too large to add up", () => {
    const wide = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 1 },
        { id: "j", kind: "junction" },
        { id: "p", kind: "plant", capacity: 2 },
      ],
      links: [
        { id: "b", kind: "conduit", from: "j", to: "c", capacity: 1e30 },
        { id: "f", kind: "conduit", from: "c", to: "j", capacity: 1e30 },
        { id: "z", kind: "conduit", from: "j", to: "p", capacity: 1 },
      ],
    });
    const { certificate: _proof, ...plan } = dispatch(wide);
    const lost: Plan = {
      ...plan,
      objectives: [],
      plants: [{ id: "p", intake: 0, available: 2, utilisation: 0, headroom: 2 }],
      links: [
        { id: "b", flow: 1e29, utilisation: 0.1, aboveTarget: 0 },
        { id: "f", flow: 1e29, utilisation: 0.1, aboveTarget: 0 },
        { id: "z", flow: 0, utilisation: 0, aboveTarget: 0 },
      ],
    };
    expect(certify(wide, {}, lost).valid).toBe(false);
  });
});
