/** What is changed, and the tests near it. Tests that take long for what they add are left out. */
export interface Room {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const sources = (names: string) => names.split(" ").map((name) => `src/${name}.ts`);
const tests = (names: string) => names.split(" ").map((name) => `test/${name}.test.ts`);

export const ROOMS: Readonly<Record<string, Room>> = {
  certify: {
    sources: sources(
      "certify/certify certify/circles certify/edges certify/even certify/exact certify/figures " +
        "certify/given certify/optimal certify/security certify/told plan/certificate plan/plan-shape",
    ),
    tests: tests(
      "certify/bounds certify/exact certify/fuzz certify/meanings certify/optimal certify/proofs certify/certify " +
        "certify/security plan/plan-shape problem/security laws/tampering laws/by-hand seeds/two-plants seeds/three-plants " +
        "dispatch/locks-and-sharing",
    ),
  },
  state: {
    sources: sources("network/state network/locks"),
    tests: tests(
      "network/state network/figures network/keys network/undefined network/all-at-once network/checks/structure " +
        "network/text network/unlimited dispatch/locks-and-sharing certify/meanings laws/by-hand seeds/two-plants " +
        "seeds/three-plants dispatch/prepare",
    ),
  },
  problem: {
    sources: sources(
      "problem/problem problem/circulation plan/ways/cycles plan/lock-report network/outage " +
        "problem/flows plan/even-flow dispatch/prepare engines/whole-flow problem/whole-costs problem/security",
    ),
    tests: tests(
      "problem/problem laws/by-hand seeds/two-plants seeds/three-plants seeds/cities dispatch/locks-and-sharing " +
        "plan/ways/cycles network/outage dispatch/prepare certify/meanings certify/exact certify/proofs " +
        "problem/cost-span problem/whole-costs plan/reasons dispatch/solver problem/security laws/optimality " +
        "engines/whole-flow problem/flows oracle/enumeration laws/physics laws/invariance contingency/preventive explain/by-hand network/unlimited",
    ),
  },
  stages: {
    sources: sources("engines/network-engine engines/even-plants engines/sharing engines/ties plan/certificate-of"),
    tests: tests(
      "laws/by-hand seeds/two-plants seeds/three-plants dispatch/locks-and-sharing engines/sharing dispatch/prepare " +
        "certify/meanings certify/exact certify/proofs engines/warm-start laws/optimality oracle/enumeration problem/cost-span",
    ),
  },
  engine: {
    sources: sources("engines/warm-start dispatch/solver dispatch/component-solver"),
    tests: tests(
      "laws/by-hand seeds/two-plants seeds/three-plants seeds/cities dispatch/locks-and-sharing dispatch/prepare " +
        "certify/meanings certify/exact certify/proofs certify/optimal problem/cost-span dispatch/solver " +
        "plan/reasons engines/warm-start problem/security laws/optimality oracle/enumeration laws/physics " +
        "laws/invariance explain/by-hand contingency/screen",
    ),
  },
  simplex: {
    sources: sources("flow/simplex/network-simplex flow/simplex/network-checks flow/errors"),
    tests: tests("flow/simplex/network-simplex flow/simplex/lexicographic-simplex laws/by-hand seeds/two-plants"),
  },
  dual: {
    sources: sources("flow/simplex/lexicographic-dual flow/simplex/lexicographic-simplex flow/simplex/parts-in-order"),
    tests: tests("flow/simplex/lexicographic-dual flow/simplex/lexicographic-simplex engines/warm-start"),
  },
  even: {
    sources: sources(
      "flow/leximin flow/level flow/residual-flow flow/exchange flow/cancel-cycles flow/flow-cycles flow/adjacency",
    ),
    tests: tests(
      "flow/leximin flow/level flow/residual-flow flow/exchange flow/cancel-cycles flow/flow-cycles flow/adjacency laws/by-hand " +
        "certify/exact certify/meanings laws/optimality",
    ),
  },
  linear: {
    sources: [
      ...sources("linear/program linear/covering-simplex linear/highs linear/javascript-lp-solver"),
      ...sources("engines/linear-engine engines/linear-levels engines/linear-step engines/linear-security"),
    ],
    tests: tests(
      "linear/program linear/covering-simplex linear/javascript-lp-solver linear/highs engines/linear-engine laws/by-hand seeds/two-plants " +
        "seeds/three-plants problem/security oracle/engines dispatch/locks-and-sharing contingency/reinforcement",
    ),
  },
};
