/** The code of README.md and of docstrings runs against the built package, and says what it gives. See `runnable.ts`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BROWSER, launch } from "../support/browser.js";
import { ensureBuilt, ROOT } from "./built.js";
import { blocksOf, faultOf, programOf, type Block } from "./runnable.js";

const README = join(ROOT, "README.md");

const { exports: faces } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  exports: Record<string, { import: { default: string } }>;
};
/** The file that a face of the package is: `trunkflow`, `trunkflow/view`. */
const fileOf = (face: string) => join(ROOT, faces[face.replace("trunkflow", ".")]!.import.default);

let place = "";

beforeAll(() => {
  ensureBuilt();
  // Within the repository, so that other imports resolve from it.
  mkdirSync(join(ROOT, "node_modules/.cache"), { recursive: true });
  place = mkdtempSync(join(ROOT, "node_modules/.cache/documents-"));
}, 180_000);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

/** Runs a block and gives what is wrong with it; and how much of it was checked. */
async function run(block: Block, prelude = ""): Promise<{ checks: number; faults: string[] }> {
  const { code, checks } = programOf(block, prelude);
  const text = withFiles(code);
  const file = join(place, `block-${block.line}-${Math.abs(hash(text))}.mjs`);
  const faults: string[] = [];
  let checked = 0;
  vi.stubGlobal("__check", async (line: number, comment: string, evaluate: () => unknown) => {
    checked += 1;
    const fault = await faultOf(comment, evaluate);
    if (fault !== undefined) faults.push(`line ${line}: ${fault}`);
  });
  writeFileSync(file, text);
  const before = process.cwd();
  try {
    if (before !== ROOT) process.chdir(ROOT);
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(checked).toBe(checks);
  return { checks, faults };
}

/** The code with files for the faces that it imports. */
function withFiles(code: string): string {
  return code.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(trunkflow(?:\/\w+)?)\2/g,
    (_all, before: string, _quote, face: string) => before + JSON.stringify(pathToFileURL(fileOf(face)).href),
  );
}

/** `run` for what needs a page. */
async function runInPage(block: Block, prelude: string): Promise<{ checks: number; faults: string[] }> {
  const { code, checks } = programOf(block, prelude);
  const checker = `const checked = []; const __check = async (line, comment, evaluate) => { checked.push([line, comment, await evaluate()]); };`;
  const { outputFiles } = await build({
    stdin: { contents: `${checker}\n${withFiles(code)}\nglobalThis.checked = checked;`, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: "esm",
    external: ["highs"],
    logLevel: "silent",
    plugins: [
      {
        name: "files",
        setup: (on) => {
          on.onResolve({ filter: /^file:/ }, ({ path }) => ({ path: fileURLToPath(path) }));
        },
      },
    ],
  });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ type: "module", content: outputFiles[0]!.text });
    await page.waitForFunction("globalThis.checked");
    const checked = await page.evaluate<[number, string, unknown][]>("globalThis.checked");
    const faults = await Promise.all(
      checked.map(async ([line, comment, value]) => {
        const fault = await faultOf(comment, () => value);
        return fault === undefined ? [] : [`line ${line}: ${fault}`];
      }),
    );
    expect(checked).toHaveLength(checks);
    return { checks, faults: faults.flat() };
  } finally {
    await browser.close();
  }
}

function hash(text: string): number {
  let h = 0;
  for (const c of text) h = (h * 31 + c.charCodeAt(0)) | 0;
  return h;
}

describe("README.md", () => {
  test("is there and has code that runs", () => {
    expect(existsSync(README)).toBe(true);
    expect(blocksOf(readFileSync(README, "utf8")).runnable.length).toBeGreaterThan(0);
  });

  const { runnable, norun } = existsSync(README) ? blocksOf(readFileSync(README, "utf8")) : { runnable: [], norun: [] };

  for (const block of runnable) {
    test(`line ${block.line}`, async () => {
      expect((await run(block)).faults).toEqual([]);
    });
  }
  for (const { line, reason } of norun) test.skip(`line ${line} isn't run: ${reason}`, () => undefined);
});

/** What docstrings' examples may take as given: the network of `loadNetwork`'s own example, and the public names. */
const CITY = `const city = loadNetwork({
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: 0.35 },
    { id: "east", kind: "plant", capacity: 1.74 },
  ],
  links: [{ id: "a", kind: "conduit", from: "north", to: "east", capacity: 0.8 }],
});`;

interface Example {
  readonly name: string;
  readonly block: Block;
}

/** The sources of the faces, and what examples take from each. */
const FACES = [
  ["trunkflow", "src/index.ts"],
  ["trunkflow/linear", "src/dispatch/linear.ts"],
  ["trunkflow/parallel", "src/parallel/index.ts"],
  ["trunkflow/view", "src/view/index.ts"],
] as const;
/** What needs a page. */
const IN_PAGE = ["defineMap"];

/** Functions and classes that the faces export, those of them without an example, and the examples; and those of the faces themselves. */
function examples() {
  const paths = FACES.map(([, path]) => join(ROOT, path));
  const program = ts.createProgram(paths, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const faceOf = new Map<string, string>();
  const found: Example[] = [];
  const lacking: string[] = [];
  const take = (name: string, node: ts.Node) => {
    const tags = ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === "example");
    if (tags.length === 0) lacking.push(name);
    for (const tag of tags) {
      const file = node.getSourceFile();
      const { line } = file.getLineAndCharacterOfPosition(tag.getStart());
      const code = ts.getTextOfJSDocComment(tag.comment) ?? "";
      const place = `${relative(ROOT, file.fileName)}:${line + 1}`;
      found.push({ name: `${name} (${place})`, block: { line: line + 1, code } });
    }
  };
  for (const [face, path] of FACES) {
    const file = program.getSourceFile(join(ROOT, path))!;
    const module = checker.getSymbolAtLocation(file)!;
    const exported = checker.getExportsOfModule(module);
    // Of a face that is there to be imported, the example is its own.
    if (exported.length === 0) take(face, file.statements[0]!);
    for (const alias of exported) {
      const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
      const declaration = symbol.declarations?.[0];
      if (declaration === undefined || faceOf.has(alias.name)) continue;
      if (!ts.isFunctionDeclaration(declaration) && !ts.isClassDeclaration(declaration)) continue;
      faceOf.set(alias.name, face);
      take(alias.name, declaration);
    }
  }
  return { faceOf, found, lacking };
}

describe("docstrings", () => {
  const { faceOf, found, lacking } = examples();

  test("of all functions and classes have examples", () => {
    expect(lacking).toEqual([]);
    expect(found.map(({ name }) => name.split(" ")[0])).toEqual(
      expect.arrayContaining(["dispatch", "NetworkError", "renderHtml", "screenOutagesInParallel", "trunkflow/linear"]),
    );
  });

  const preludeOf = ({ code }: Block) => {
    const names = [...faceOf].filter(([name]) => name === "loadNetwork" || new RegExp(`\\b${name}\\b`).test(code));
    const imports = names.map(([name, face]) => `import { ${name} } from "${face}";`).join("\n");
    return `${imports}\n${/\bconst city\b/.test(code) ? "" : CITY}\n`;
  };

  for (const { name, block } of found) {
    const isInPage = IN_PAGE.includes(name.split(" ")[0]!);
    test.skipIf(isInPage && BROWSER === undefined)(name, async () => {
      const { checks, faults } = await (isInPage ? runInPage : run)(block, preludeOf(block));
      expect(faults).toEqual([]);
      expect(checks).toBeGreaterThan(0);
    });
  }
});
