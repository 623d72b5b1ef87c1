/** What a caller gives as a file: its bytes, its text, or the data that was made of it. Networks and states are read alike. */
import { decode, isGarbled, READ_WRONGLY } from "./encoding.js";
import { error, type Issue } from "../issues.js";
import { pathText } from "../../text/show.js";
import { duplicateKeys, placesOf, syntaxFault } from "./json-text.js";

/** What was made of data, if it can be used, and what is wrong or odd about it. */
export interface Checked<T> {
  readonly made?: T | undefined;
  readonly issues: Issue[];
}

interface Reading {
  readonly data: unknown;
  /** Errors that leave data to look into. */
  readonly issues: readonly Issue[];
  /** The file's text, where it was given. */
  readonly text?: string;
}

/**
 * Reads an input and makes something of its data.
 *
 * @param make what its data is made into
 * @returns what was made, unless there are errors; all issues, with their lines where bytes or text were given; and that text
 */
export function readInput<T>(input: unknown, make: (data: unknown) => Checked<T>): Checked<T> & { text?: string } {
  const reading = dataOf(input);
  if ("code" in reading) return { issues: [reading] };
  const { made, issues } = make(reading.data);
  const { text } = reading;
  const all = withPlaces([...reading.issues, ...issues], text);
  const isGood = all.every((issue) => issue.severity !== "error");
  return { issues: all, ...(isGood && { made }), ...(text !== undefined && { text }) };
}

/** @returns an issue where there is no data */
function dataOf(input: unknown): Reading | Issue {
  const bytes = bytesOf(input);
  if (bytes !== undefined) {
    const decoded = decode(bytes);
    return "issue" in decoded ? decoded.issue : readText(decoded.text);
  }
  return typeof input === "string" ? readText(input.replace(/^\ufeff/, "")) : { data: input, issues: [] };
}

function readText(text: string): Reading | Issue {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return notJson(text);
  }
  const issues = duplicateKeys(text).map(({ path, first, again }): Issue => {
    const [owner, key] = [pathText(path.slice(0, -1)), pathText(path.slice(-1))];
    return { ...error("duplicate-key", pathText(path), { is: "duplicateKey", owner, key, first, again }), ...again };
  });
  return { data, text, issues };
}

function notJson(text: string): Issue {
  if (text.trim() === "") return error("json", "", { is: "empty" });
  const { line = 1, column = 1, fault = { is: "control" } } = syntaxFault(text) ?? {};
  const hint = isGarbled(text) || text.includes("\0") ? READ_WRONGLY : undefined;
  return { ...error("json", "", { is: "notJson", fault, line, column }, hint), line, column };
}

/** Issues of a file, each with the line of the text that it is about. */
export function withPlaces(issues: readonly Issue[], text: string | undefined): Issue[] {
  if (text === undefined || issues.length === 0) return [...issues];
  const placeOf = placesOf(
    text,
    issues.map(({ path }) => path),
  );
  return issues.map((issue) => (issue.line === undefined ? { ...issue, ...placeOf(issue.path) } : issue));
}

/** Bytes of any making: of another window or frame, a Buffer, what `fetch` gives. */
function bytesOf(input: unknown): Uint8Array | undefined {
  const kind = Object.prototype.toString.call(input);
  if (kind === "[object ArrayBuffer]") return new Uint8Array(input as ArrayBuffer);
  return kind === "[object Uint8Array]" && ArrayBuffer.isView(input) ? (input as Uint8Array) : undefined;
}
