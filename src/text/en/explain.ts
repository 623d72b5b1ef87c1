/** What findings say. Names and figures come written out. */
type Role = "plant" | "outfall" | "flooding";
type Bound = "least" | "most" | "both";

/** `is` for one, `are` for more. */
const many = (count: number, one: string, more: string) => (count === 1 ? one : more);

export const EXPLAIN = {
  /** Of long lists the first, and how many more. */
  list: (items: readonly string[], more: number) => {
    if (more > 0) return `${items.join(", ")} and ${more} more`;
    return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
  },
  sentence: (parts: readonly string[]) => `${parts.join("; ")}.`,
  with: (name: string, figure: string) => `${name} (${figure})`,
  because: (what: string, reason: string) => `${what}: ${reason}`,
  holds: {
    capacity: (names: string, count: number) => `${names} ${many(count, "is", "are")} full`,
    outage: (names: string, count: number) => `${names} ${many(count, "is", "are")} out`,
    lock: (names: string, count: number) => `${names} ${many(count, "is", "are")} held by operators`,
    target: (names: string, count: number) => `${names} ${many(count, "is at its target", "are at their targets")}`,
    objective: (names: string, objective: string) => `more through ${names} would raise ${objective}`,
  },
  objectives: {
    flooding: "flooding",
    spill: "weighted spill",
    starved: "what plants lack of their least flow",
    surcharge: "weighted flow above targets",
    balance: "the highest utilisation",
    cost: "the cost per hour",
    moves: "what set points move",
    sharing: "the largest share of an inflow that floods",
  },
  /** Where plants, or places that may flood, have weights. */
  weighted: { balance: "the highest utilisation over weight", flooding: "weighted flooding" },

  flooding: (flow: string, places: string) => `${flow} floods at ${places}`,
  spill: (flow: string, places: string) => `${flow} spills at ${places}`,
  leaving: (inflow: string, leaving: string) =>
    `where it comes from, ${inflow} flows in and no more than ${leaving} can leave another way`,
  noWayOut: "no other way leads out of there",
  before: (objectives: string, count: number) => `${objectives} ${many(count, "comes", "come")} before it`,
  beside: (objectives: string, count: number) => `${objectives} ${many(count, "is", "are")} weighed against it`,
  unforced: (rivals: readonly string[]) => `it could be led elsewhere, but ${rivals.join(", and ")} in the policy`,
  weightless: "it could be led elsewhere, but a spill there has weight 0",
  uncounted: "it could be led elsewhere, but nothing in the policy asks for that",

  stand: (names: string, share: string, count: number) => `${names} ${many(count, "stands", "stand")} at ${share}`,
  standLevel: (each: string) => `${each} stand level by their weights`,
  standLower: (each: string) => `${each} stand lower`,
  at: (name: string, share: string) => `${name} at ${share}`,
  while: (above: string, below: string) => `${above} while ${below}`,
  lowest: "no plant that could take more stands lower",
  apart: "no way leads from there to plants that stand lower and could take more",
  evened: (tolerance: string, text: string) => `Before the tolerance of ${tolerance} is used, ${text}`,
  withTolerance: (tolerance: string, text: string) => `With the tolerance of ${tolerance} in evenness, ${text}`,
  staysAt: (objective: string, figure: string) => `${objective} stays at ${figure}`,
  insteadOf: (objective: string, figure: string, other: string) => `${objective} is ${figure} instead of ${other}`,
  bought: (list: string) => `in return ${list}`,
  boughtNothing: "no objective gains by that",
  fallsBy: (objective: string, by: string, to: string) => `${objective} falls by ${by} to ${to}`,
  risesBy: (objective: string, by: string, to: string) => `${objective} rises by ${by} to ${to}`,
  start: (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`,
  held: {
    minFlow: (plants: string, count: number) => `${plants} ${many(count, "takes", "take")} no less than the least flow`,
    capacity: (plants: string, count: number) => `${plants} ${many(count, "takes", "take")} all that can be treated`,
    lock: (plants: string, bound: Bound) =>
      `what operators hold keeps ${plants} from taking ${{ least: "less", most: "more", both: "more or less" }[bound]}`,
    objective: (plants: string, objective: string, bound: Bound) =>
      `${{ least: "less", most: "more", both: "more or less" }[bound]} at ${plants} would raise ${objective}, which comes before evenness`,
  },
  headroom: (plants: string, count: number) =>
    `${plants} could take more, but nothing that fuller plants take can be led ${many(count, "there", "to them")}`,
  unreachable: "no way leads from where those get their water",

  fall: (objective: string, before: string, after: string) => `${objective} would fall from ${before} to ${after}`,
  rise: (objective: string, before: string, after: string) => `${objective} would rise from ${before} to ${after}`,
  then: (condition: string, gain: string, losses: readonly string[]) =>
    `${condition}, ${[gain, ...losses].join("; ")}.`,
  ifAdded: (name: string, added: string) => `With ${added} (10 %) more capacity at ${name}`,
  ifTolerance: (tolerance: string) => `With a tolerance of ${tolerance} in evenness`,
  ifCostFirst: "If cost came before evenness",
  ifAboveTargets: "If evenness came before targets",

  /** What a shift does: an end with its figures now, instead of another before. */
  shift: (flow: string, to: string, toRole: Role, from: string, fromRole: Role) => {
    const now = { plant: "goes to", outfall: "spills at", flooding: "floods at" }[toRole];
    const isBetweenPlants = fromRole === "plant" && toRole === "plant";
    const before = { plant: "going to ", outfall: "spilling at ", flooding: "flooding at " }[fromRole];
    return `${flow} ${now} ${to} instead of ${isBetweenPlants ? "" : before}${from}`;
  },
  change: (before: string, after: string) => `${before} → ${after}`,
  set: (what: string, list: string) => `${what}: set ${list}`,
  reroute: "Water takes another way to where it went before",
  circulation: "What would only go round in circles is stopped",
  /** `others` are kept instead. */
  unkept: (list: string, count: number, others: number) => {
    const what = `${list}: ${many(count, "this set point", "these set points")} can't`;
    const how = others > 0 ? "be kept beside the others" : many(count, "be kept", "all be kept");
    return `${what} ${how}, because the water isn't there or has no room`;
  },

  more: {
    loss: (count: number) => `${count} more ${many(count, "place loses", "places lose")} water.`,
    evenness: (count: number) => `${count} more ${many(count, "group", "groups")} of plants.`,
    held: (count: number) => `${count} more ${many(count, "reason holds", "reasons hold")} plants.`,
    bottleneck: (count: number) =>
      `${count} more ${many(count, "element that is full wasn't", "elements that are full weren't")} tried with more capacity.`,
    headroom: (count: number) =>
      `${count} more ${many(count, "group", "groups")} of plants with headroom out of reach.`,
    move: (count: number) => `${count} more ${many(count, "shift", "shifts")} of water.`,
    alternative: (count: number) => `${count} more ${many(count, "alternative", "alternatives")}.`,
  },
};

export type ExplainWords = typeof EXPLAIN;
