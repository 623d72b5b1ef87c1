/** What objectives are called. */
export const OBJECTIVES = {
  names: {
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
};

export type ObjectivesWords = typeof OBJECTIVES;
