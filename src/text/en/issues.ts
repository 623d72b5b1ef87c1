/** What is wrong with a file. Names, places and values come written out; `""` stands for the file as a whole. */
import { say } from "../sentence.js";
import { SAMPLES } from "../show.js";
import { EXPECTATIONS, type Expectation } from "./expectations.js";

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What keeps a text from being JSON. */
export type JsonFault =
  /** Something stands where something else belongs; `found` may be `comment`, `quote`, or nothing for the end. */
  | { readonly is: "misplaced"; readonly found: string; readonly wanted: "key" | "colon" | "value" }
  | { readonly is: "unseparated"; readonly found: string; readonly close: string }
  | { readonly is: "trailing"; readonly close: string }
  | { readonly is: "behind"; readonly found: string }
  | { readonly is: "escape" | "open" | "break" | "control" };

interface Value {
  /** `links[3] "east-main"` and the key in it; one of them may be empty. */
  readonly item: string;
  readonly key: string;
}

const place = ({ line, column }: Place) => `line ${line}, column ${column}`;
const of = ({ item, key }: Value, its = "") => (item === "" ? key : `${item}: ${its}${key}`);
const FOUND: Record<string, string> = {
  "": "the end",
  comment: "a comment, which JSON doesn't have,",
  quote: "a single quote (texts are in double quotes)",
};
const WANTED = { key: "a key in double quotes", colon: "a colon", value: "a value" };
const ALONE = {
  escape: "a backslash that begins no escape of JSON",
  open: "a text that doesn't end",
  break: "a line break within a text",
  control: "a control character within a text",
};

function jsonFault(fault: JsonFault): string {
  if (fault.is === "trailing") return `a comma with nothing between it and "${fault.close}"`;
  if (!("found" in fault)) return ALONE[fault.is];
  const found = FOUND[fault.found] ?? fault.found;
  if (fault.is === "misplaced") return `${found} where ${WANTED[fault.wanted]} belongs`;
  if (fault.is === "behind") return `${found} behind the end`;
  return `${found} where a comma or "${fault.close}" belongs`;
}

const OUTFALL_ENDS = "water that left the network doesn't come back.";

