/** Seeded policies. */
import fc from "fast-check";
import { DEFAULT_POLICY, type Policy } from "../../src/index.js";
import type { LinearName } from "../support/model.js";

/** Any order of any objectives, some of them weighed against each other. */
export const policies: fc.Arbitrary<Policy> = fc
  .record({
    names: fc.shuffledSubarray([...DEFAULT_POLICY] as (LinearName | "balance" | "sharing")[], { minLength: 1 }),
    joins: fc.array(fc.constantFrom(0, 0, 0, 1, 2, 0.5), { minLength: 8, maxLength: 8 }),
  })
  .map(({ names, joins }) => {
    const isVector = (entry: unknown) => entry === "balance" || entry === "sharing";
    const policy: (LinearName | "balance" | "sharing" | Partial<Record<LinearName, number>>)[] = [];
    names.forEach((name, i) => {
      const before = policy.at(-1);
      const weight = joins[i]!;
      if (weight === 0 || isVector(name) || before === undefined || isVector(before)) policy.push(name);
      else policy[policy.length - 1] = { ...(typeof before === "string" ? { [before]: 1 } : before), [name]: weight };
    });
    return policy;
  });
