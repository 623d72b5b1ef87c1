/** What a plan is optimised for, and in which order. */
import { OptionError } from "../errors.js";
import { nearest } from "../text/nearest.js";
import { show } from "../text/show.js";

export const OBJECTIVES = ["flooding", "spill", "starved", "surcharge", "balance", "cost", "moves", "sharing"] as const;

/**
 * | objective | what it minimises |
 * | --- | --- |
 * | `flooding` | Σ floodWeight · water that no modelled way can take |
 * | `spill` | Σ weight · flow into outfalls |
 * | `starved` | Σ shortfall of plants in service below their least flow |
 * | `surcharge` | Σ weight · flow above the links' targets |
 * | `balance` | the plants' utilisations, largest first, lexicographically |
 * | `cost` | money per hour for pumping and treatment |
 * | `moves` | Σ distance of pumps and gates from their present set points |
 * | `sharing` | what floods at each catchment over its inflow, largest first, lexicographically; before that, what floods elsewhere |
 */
export type ObjectiveName = (typeof OBJECTIVES)[number];
/** Objectives that are a vector, of which the largest counts first. */
export type LeximinObjective = "balance" | "sharing";
export type LinearObjective = Exclude<ObjectiveName, LeximinObjective>;

/**
 * What a policy may name: besides the objectives above `security`, which minimises what spills and floods after the worst outage of
 * a list (the option `secure`) before anybody acts.
 */
export type PolicyObjective = ObjectiveName | "security";

/** What an arc costs by: a linear objective, or what locks lack of the flow that they ask for. */
export type CostName = LinearObjective | "locks";

export function isLeximin(name: string): name is LeximinObjective {
  return name === "balance" || name === "sharing";
}

export const LINEAR_OBJECTIVES = OBJECTIVES.filter((name): name is LinearObjective => !isLeximin(name));

/**
 * Objectives in the order they are taken, each kept at its optimum while the next is optimised. An entry may weigh several
 * against each other instead: `{ spill: 1, starved: 0.5 }` minimises that sum, in m³/s and money per hour as they stand.
 *
 * What comes after `moves` is at its best together with the water that set points keep going round, which is taken out afterwards; which of
 * several ways carries it less may then be the way with the higher cost. In the default order nothing but `sharing` comes after.
 */
export type Policy = readonly (PolicyObjective | Partial<Record<LinearObjective, number>>)[];

export const DEFAULT_POLICY: Policy = OBJECTIVES;

/** Set points are kept where water and room allow, and the rest of the network does its best around them. */
export const HOLDING_POLICY: Policy = ["moves", ...OBJECTIVES.filter((name) => name !== "moves")];

/** One step of a policy: evening out plants or what floods, securing, or a weighted sum of linear objectives. */
export type Stage = LeximinObjective | "security" | ReadonlyMap<CostName, number>;

/** Locks are obeyed as far as can be before any objective. */
export const LOCK_STAGE: Stage = new Map([["locks", 1]]);

/**
 * The steps of a policy. Where plans are to be secured and it doesn't say when, that comes right after the last of flooding and spill.
 *
 * @throws OptionError for an objective that doesn't exist, occurs twice, or has a weight that isn't above 0
 */
export function stagesOf(policy: Policy, isSecured = false): Stage[] {
  const stages = readStages(policy);
  const isNamed = stages.includes("security");
  if (isNamed && !isSecured)
    throw new OptionError('policy: "security" needs the option secure, the outages to be secure against.');
  if (!isSecured || isNamed) return stages;
  const isUrgent = (stage: Stage) => typeof stage !== "string" && (stage.has("flooding") || stage.has("spill"));
  stages.splice(stages.findLastIndex(isUrgent) + 1, 0, "security");
  return stages;
}

/** @throws OptionError for what isn't a policy, whatever plans are to be secure against */
export function checkPolicy(policy: unknown): void {
  readStages(policy as Policy);
}

/** @throws OptionError for what isn't a tolerance */
export function checkTolerance(tolerance: unknown): void {
  if (typeof tolerance === "number" && tolerance >= 0 && tolerance <= 1) return;
  throw new OptionError(`tolerance is ${show(tolerance)}; a tolerance is a share of a plant's capacity, from 0 to 1.`);
}

function readStages(policy: Policy): Stage[] {
  const seen = new Set<string>();
  const names = [...OBJECTIVES, "security"] as const;
  const take = (name: string): PolicyObjective => {
    const known = names.find((objective) => objective === name);
    if (known === undefined) {
      throw new OptionError(
        `policy: there is no objective ${show(name)}. ${nearest(name, names) ?? `There are ${names.join(", ")}.`}`,
      );
    }
    if (seen.has(known)) throw new OptionError(`policy: objective "${known}" occurs twice.`);
    seen.add(known);
    return known;
  };
  if (!Array.isArray(policy)) throw new OptionError("policy is a list of objectives.");
  if (policy.length === 0)
    throw new OptionError(`policy is an empty list; it names one or more of ${names.join(", ")}.`);
  return Array.from(policy as Policy, (entry): Stage => {
    if (typeof entry === "string") {
      const name = take(entry);
      return isLeximin(name) || name === "security" ? name : new Map([[name, 1]]);
    }
    if (typeof (entry as unknown) !== "object" || (entry as unknown) === null)
      throw new OptionError(`policy: ${show(entry)} is neither an objective nor weights of some.`);
    const weights = new Map<LinearObjective, number>();
    for (const [key, weight] of Object.entries(entry) as [string, unknown][]) {
      if (weight === undefined) continue;
      const name = take(key);
      if (isLeximin(name))
        throw new OptionError(
          `policy: ${name} is a vector and can't be weighed against others; give it a place of its own.`,
        );
      if (name === "security")
        throw new OptionError(
          "policy: security is a worst case and can't be weighed against others; give it a place of its own.",
        );
      if (!(typeof weight === "number" && weight > 0 && weight < Infinity))
        throw new OptionError(`policy: the weight of "${name}" is ${show(weight)}; a weight is above 0.`);
      weights.set(name, weight);
    }
    if (weights.size === 0)
      throw new OptionError(`policy: ${show(entry)} weighs nothing; weights are such as { spill: 1, starved: 0.5 }.`);
    return weights;
  });
}
