/** What a plan says of an element that is held, and of what that costs. */

function ordinal(place: number): string {
  const last = place % 100 > 10 && place % 100 < 14 ? 0 : place % 10;
  return `${place}${["th", "st", "nd", "rd"][last] ?? "th"}`;
}

export const LOCKS = {
  held: (name: string, range: string) => `${name} is held at ${range}`,
  between: (min: string, max: string) => `${min} to ${max}`,
  least: (min: string) => `${min} or more`,
  most: (max: string) => `${max} or less`,
  short: (flow: string, short: string) => `this can't be obeyed: ${flow} flows there, ${short} off`,
  cost: (objective: string, before: string, after: string) => `${objective} ${after} instead of ${before}`,
  ranked: {
    balance: (place: number) => `${ordinal(place)} fullest plant`,
    sharing: (place: number) => `${ordinal(place)} largest share flooded`,
  },
  costs: (list: string) => `it costs: ${list}`,
  free: "it costs nothing",
  and: ", ",
  separator: "; ",
  end: ".",
};

export type LocksWords = typeof LOCKS;
