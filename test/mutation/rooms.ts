/** What is changed, and the tests near it. Tests that take long for what they add are left out. */
export interface Room {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const sources = (folder: string, names: string) => names.split(" ").map((name) => `src/${folder}/${name}.ts`);
const tests = (names: string) => names.split(" ").map((name) => `test/${name}.test.ts`);

export const ROOMS: Readonly<Record<string, Room>> = {
  certify: {
    sources: sources(
      "dispatch",
      "certify certify-circles certify-edges certify-even certify-exact certify-figures certify-given certify-optimal " +
        "certify-security certify-told certificate plan-shape",
    ),
    tests: tests(
      "dispatch/certify-bounds dispatch/certify-exact dispatch/certify-fuzz dispatch/certify-meanings " +
        "dispatch/certify-optimal dispatch/certify-proofs dispatch/certify dispatch/plan-shape dispatch/security " +
        "laws/tampering laws/by-hand seeds/two-plants seeds/three-plants dispatch/locks-and-sharing",
    ),
  },
  state: {
    sources: sources("network", "state locks"),
    tests: tests(
      "network/state network/figures network/keys network/undefined network/all-at-once network/structure network/text " +
        "network/unlimited dispatch/locks-and-sharing dispatch/certify-meanings laws/by-hand seeds/two-plants " +
        "seeds/three-plants dispatch/prepare",
    ),
  },
  problem: {
    sources: sources(
      "dispatch",
      "problem sharing circulation cycles lock-report outage intake even-flow prepare whole-flow whole-costs security",
    ),
    tests: tests(
      "dispatch/problem laws/by-hand seeds/two-plants seeds/three-plants seeds/cities dispatch/locks-and-sharing dispatch/cycles " +
        "dispatch/outage dispatch/prepare dispatch/certify-meanings dispatch/certify-exact dispatch/certify-proofs " +
        "dispatch/cost-span dispatch/whole-costs dispatch/reasons dispatch/solver dispatch/security laws/optimality " +
        "oracle/enumeration laws/physics laws/invariance contingency/preventive explain/by-hand network/unlimited",
    ),
  },
  engine: {
    sources: sources("dispatch", "network-engine warm-start solver dispatcher"),
    tests: tests(
      "laws/by-hand seeds/two-plants seeds/three-plants seeds/cities dispatch/locks-and-sharing dispatch/prepare " +
        "dispatch/certify-meanings dispatch/certify-exact dispatch/certify-proofs dispatch/certify-optimal " +
        "dispatch/cost-span dispatch/solver dispatch/reasons dispatch/warm-start dispatch/security laws/optimality " +
        "oracle/enumeration laws/physics laws/invariance explain/by-hand contingency/screen",
    ),
  },
  simplex: {
    sources: sources("flow", "network-simplex network-checks errors"),
    tests: tests("flow/network-simplex flow/lexicographic-simplex laws/by-hand seeds/two-plants"),
  },
  dual: {
    sources: sources("flow", "lexicographic-dual lexicographic-simplex"),
    tests: tests("flow/lexicographic-dual flow/lexicographic-simplex dispatch/warm-start"),
  },
  even: {
    sources: sources("flow", "leximin level residual-flow exchange cancel-cycles flow-cycles"),
    tests: tests(
      "flow/leximin flow/level flow/residual-flow flow/exchange flow/cancel-cycles flow/flow-cycles laws/by-hand " +
        "dispatch/certify-exact dispatch/certify-meanings laws/optimality",
    ),
  },
  linear: {
    sources: [
      ...sources("linear", "program covering-simplex highs javascript-lp-solver"),
      ...sources("dispatch", "linear-engine linear-levels linear-step linear-security"),
    ],
    tests: tests(
      "linear/program linear/covering-simplex linear/javascript-lp-solver laws/by-hand seeds/two-plants " +
        "seeds/three-plants dispatch/security oracle/engines dispatch/locks-and-sharing contingency/reinforcement",
    ),
  },
};
