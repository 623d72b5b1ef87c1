/** The options that the README names for each call are those that the call knows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as trunkflow from "../../src/index.js";
import { renderHtml } from "../../src/view/index.js";
import { twin } from "../support/cities.js";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
/** Function, and the options in its row. */
const ROWS = [...README.matchAll(/^\| `(?:await )?(\w+)\(([^)]*)\)`[^|]*\|(.*)\|$/gm)].map(
  ([, name, parameters, text]) => ({
    name: name!,
    parameters: parameters!.split(", "),
    options: [...(/; options ((?:`\w+`,? ?)+)/.exec(text!)?.[1] ?? "").matchAll(/`(\w+)`/g)].map(
      ([, option]) => option!,
    ),
  }),
);

const city = trunkflow.loadNetwork(twin());
const face: Readonly<Record<string, unknown>> = { ...trunkflow, renderHtml };

/** What a call says that it knows of when it is given what it doesn't know. */
function known(name: string, parameters: readonly string[]): string[] {
  const given: Readonly<Record<string, unknown>> = {
    network: city,
    state: {},
    plan: trunkflow.dispatch(city),
    before: trunkflow.dispatch(city),
    options: { zzzzzzzzzzzz: 1, secure: name === "preventivePlan" ? ["nobody"] : undefined },
  };
  const call = face[name] as (...values: unknown[]) => unknown;
  try {
    const result = call(...parameters.map((parameter) => given[parameter.replace("?", "")]));
    // What is found one by one is looked for when it is asked for.
    if (name === "streamOutages") (result as Iterator<unknown>).next();
  } catch (error) {
    const listed = /There are (.*)\.$/.exec((error as Error).message)?.[1];
    if (listed !== undefined) return listed.split(", ");
    throw error;
  }
  throw new Error(`${name} takes any option`);
}

const taking = ROWS.filter(({ parameters }) => parameters.some((parameter) => parameter.startsWith("options")));

test("there are such calls", () => {
  expect(taking.length).toBeGreaterThan(12);
});

test.each(taking)("$name", ({ name, parameters, options }) => {
  expect(known(name, parameters).sort()).toEqual(options.sort());
});

test("what belongs to another call is sent there", () => {
  const options = { policy: ["flooding"] } as never;
  expect(() => trunkflow.prepare(city).solve(options)).toThrow(
    'there is no option "policy" here; it is the same for all states: give it to prepare.',
  );
  expect(() => trunkflow.prepare(city, { state: {} } as never)).toThrow(
    'there is no option "state" here; it is of one state: give it to solve.',
  );
  expect(() => trunkflow.leastReinforcement(city, { outages: [] } as never)).toThrow(
    "each loss is a scenario of its own",
  );
  expect(() => trunkflow.criticality(city, { depth: 2 } as never)).toThrow(
    'there is no option "depth" here; it is of single outages.',
  );
  expect(() =>
    trunkflow.redispatch(city, trunkflow.dispatch(city), { outages: ["east"], secure: ["east"] } as never),
  ).toThrow('there is no option "secure"');
});

test("values of the wrong kind are told before anything is done", () => {
  const call = (options: object) => () => trunkflow.screenOutages(city, options);
  expect(call({ onProgress: 1 })).toThrow("onProgress is 1; it is a function.");
  expect(call({ signal: {} })).toThrow("signal is an object; it is an AbortSignal.");
  expect(call({ tolerance: 2 })).toThrow("tolerance is 2;");
  expect(call({ policy: ["nobody"] })).toThrow('policy: there is no objective "nobody".');
  expect(() => trunkflow.dispatch(city, { language: "fr" as never })).toThrow('there is no language "fr".');
});
