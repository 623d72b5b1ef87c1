/** Titles and heads of tables, on the command line and the page. */
export const TABLES = {
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

export type TablesWords = typeof TABLES;
