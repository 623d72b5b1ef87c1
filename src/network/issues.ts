/** What is wrong with a file: one issue a fault, all of them at once, in words that say what would be right. */
import type * as z from "zod/mini";
import { TrunkflowError } from "../errors.js";
import { unitLabel, type FlowUnit } from "../units/flow.js";
import { nearest } from "../text/nearest.js";
import { pathText, show } from "../text/show.js";

export type IssueCode =
  | "encoding"
  | "json"
  | "duplicate-key"
  | "garbled"
  | "cyclic"
  | "reserved-key"
  | "too-deep"
  | "missing"
  | "value"
  | "unknown-key"
  | "duplicate-id"
  | "unknown-id"
  | "wrong-kind"
  | "range"
  | "self-loop"
  | "unreachable"
  | "parallel"
  | "isolated"
  | "free-cycle"
  | "idle-target"
  | "passive-split"
  | "set-point-clipped";

export interface Issue {
  readonly code: IssueCode;
  /** An error keeps the file from being used; a warning doesn't. */
  readonly severity: "error" | "warning";
  /** Where in the input, e.g. `links[3].capacity`; empty for the input as a whole. */
  readonly path: string;
  /** What is wrong, where, and what would be right. */
  readonly message: string;
  /** The nearest thing that would have been right, where there is one. */
  readonly hint?: string;
  /** Where in the file's text, from 1, if text or bytes were given. */
  readonly line?: number;
  readonly column?: number;
}

/** How many issues a `NetworkError` spells out in its message; `issues` has them all. */
const SPELT_OUT = 20;

/**
 * A network or state that can't be used. `issues` holds every error found.
 *
 * @example
 * loadNetwork({ units: { flow: "m3/s" }, nodes: [], links: [] }); // throws NetworkError: nodes is an empty list; …
 */
export class NetworkError extends TrunkflowError {
  readonly code = "network";
  override readonly name = "NetworkError";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const rest = issues.length - SPELT_OUT;
    const lines = issues.slice(0, SPELT_OUT).map(withLine);
    if (rest > 0) lines.push(`… and ${rest} more`);
    super(lines.join("\n"));
    this.issues = issues;
  }
}

/** The message, after the line that it is about where it doesn't say so itself. */
function withLine({ message, line, column }: Issue): string {
  const place = `line ${line}, column ${column}`;
  return line === undefined || message.includes(place) ? message : `${place}: ${message}`;
}

export const error = (code: IssueCode, path: string, message: string, hint?: string): Issue => ({
  code,
  severity: "error",
  path,
  message: hint === undefined ? message : `${message} ${hint}`,
  ...(hint !== undefined && { hint }),
});

export const warning = (code: IssueCode, path: string, message: string): Issue => ({
  code,
  severity: "warning",
  path,
  message,
});

/** What zod found, in our words. `input` is what was parsed, `unit` the flow unit of the file as far as it is known. */
export function fromZod(
  found: z.core.$ZodError,
  schema: z.core.$ZodType,
  input: unknown,
  unit: FlowUnit | undefined,
): Issue[] {
  const flow = unit === undefined ? "the file's flow unit" : unitLabel(unit);
  return found.issues.flatMap((issue) => {
    const { owner, rest } = label(issue.path, input);
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema, issue.path, input);
      // `checkPlainData` has told of "__proto__" already, in every part of the file.
      return issue.keys
        .filter((key) => key !== "__proto__")
        .map((key) =>
          error(
            "unknown-key",
            pathText([...issue.path, key]),
            `${owner === "" ? "" : `${owner}: `}${rest === "" ? "" : `${rest} has an `}unknown key ${show(key)}.`,
            nearest(key, known) ?? (known.length > 0 ? `Known are ${known.join(", ")}.` : undefined),
          ),
        );
    }
    const value = at(input, issue.path);
    const expectation = issue.message.replace("{flow}", flow);
    const subject = rest === "" ? (owner === "" ? "the input" : "") : rest;
    const what = value === undefined ? "is missing" : `is ${show(value)}`;
    const head =
      owner === "" ? `${subject} ${what}` : subject === "" ? `${owner} ${what}` : `${owner}: ${subject} ${what}`;
    const options = issue.code === "invalid_value" ? issue.values.map(String) : [];
    const hint = typeof value === "string" ? nearest(value, options) : undefined;
    return [error(value === undefined ? "missing" : "value", pathText(issue.path), `${head}; ${expectation}.`, hint)];
  });
}

/** An element as messages name it, `links[3] "east-main"`, and the path inside it. */
function label(path: readonly PropertyKey[], input: unknown): { owner: string; rest: string } {
  const [part, index] = path;
  if ((part !== "nodes" && part !== "links") || typeof index !== "number") return { owner: "", rest: pathText(path) };
  const id = at(input, [part, index, "id"]);
  const owner = `${part}[${index}]${typeof id === "string" ? ` ${show(id)}` : ""}`;
  return { owner, rest: pathText(path.slice(2)) };
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** The keys that the schema knows at `path`. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[], input: unknown): string[] {
  let here = defOf(schema);
  let value = input;
  for (const key of [...path, undefined]) {
    while (here?.type === "optional" || here?.type === "default") here = defOf(here.innerType);
    if (here?.type === "union") {
      const isRight = "discriminator" in here ? isOfKind(at(value, ["kind"])) : isObject;
      here = here.options.map(defOf).find(isRight);
    }
    if (key === undefined) break;
    if (here?.type === "array") here = defOf(here.element);
    else if (here?.type === "object") here = defOf(here.shape[key as string]);
    value = at(value, [key]);
  }
  return here?.type === "object" ? Object.keys(here.shape) : [];
}

type Def = z.core.$ZodTypes["_zod"]["def"];

/** What a schema is made of, told apart by `type`. */
function defOf(schema: z.core.$ZodType | undefined): Def | undefined {
  return (schema as z.core.$ZodTypes | undefined)?._zod.def;
}

const isObject = (def: Def | undefined) => def?.type === "object";

const isOfKind = (kind: unknown) => (def: Def | undefined) => {
  const literal = def?.type === "object" ? defOf(def.shape.kind) : undefined;
  return literal?.type === "literal" && (literal.values as unknown[]).includes(kind);
};
