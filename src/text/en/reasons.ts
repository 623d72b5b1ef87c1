/** Why a pump or gate should move, and what of a state wasn't taken as it is given. */
export const REASONS = {
  shift: (flow: string, from: string, to: string) => `${flow} from ${from} to ${to}`,
  more: (flow: string, count: number) => `${flow} in ${count} smaller ${count === 1 ? "shift" : "shifts"}`,
  reroute: (flow: string) => `${flow} another way to where it went before`,
  stopped: (flow: string) => `stops ${flow} that would go round in a circle`,
  held: "a lock holds it there",
  unkept: "the set point can't be kept: the water isn't there or has no room",
  idle: "it carries this much even if nobody acts",
  spill: (name: string) => `spilling at ${name}`,
  flood: (name: string) => `flooding at ${name}`,
  and: ", ",
  /** A set point that wasn't taken as it is given. */
  clipped: (name: string, taken: string, given: string) =>
    `${name} carries ${taken} at most; its set point of ${given} is taken as that.`,
};

export type ReasonsWords = typeof REASONS;
