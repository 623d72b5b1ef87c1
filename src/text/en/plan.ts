/** What a plan's parts are called, on the command line and the page. */
export const PLAN = {
  status: { normal: "normal", surcharged: "surcharged", spilling: "SPILLING", flooding: "FLOODING" },
  /** What comes without a plan, after a failure. */
  idle: "if nobody acts",
  held: "Held by operators",
  splits: "Relies on splits between gravity mains that nothing sets",
  circulation: "Stopped, as it would only go round in circles",
  notes: "Not taken as given",
  ofInflow: "of its inflow",
  and: ", ",
  colon: ": ",
  plant: "plant",
  available: "available",
  now: "now",
  plan: "plan",
  headroom: "headroom",
  plants: "Plants",
  moves: "Moves",
  set: "set",
  kept: "No set point needs to change.",
  ranking: "Objectives, in order",
  none: "none",
  toSpill: "time to spill",
  never: "never",
};

export type PlanWords = typeof PLAN;
