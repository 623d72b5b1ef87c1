/** The code of README.md and of docstrings runs against the built package, and says what it gives. See `runnable.ts`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DIST, ensureBuilt, ROOT } from "./built.js";
import { blocksOf, faultOf, programOf, type Block } from "./runnable.js";

const README = join(ROOT, "README.md");
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
  const text = code.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)(["'])trunkflow(\/\w+)?\2/g,
    (_all, before: string, _quote, face = "") =>
      before + JSON.stringify(pathToFileURL(join(DIST, `${face}/index.js`)).href),
  );
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

/** The `@example`s of what `index.ts` exports. */
function examples(): { exported: string[]; found: Example[] } {
  const program = ts.createProgram([join(ROOT, "src/index.ts")], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const face = checker.getSymbolAtLocation(program.getSourceFile(join(ROOT, "src/index.ts"))!)!;
  const exported: string[] = [];
  const found: Example[] = [];
  for (const alias of checker.getExportsOfModule(face)) {
    const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
    const declaration = symbol.declarations?.[0];
    if (declaration === undefined) continue;
    if (ts.isFunctionDeclaration(declaration)) exported.push(alias.name);
    for (const tag of ts.getJSDocTags(declaration)) {
      if (tag.tagName.text !== "example") continue;
      const file = declaration.getSourceFile();
      const { line } = file.getLineAndCharacterOfPosition(tag.getStart());
      const code = ts.getTextOfJSDocComment(tag.comment) ?? "";
      found.push({
        name: `${alias.name} (${relative(ROOT, file.fileName)}:${line + 1})`,
        block: { line: line + 1, code },
      });
    }
  }
  return { exported, found };
}

describe("docstrings", () => {
  const { exported, found } = examples();

  test("have examples", () => {
    expect(found.map(({ name }) => name.split(" ")[0])).toEqual(
      expect.arrayContaining(["loadNetwork", "checkNetwork", "loadState", "networkGraph", "dispatch", "certify"]),
    );
  });

  test.each(found)("$name", async ({ block }) => {
    const names = new Set([...exported, "loadNetwork"]);
    const own = /\bconst city\b/.test(block.code) ? "" : CITY;
    const prelude = `import { ${[...names].join(", ")} } from "trunkflow";\n${own}\n`;
    const { checks, faults } = await run(block, prelude);
    expect(faults).toEqual([]);
    expect(checks).toBeGreaterThan(0);
  });
});
