/** What people call a plan's status, its objectives and its parts. */
export const PLAN = {
  status: { normal: "normal", surcharged: "surcharged", spilling: "SPILLING", flooding: "FLOODING" },
  objectives: {
    flooding: "flooding",
    spill: "spill, weighted",
    starved: "starved plants",
    surcharge: "above target, weighted",
    balance: "fullest plant",
    cost: "cost per hour",
    moves: "moves",
    sharing: "largest share flooded",
    security: "worst spill after an outage",
  },
  /** Behind an objective that counts by weights. */
  byWeight: ", weighted",
  /** What comes without a plan, after a failure. */
  idle: "if nobody acts",
  held: "Held by operators",
  splits: "Relies on splits between gravity mains that nothing sets",
  circulation: "Stopped, as it would only go round in circles",
  notes: "Not taken as given",
  ofInflow: "of its inflow",
  and: ", ",
  colon: ": ",
};

export type PlanWords = typeof PLAN;
