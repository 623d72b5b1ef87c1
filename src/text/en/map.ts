/** What a map says. */
export const MAP = {
  untitled: "Sewer network",
  legend: "Legend",
  utilisation: "Utilisation",
  full: "full",
  idle: "no flow",
  flow: (unit: string) => `Flow, ${unit}`,
  capacity: (unit: string) => `Capacity, ${unit}`,
  signs: "Signs",
  aboveTarget: "above target",
  out: "out",
  held: "held",
  spilling: "spilling",
  flooding: "flooding",
  drawnIn: "Far places are drawn nearer.",
  left: (share: string) => `${share} available`,
  carries: (flow: string, share: string) => `carries ${flow}, ${share}`,
  takes: (flow: string, available: string, share: string) => `takes ${flow} of ${available}, ${share}`,
  above: (flow: string) => `${flow} above target`,
  holds: (capacity: string) => `capacity ${capacity}`,
  spills: (flow: string) => `spills ${flow}`,
  floods: (flow: string) => `floods ${flow}`,
  counts: (nodes: number, links: number) =>
    `${nodes} ${nodes === 1 ? "node" : "nodes"}, ${links} ${links === 1 ? "link" : "links"}.`,
  is: (status: string) => `The plan is ${status.toLowerCase()}.`,
  plants: (least: string, most: string) => `Plants run at ${least === most ? most : `${least} to ${most}`}.`,
  /** Between sentences. */
  between: " ",
};

export type MapWords = typeof MAP;
