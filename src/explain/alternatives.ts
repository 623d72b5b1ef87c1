/** What would be gained if evenness were loosened, or put after cost; or if it went before the mains' targets. */
import type { Policy } from "../problem/policy.js";
import { componentSolver } from "../dispatch/component-solver.js";
import { formatShare } from "../text/format.js";
import type { AlternativeFinding, Difference } from "./finding.js";
import { gainIn } from "./bottlenecks.js";
import { hasChoice, type Evenness } from "./evenness.js";
import { differencesBetween, measuresOf, valuesWith, type Explained, type Subject } from "./subject.js";
import type { Tell } from "./tell.js";
import type { ExplainWords } from "../text/words.js";

/** By how much plants might differ from even. */
const TOLERANCES = [0.01, 0.02, 0.05];

/** Only those that gain visibly; each found by dispatching so, in all components in which that could make a difference. */
export function alternativeFindings(
  explained: Explained,
  evenness: readonly Evenness[],
  tell: Tell,
): (() => AlternativeFinding)[] {
  const { subjects, policy, tolerance: own, values } = explained;
  const place = (name: Difference["objective"]) =>
    policy.findIndex((entry) => (typeof entry === "string" ? entry === name : Object.hasOwn(entry, name)));
  const [balance, cost, surcharge] = [place("balance"), place("cost"), place("surcharge")];

  const attempt = (
    objective: Difference["objective"],
    as: { readonly policy: Policy; readonly tolerance: number },
    within: readonly Subject[],
    start: (words: ExplainWords) => string,
  ): AlternativeFinding[] => {
    const changed = within.map((subject) => {
      const one = componentSolver(subject.network, as);
      one.solve(subject.state);
      return [subject, measuresOf(one, policy)] as const;
    });
    const differences = differencesBetween(values, valuesWith(explained, new Map(changed)));
    const gain = gainIn(
      differences.filter((one) => one.objective === objective),
      tell,
    );
    if (gain === undefined) return [];
    const losses = differences.filter((one) => one.after > one.before && one.objective !== "moves");
    return [
      {
        kind: "alternative",
        ...as,
        gain,
        differences,
        text: tell(({ words, change }) => words.then(start(words), change(gain), losses.map(change))),
      },
    ];
  };

  const found: AlternativeFinding[] = [];
  const uneven = evenness.filter(hasChoice).map(({ subject }) => subject);
  if (balance !== -1 && cost > balance && (values.get("cost") ?? 0) > 0) {
    const cheapest = attempt(
      "cost",
      { policy: moved(policy, balance, cost), tolerance: own },
      uneven,
      (words) => words.ifCostFirst,
    );
    // Nothing is cheaper than with no regard to evenness at all.
    if (cheapest.length > 0) {
      let last = values.get("cost") ?? 0;
      for (const tolerance of TOLERANCES.filter((one) => one > own)) {
        for (const one of attempt("cost", { policy, tolerance }, uneven, (words) =>
          words.ifTolerance(formatShare(tolerance)),
        )) {
          if (one.gain.after.toFixed(2) === last.toFixed(2)) continue;
          last = one.gain.after;
          found.push(one);
        }
      }
    }
    found.push(...cheapest);
  }
  const targeted = subjects.filter(({ problem }) => problem.links.some(({ target }) => target < Infinity));
  if (targeted.length > 0 && surcharge !== -1 && balance > surcharge)
    found.push(
      ...attempt(
        "balance",
        { policy: moved(policy, surcharge, balance), tolerance: own },
        targeted,
        (words) => words.ifAboveTargets,
      ),
    );
  return found.map((one) => () => one);
}

/** The policy with the entry at `from` right after the one that is at `to`. */
function moved(policy: Policy, from: number, to: number): Policy {
  return [
    ...policy.slice(0, from),
    ...policy.slice(from + 1, to + 1),
    ...policy.slice(from, from + 1),
    ...policy.slice(to + 1),
  ];
}
