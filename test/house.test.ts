/** The house's order: who may import whom, and what the library never touches. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const SRC = join(ROOT, "src");
const { dependencies, peerDependencies, devDependencies } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
) as Record<"dependencies" | "peerDependencies" | "devDependencies", Record<string, string>>;

/** Folders, and those they may import from besides themselves and `errors.ts`. */
const BELOW: Record<string, readonly string[]> = (() => {
  const problem = ["units", "text", "network", "flow"];
  const plan = [...problem, "problem", "engines"];
  const dispatch = [...plan, "plan", "linear"];
  const results = [...dispatch, "certify", "dispatch", "contingency"];
  return {
    units: [],
    text: ["units"],
    flow: [],
    network: ["units", "text"],
    linear: [],
    problem,
    // What engines solve is a flow model: they know neither units nor networks.
    engines: ["flow", "linear", "problem"],
    plan,
    certify: ["units", "text", "network", "plan", "problem"],
    dispatch,
    contingency: [...dispatch, "dispatch"],
    explain: results,
    view: [...results, "explain"],
    parallel: results,
    cli: [...results, "explain", "view", "parallel"],
  };
})();

/** All that the checker may know of folders where plans are made: what a plan is, never how one is found. */
const PLAN_AS_DATA = ["plan/plan.ts", "plan/certificate.ts", "plan/plan-shape.ts", "problem/policy.ts"];

/** Where Node's modules may be used. */
const ON_NODE = ["cli", "parallel"];
/** A program of its own: the page is bundled as a whole and goes out as a text, so what it needs is no dependency of the package. */
const PAGE = "view/page/";

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
  .map((path) => path.split(sep).join("/"))
  .sort();
const folders = readdirSync(SRC, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const parse = (name: string, text: string) => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
const source = (path: string) => parse(path, readFileSync(join(SRC, path), "utf8"));

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

/** Everything a file imports, types and dynamic imports included, as written. */
function specifiers(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const take = (node: ts.Node | undefined) => {
    if (node === undefined) return;
    found.push(ts.isStringLiteralLike(node) ? node.text : `not a literal: ${node.getText()}`);
  };
  walk(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) take(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) take(node.expression);
    else if (ts.isImportTypeNode(node))
      take(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument);
    else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(node.expression) && node.expression.text === "require"))
    ) {
      take(node.arguments[0]);
    }
  });
  return found;
}

/** `network/load.ts` for `./load.js` in `network/state.ts`; as written where it isn't a file of ours. */
function target(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const path = relative(SRC, resolve(SRC, dirname(from), specifier.replace(/\?bundled$/, "")))
    .split(sep)
    .join("/");
  const stem = path.replace(/\.js$/, "");
  return [`${stem}.ts`, `${stem}.tsx`].find((file) => path.endsWith(".js") && files.includes(file)) ?? path;
}

const imports: Import[] = files.flatMap((from) =>
  specifiers(source(from)).map((specifier) => ({ from, to: target(from, specifier) })),
);
const folderOf = (path: string) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : path);
const isOurs = (path: string) => files.includes(path);

/** What is wrong with an import, if anything. */
function fault({ from, to }: Import): string | undefined {
  const [here, there] = [folderOf(from), folderOf(to)];
  if (to === "../package.json") return here === "cli" ? undefined : "only the command line knows the package's version";
  if (to.startsWith("node:")) return ON_NODE.includes(here) ? undefined : "the library runs in a browser";
  if (isOurs(to)) {
    if (to === "index.ts") return "nothing imports the public face";
    if (from === "index.ts") return there === "cli" ? "the library doesn't know its command line" : undefined;
    if (to === "errors.ts") return undefined;
    if (from === "errors.ts") return "errors know nobody";
    if (here === there) return undefined;
    if (here === "certify" && (there === "plan" || there === "problem"))
      return PLAN_AS_DATA.includes(to) ? undefined : "the checker knows plans as data alone";
    return BELOW[here]?.includes(there) === true ? undefined : `${here} doesn't know ${there}`;
  }
  if (to.startsWith(PAGE)) return existsSync(join(SRC, to)) ? undefined : "there is no such file";
  if (to.startsWith(".")) return "there is no such file";
  const name = to.split("/", to.startsWith("@") ? 2 : 1).join("/");
  const known = { ...dependencies, ...peerDependencies, ...(from.startsWith(PAGE) && devDependencies) };
  return Object.hasOwn(known, name) ? undefined : `${name} is no dependency`;
}

