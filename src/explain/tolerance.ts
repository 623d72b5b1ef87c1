/** What the tolerance in evenness brings, found by dispatching without it. */
import { componentSolver } from "../dispatch/component-solver.js";
import { formatShare } from "../text/format.js";
import { hasChoice, type Evenness } from "./evenness.js";
import type { Difference, ToleranceFinding } from "./finding.js";
import { differencesBetween, measuresOf, valuesWith, type Explained } from "./subject.js";
import { isSeen, type Tell } from "./tell.js";

/** Nothing where there is no tolerance, or where no figure shows that it is used. */
export function toleranceFindings(explained: Explained, evenness: readonly Evenness[], tell: Tell): ToleranceFinding[] {
  const { policy, tolerance, values } = explained;
  if (tolerance === 0) return [];
  const even = evenness.filter(hasChoice).map(({ subject }) => {
    const one = componentSolver(subject.network, { policy });
    one.solve(subject.state);
    return [subject, measuresOf(one, policy)] as const;
  });
  const differences = differencesBetween(values, valuesWith(explained, new Map(even)));
  const seen = differences.filter((one) => isSeen(one, tell));
  const fuller = seen.find(({ objective }) => objective === "balance");
  const gains = seen.filter((one) => one !== fuller && one.before < one.after);
  const losses = seen.filter((one) => one !== fuller && one.before > one.after);
  if (fuller === undefined && gains.length === 0) return [];
  const highest = values.get("balance") ?? 0;
  const text = tell(({ words, objective, figure, list }) => {
    const by = ({ objective: of, before, after }: Difference) =>
      [objective(of), figure(of, Math.abs(after - before)), figure(of, before)] as const;
    const name = objective("balance");
    const [share, fallen] = [formatShare(tolerance), list(gains, (one) => words.fallsBy(...by(one)))];
    const risen = losses.map((one) => words.risesBy(...by(one)));
    if (fuller === undefined)
      return words.sentence([words.withTolerance(share, fallen), ...risen, words.staysAt(name, formatShare(highest))]);
    const instead = words.insteadOf(name, formatShare(fuller.before), formatShare(fuller.after));
    const bought = gains.length === 0 ? words.boughtNothing : words.bought(fallen);
    return words.sentence([words.withTolerance(share, instead), bought, ...risen]);
  });
  return [{ kind: "tolerance", tolerance, differences, text }];
}