export const ISSUES = {
  utf32: ({ encoding }: { encoding: string }) => `the file is in ${encoding}, which isn't read here. Save it as UTF-8.`,
  cutOff: ({ encoding }: { encoding: string }) =>
    `the file begins as ${encoding} and doesn't go on so: it is cut off or damaged. Save it as UTF-8.`,
  noText: (at: Place) => `the file is no text: it has bytes that no text has (${place(at)}).`,
  damaged: (at: Place) =>
    `the file is in UTF-8 but damaged: ${place(at)} can't be read. It was cut or put together from others.`,
  likeGbk: ({ reads, ...at }: Place & { reads: string }) =>
    `the file is not in UTF-8; it seems to be in GBK or GB18030, which would make ${place(at)} read ${reads}. Save it as UTF-8 (iconv -f GB18030 -t UTF-8 converts it).`,
  unnamed: (at: Place) =>
    `the file is not in UTF-8 or UTF-16: ${place(at)} can't be read so, and its bytes don't tell which other encoding it is in (GBK, Big5, Shift-JIS, Latin-1, …). Save it as UTF-8 with the program that it was made with, or by iconv -f ENCODING -t UTF-8 with the encoding that it was saved in.`,
  empty: "the file is not JSON: it is empty.",
  notJson: ({ fault, ...at }: Place & { fault: JsonFault }) =>
    `the file is not JSON: ${place(at)} has ${jsonFault(fault)}.`,
  duplicateKey: ({ owner, key, first, again }: { owner: string; key: string; first: Place; again: Place }) =>
    `${owner || "the file"} has the key ${key} twice, at ${place(first)} and at ${place(again)}; a key occurs once.`,
  tooDeep: ({ at }: { at: string }) => `${at} is nested deeper than any part of a file.`,
  reserved: ({ at }: { at: string }) => `${at || "the input"} has a key "__proto__"; that name can't be used.`,
  cyclic: ({ at }: { at: string }) => `${at} refers back to what contains it; a file is a tree.`,

  unknownKey: ({ item, key, unknown }: Value & { unknown: string }) =>
    `${item && `${item}: `}${key && `${key} has an `}unknown key ${unknown}.`,
  value: ({ item, key, found, expected }: Value & { found?: string | undefined; expected: Expectation }) => {
    const what = found === undefined ? "is missing" : `is ${SAMPLES[found] ?? found}`;
    return `${key === "" ? item || "the input" : of({ item, key })} ${what}; ${say(EXPECTATIONS, expected)}.`;
  },

  garbled: (value: Value) => `${of(value, "its ")} has characters that were lost (U+FFFD).`,
  idTaken: ({ item, by }: { item: string; by: string }) =>
    `${item}: the id is taken by ${by}; an id occurs once among all nodes and links.`,
  endUnknown: ({ item, end, id }: { item: string; end: string; id: string }) =>
    `${item}: ${end} names node ${id}, which is not defined.`,
  selfLoop: ({ item, node }: { item: string; node: string }) =>
    `${item}: it starts and ends at node ${node}; a link joins two nodes.`,
  fromOutfall: ({ item, node }: { item: string; node: string }) =>
    `${item}: it starts at outfall ${node}; ${OUTFALL_ENDS}`,
  backFromOutfall: ({ item, node }: { item: string; node: string }) =>
    `${item}: it runs backwards out of outfall ${node}; ${OUTFALL_ENDS}`,
  beyond: ({ value, most, ...at }: Value & { value: string; most: string }) =>
    `${of(at)} is ${value}; the most that is held exactly is ${most}.`,
  inflowsBeyond: ({ total, most }: { total: string; most: string }) =>
    `all inflows together are ${total}; the most that is held exactly is ${most}.`,
  leastAboveMost: ({
    item,
    key,
    least,
    of: most,
    value,
  }: Value & { readonly least: string; readonly of: string; readonly value: string }) =>
    `${item}: ${key} (${least}) exceeds ${most} (${value}).`,
  initialVolume: ({ item, initial, min, max }: { item: string; initial: string; min: string; max: string }) =>
    `${item}: volume.initial is ${initial} m³; it lies between min (${min} m³) and max (${max} m³).`,
  idleTarget: ({ item, target, capacity }: { item: string; target: string; capacity: string }) =>
    `${item}: target (${target}) exceeds capacity (${capacity}), so it never matters.`,

  notInNetwork: ({ part, id }: { part: string; id: string }) => `${part} names ${id}, which the network doesn't have.`,
  wrongKind: ({ part, id, kind, kinds }: { part: string; id: string; kind: string; kinds: readonly string[] }) =>
    `${part} names ${id}, which is ${kind === "outfall" ? "an" : "a"} ${kind}; ${part} are of a ${kinds.join(" or ")}.`,
  volumeOutside: ({ at, value, id, min, max }: { at: string; value: string; id: string; min: string; max: string }) =>
    `${at} is ${value} m³; ${id} holds ${min} to ${max} m³.`,
  oneWay: ({ at, value, id }: { at: string; value: string; id: string }) =>
    `${at} is ${value}; ${id} runs one way, so its flow is 0 or more.`,
  lockCrossed: ({ at, min, max }: { at: string; min: string; max: string }) =>
    `${at}: its min (${min}) is above its max (${max}).`,
  lockOneWay: ({ at }: { at: string }) =>
    `${at}: it holds a flow below 0, but water goes one way there; a flow is 0 or more.`,
  lockBeyond: ({ at }: { at: string }) => `${at}: it holds more than can be held exactly.`,
  twice: ({ list, id }: { list: string; id: string }) => `${list} names ${id} twice.`,
  clipped: ({
    at,
    given,
    id,
    taken,
    isBack,
  }: {
    at: string;
    given: string;
    id: string;
    taken: string;
    isBack: boolean;
  }) => `${at} is ${given}; ${id} carries ${taken} at most${isBack ? " that way" : ""}, so that is taken.`,
  share: ({ id, left }: { id: string; left: string }) => `the availability of ${id} is ${left}; it is from 0 to 1.`,
  notLoaded: "this is not a network that loadNetwork returned; call loadNetwork on the file first.",
};

export type IssuesWords = typeof ISSUES;

export const HINTS = {
  nearest: ({ name }: { name: string }) => `Did you mean ${name}?`,
  known: ({ names }: { names: readonly string[] }) => `Known are ${names.join(", ")}.`,
  readWrongly:
    "The file was read in the wrong encoding before: give its bytes instead of its text, or save it as UTF-8 from where it is still right.",
};

export type HintsWords = typeof HINTS;
