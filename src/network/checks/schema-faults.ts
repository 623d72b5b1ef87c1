/** What a schema found, as issues. */
import type * as z from "zod/mini";
import { error, meant, type Issue, type IssueHint } from "../issues.js";
import { nearestName } from "../../text/nearest.js";
import { pathText, sample, show } from "../../text/show.js";
import type { Expectation } from "../../text/en/expectations.js";
import { unitLabel, type FlowUnit } from "../../units/flow.js";

/** What zod found. `input` is what was parsed, `unit` the flow unit of the file as far as it is known. */
export function fromZod(
  found: z.core.$ZodError,
  schema: z.core.$ZodType,
  input: unknown,
  unit: FlowUnit | undefined,
): Issue[] {
  return found.issues.flatMap((issue) => {
    const { item, key } = label(issue.path, input);
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema, issue.path, input);
      // `checkPlainData` has told of "__proto__" already, in every part of the file.
      return issue.keys
        .filter((name) => name !== "__proto__")
        .map((unknown) => {
          const others: IssueHint | undefined = known.length > 0 ? { is: "known", names: known } : undefined;
          const path = pathText([...issue.path, unknown]);
          const fault = { is: "unknownKey", item, key, unknown: show(unknown) } as const;
          return error("unknown-key", path, fault, meant(nearestName(unknown, known)) ?? others);
        });
    }
    const value = at(input, issue.path);
    const options = issue.code === "invalid_value" ? issue.values.map(String) : [];
    const hint = typeof value === "string" ? meant(nearestName(value, options)) : undefined;
    const told = JSON.parse(issue.message) as Expectation;
    const isOfFlow = unit !== undefined && "unit" in told && told.unit === "flow";
    const expected = isOfFlow ? { ...told, flow: unitLabel(unit) } : told;
    const found = value === undefined ? {} : { found: sample(value) };
    const fault = { is: "value", item, key, ...found, expected } as const;
    return [error(value === undefined ? "missing" : "value", pathText(issue.path), fault, hint)];
  });
}

/** An element as messages name it, `links[3] "east-main"`, and the path inside it. */
function label(path: readonly PropertyKey[], input: unknown): { item: string; key: string } {
  const [part, index] = path;
  if ((part !== "nodes" && part !== "links") || typeof index !== "number") return { item: "", key: pathText(path) };
  const id = at(input, [part, index, "id"]);
  const item = `${part}[${index}]${typeof id === "string" ? ` ${show(id)}` : ""}`;
  return { item, key: pathText(path.slice(2)) };
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