describe("imports", () => {
  test("are found", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.filter(({ to }) => isOurs(to)).length).toBeGreaterThan(50);
    expect(imports).toContainEqual({ from: "network/state.ts", to: "units/flow.ts" });
    const every = parse(
      "x.ts",
      `import a from "a"; import type { B } from "b"; export * from "c"; export { d } from "d"; import "e";
       import f = require("f"); type G = import("g").G; const h = await import("h"); const i = require("i"); import(j);`,
    );
    expect(specifiers(every)).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i", "not a literal: j"]);
  });

  test("point downward only", () => {
    const faults = imports.flatMap((one) => {
      const what = fault(one);
      return what === undefined ? [] : [`${one.from} imports ${one.to}: ${what}`];
    });
    expect(faults).toEqual([]);
  });

  test.each<[from: string, to: string, allowed: boolean]>([
    ["text/format.ts", "network/schema.ts", false],
    ["text/format.ts", "units/flow.ts", true],
    ["units/flow.ts", "text/format.ts", false],
    ["units/flow.ts", "errors.ts", true],
    ["network/load.ts", "units/flow.ts", true],
    ["network/load.ts", "plan/plan.ts", false],
    ["engines/network-engine.ts", "problem/flow-model.ts", true],
    ["engines/network-engine.ts", "units/flow.ts", false],
    ["engines/network-engine.ts", "text/show.ts", false],
    ["problem/problem.ts", "plan/plan.ts", false],
    ["certify/certify.ts", "plan/plan.ts", true],
    ["certify/certify.ts", "plan/measures.ts", false],
    ["certify/certify.ts", "problem/problem.ts", false],
    ["certify/certify.ts", "engines/engine.ts", false],
    ["linear/program.ts", "units/flow.ts", false],
    ["dispatch/prepare.ts", "linear/program.ts", true],
    ["dispatch/prepare.ts", "cli/faults.ts", false],
    ["cli/main.ts", "plan/plan.ts", true],
    ["cli/main.ts", "index.ts", false],
    ["index.ts", "cli/main.ts", false],
    ["errors.ts", "units/flow.ts", false],
    ["network/load.ts", "node:fs", false],
    ["cli/main.ts", "node:fs", true],
    ["network/load.ts", "zod", true],
    ["view/page/app.tsx", "preact", true],
    ["view/html.ts", "preact", false],
    ["view/html.ts", "view/page/none.css", false],
    ["network/load.ts", "graphology-components/x", true],
    ["network/load.ts", "fast-check", false],
    ["plan/plan.ts", "../package.json", false],
    ["plan/plan.ts", "../test/house.test.ts", false],
  ])("the rule: %s imports %s: %s", (from, to, allowed) => {
    expect(fault({ from, to }) === undefined).toBe(allowed);
  });

  test("have no cycles", () => {
    expect(cycles(imports.filter(({ to }) => isOurs(to)))).toEqual([]);
    const [ab, ba, bc] = [
      { from: "a", to: "b" },
      { from: "b", to: "a" },
      { from: "b", to: "c" },
    ];
    expect(cycles([ab, ba, bc])).toEqual(["a → b → a"]);
    expect(cycles([ab, bc])).toEqual([]);
  });

  test("every folder has its place in the rule", () => {
    expect(folders.filter((folder) => !Object.hasOwn(BELOW, folder))).toEqual([]);
  });
});

function cycles(edges: readonly Import[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const since = path.indexOf(file);
    if (since !== -1) found.push([...path.slice(since), file].join(" → "));
    if (since !== -1 || done.has(file)) return;
    for (const { from, to } of edges) if (from === file) visit(to, [...path, file]);
    done.add(file);
  };
  for (const { from } of edges) visit(from, []);
  return found;
}

/** Globals that a result must not depend on, or that a library has no business with. */
const BANNED = new Set([
  "console",
  "Date",
  "process",
  "performance",
  "crypto",
  "globalThis",
  "window",
  "Intl",
  "setTimeout",
  "setInterval",
  "fetch",
]);

/** Uses of banned globals, and of `random` under any name's dot; not keys, members or types of that name. */
function banned(file: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(file, (node) => {
    if (ts.isStringLiteralLike(node) && node.text === "random" && ts.isElementAccessExpression(node.parent)) {
      found.push("random");
    }
    if (!ts.isIdentifier(node)) return;
    if (node.text === "random") found.push("random");
    if (!BANNED.has(node.text)) return;
    const { parent } = node;
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      (ts.isQualifiedName(parent) && parent.right === node) ||
      ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) &&
        parent.name === node) ||
      ts.isTypeReferenceNode(parent) ||
      ts.isTypeQueryNode(parent);
    if (!isMember) found.push(node.text);
  });
  return found;
}

describe("no clock, no randomness, no console, no process", () => {
  test.each(files.filter((path) => folderOf(path) !== "cli" && !path.startsWith(PAGE)))("%s", (path) => {
    expect(banned(source(path))).toEqual([]);
  });

  test.each([
    ["console.log(1)", ["console"]],
    ["const { log } = console", ["console"]],
    ["new Date()", ["Date"]],
    ["Date.now()", ["Date"]],
    ["Math.random()", ["random"]],
    ['Math["random"]()', ["random"]],
    ["const { random } = Math", ["random"]],
    ["process.env.X", ["process"]],
    ["globalThis['Date']", ["globalThis"]],
    ["x.process; ({ process: 1 }); let y: Date; // Math.random", []],
    ["type E = typeof globalThis; typeof globalThis", ["globalThis"]],
    ['"console.log"', []],
  ])("the rule on `%s`", (text, uses) => {
    expect(banned(parse("x.ts", text))).toEqual(uses);
  });

  test("the command line alone uses them", () => {
    expect(banned(source("cli/main.ts"))).toContain("process");
  });
});

/** More than this isn't taken in at a glance. */
const MOST_FILES = 12;

test("no room of src has more than a dozen files besides its rooms", () => {
  const counts = new Map<string, number>();
  for (const path of readdirSync(SRC, { recursive: true, withFileTypes: true }))
    if (path.isFile()) counts.set(path.parentPath, (counts.get(path.parentPath) ?? 0) + 1);
  expect(counts.get(join(SRC, "network"))).toBeGreaterThan(5);
  expect([...counts].filter(([, count]) => count > MOST_FILES).map(([at, n]) => `${relative(SRC, at)}: ${n}`)).toEqual(
    [],
  );
});

test.each(folders)("src/%s has its tests in a folder of that name", (folder) => {
  const place = join(ROOT, "test", folder);
  const tests = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith(".test.ts")) : [];
  expect(tests).not.toEqual([]);
});
