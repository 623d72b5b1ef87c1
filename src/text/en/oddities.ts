/** What is odd about a network's shape. */

/** `"a", "b" and 3 more` */
const list = (names: readonly string[], more: number) => `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;

interface Listed {
  readonly names: readonly string[];
  /** How many aren't listed. */
  readonly more: number;
}

export const ODDITIES = {
  stranded: ({ item }: { item: string }) =>
    `${item}: no plant and no outfall can be reached from it; all of its inflow would flood.`,
  idlePlant: ({ item }: { item: string }) => `${item}: no catchment reaches this plant; it will stay idle.`,
  isolated: ({ item, kind }: { item: string; kind: string }) => `${item}: no link touches this ${kind}.`,
  parallel: ({ item, other }: { item: string; other: string }) =>
    `${item}: it is parallel to ${other}; fine for twin mains, else a duplicate.`,
  freeCycle: ({ names, more }: Listed) =>
    `pumps ${list(names, more)} form a cycle without energy; water could go round it at no cost. Give them their energy (kWh/m³).`,
  passiveSplit: ({ item, names, more }: Listed & { readonly item: string }) =>
    `${item}: water splits here between conduits ${list(names, more)}, and nothing sets how; a plan may ask for a split that doesn't come about. A gate on all but one of them would set it.`,
};

export type OdditiesWords = typeof ODDITIES;
