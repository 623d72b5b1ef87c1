/** Whatever is handed to the checker as a plan, it says what is wrong and neither throws nor runs on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, dispatch, loadNetwork, stateOf } from "../../src/index.js";
import type { Network, Plan, State } from "../../src/index.js";
import { instances } from "../support/networks.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What is found in plans and what isn't: ids of the network among it, and figures at every edge of what numbers can hold. */
const garbage = (ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(0, -0, 1, -1, 0.5, 5e-324, 1e-10, 2 ** 50, 2 ** 53, 1e22, 1e300, Number.MAX_VALUE),
    fc.constantFrom<unknown>(NaN, Infinity, -Infinity, undefined, null, "", true, 7n, Symbol("s"), () => 1),
    fc.constantFrom<unknown>("__proto__", "constructor", "balance", "sharing", "locks", "flooding", "m3/s", ...ids),
    fc.constantFrom<unknown>([], {}, [[]], [null], new Array(3), new Map(), new Date(0), Object.create(null)),
    fc.jsonValue({ maxDepth: 3 }),
  );

/** Every place in a plan: the object that holds it, and its key. */
function places(value: unknown, found: (readonly [object, string])[] = []): (readonly [object, string])[] {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, part] of Object.entries(value)) {
    found.push([value, key]);
    places(part, found);
  }
  return found;
}

function check(network: Network, state: State, plan: unknown): void {
  const { valid, optimal, problems } = certify(network, state, plan as Plan);
  expect(valid).toBe(problems.length === 0);
  expect(optimal && !valid).toBe(false);
  for (const text of problems) expect(text).not.toMatch(/NaN quanta|^$/);
}

describe("certify", () => {
  test("takes a plan with something else in one of its places, or in several", () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom("put", "put", "put", "drop", "twice")), {
      minLength: 1,
      maxLength: 4,
    });
    let sound = 0;
    fc.assert(
      fc.property(
        instances({ maxNodes: 10 }),
        changes,
        fc.infiniteStream(garbage(["p0", "n0", "s0", "o0", "t0"])),
        ({ file, state }, list, values) => {
          const network = loadNetwork(file);
          const full = stateOf(network, { state });
          const plan: unknown = structuredClone(dispatch(network, { state, tolerance: 0.1 }));
          for (const [which, how] of list) {
            const all = places(plan);
            if (all.length === 0) break;
            const [holder, key] = all[which % all.length]!;
            const record = holder as Record<string, unknown>;
            if (how === "put") record[key] = (values.next() as IteratorYieldResult<unknown>).value;
            else if (Array.isArray(holder))
              holder.splice(
                Number(key),
                how === "drop" ? 1 : 0,
                ...(how === "twice" ? [holder[Number(key)] as Json] : []),
              );
            else if (how === "drop") Reflect.deleteProperty(record, key);
          }
          check(network, full, plan);
          sound += 1;
        },
      ),
      { numRuns: 600 * Number(process.env.FC_RUNS ?? 1) },
    );
    expect(sound).toBeGreaterThan(500);
  });

  test("takes any value for the plan", () => {
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "c", kind: "catchment", inflow: 1 },
        { id: "p", kind: "plant", capacity: 2 },
      ],
      links: [{ id: "m", kind: "conduit", from: "c", to: "p", capacity: 2 }],
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), garbage(["c"])), (plan) => {
        expect(certify(network, {}, plan as Plan).valid).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(certify(network, {}, undefined as never).problems).toEqual([
      "the plan is undefined; it is what dispatch returns",
    ]);
    const round: { links: unknown[]; self?: unknown } = { links: [] };
    round.self = round;
    round.links.push(round);
    check(network, {}, round);
    // Deep enough to overflow a stack that recurs without bound.
    let deep: unknown = 0;
    for (let k = 0; k < 100_000; k++) deep = [deep];
    check(network, {}, { ...dispatch(network), certificate: deep });
    check(network, {}, { ...dispatch(network), links: deep });
  });
});
