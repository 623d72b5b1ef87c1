/** What people call the kinds of nodes and links. */
export const KINDS = {
  catchment: "catchment",
  junction: "junction",
  storage: "storage",
  plant: "plant",
  outfall: "outfall",
  conduit: "main",
  pump: "pump",
  gate: "gate",
};

export type KindsWords = typeof KINDS;
