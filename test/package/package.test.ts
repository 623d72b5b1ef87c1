/** What users get: packed, installed in an empty project, imported, required, typed, bundled and run. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt, ROOT } from "./built.js";

const home = mkdtempSync(join(tmpdir(), "trunkflow-package-"));
const project = join(home, "project");
const installed = join(project, "node_modules/trunkflow");
const isWindows = process.platform === "win32";
let installation: { status: number | null; stdout: string; stderr: string };
let packed: { filename: string; files: { path: string }[]; size: number; unpackedSize: number };

const npm = (args: string[], cwd: string) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell: isWindows });

beforeAll(() => {
  ensureBuilt();
  mkdirSync(project);
  // Without the `prepack` script: it would build anew under the hands of other tests.
  const report = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", home], ROOT);
  packed = (JSON.parse(report) as (typeof packed)[])[0]!;
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const install = (how: string) =>
    spawnSync("npm", ["install", "--no-audit", "--no-fund", how, join(home, packed.filename)], {
      cwd: project,
      encoding: "utf8",
      shell: isWindows,
    });
  installation = install("--offline");
  if (installation.status !== 0) installation = install("--prefer-offline");
}, 180_000);

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  writeFileSync(join(project, name), text);
  return name;
}

const NETWORK = {
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: 0.35 },
    { id: "east", kind: "plant", capacity: 1.75 },
  ],
  links: [{ id: "a", kind: "conduit", from: "north", to: "east", capacity: 0.8 }],
};
const FILE = JSON.stringify(NETWORK);

/** Runs a module of the project and reads what it prints. */
function run(name: string, text: string): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [write(name, text)], {
    cwd: project,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("the tarball", () => {
  test("holds what is published and nothing else", () => {
    const paths = packed.files.map((file) => file.path);
    const unexpected = paths.filter(
      (path) =>
        !/^dist\/([a-z]+\/){0,2}[\w-]+\.(js|cjs|d\.ts|d\.cts)$/.test(path) &&
        !/^(README|CHANGELOG)\.md$/.test(path) &&
        !/^src\/network\/json-schema\/\w+\.schema\.json$/.test(path) &&
        path !== "dist/third-party-notices.txt" &&
        path !== "package.json" &&
        path !== "LICENSE",
    );
    expect(unexpected).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining([
        "package.json",
        "LICENSE",
        "README.md",
        "dist/index.js",
        "dist/index.cjs",
        "dist/index.d.ts",
        "dist/index.d.cts",
        "dist/cli/main.js",
        "src/network/json-schema/network.schema.json",
        "src/network/json-schema/state.schema.json",
      ]),
    );
  });

  test("names only files that it has", () => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<string, unknown>;
    const leaves = (value: unknown): string[] =>
      typeof value === "string"
        ? [value]
        : Object.values((value ?? {}) as Record<string, unknown>).flatMap((child) => leaves(child));
    const { main, module, types, bin, exports } = manifest;
    const paths = [...new Set(leaves([main, module, types, bin, exports]))];
    expect(paths.length).toBeGreaterThan(6);
    expect(paths.filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  test("brings every module that it imports", () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8"),
    ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
    const imported = packed.files
      .filter(({ path }) => /^dist\/(?!map\.js)/.test(path))
      .flatMap(({ path }) =>
        specifiersIn(path)
          // The command line and threads run on Node; the library's own modules may not ask for it.
          .filter(
            (specifier) =>
              !specifier.startsWith(".") && !(/^dist\/(cli|parallel)\//.test(path) && isBuiltin(specifier)),
          )
          .map(packageOf),
      );
    expect(imported).toEqual(expect.arrayContaining(["zod", "commander", "piscina", "graphology"]));
    expect(imported.filter((name) => !Object.hasOwn({ ...dependencies, ...peerDependencies }, name))).toEqual([]);
  });

  test("installs without a warning, and has no script to run", () => {
    expect({ status: installation.status, stderr: installation.stderr }).toEqual({ status: 0, stderr: "" });
    const { scripts } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { scripts: object };
    const atInstall = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];
    expect(Object.keys(scripts).filter((name) => atInstall.includes(name))).toEqual([]);
  });

  test("hands on the licences of what it carries", () => {
    const notices = readFileSync(join(installed, "dist/third-party-notices.txt"), "utf8");
    for (const name of ["graphology", "preact", "zod"])
      expect(notices).toMatch(new RegExp(`^${name} \\(MIT\\): Copyright`, "m"));
    expect(notices).toContain("Permission is hereby granted");
    const map = readFileSync(join(installed, "dist/map.js"), "utf8");
    const head = map.slice(0, map.indexOf("*/"));
    expect(head).toMatch(/^zod \(MIT\): Copyright/m);
    expect(head).toMatch(/^trunkflow \(MIT\): Copyright/m);
    expect(head).not.toMatch(/^preact/m);
  });

  test("has few files, each named for what is in it", () => {
    const files = packed.files.map(({ path }) => path).filter((path) => path.startsWith("dist/"));
    expect(files.length).toBeLessThan(60);
    const named = /^dist\/(cli\/|parallel\/|view\/)?[a-z]+(-[a-z]+)*\.(js|cjs|d\.ts|d\.cts|txt)$/;
    expect(files.filter((path) => !named.test(path))).toEqual([]);
  });

  const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;
  const STATIC = /(?:^|\n)(?:import|export)\b(?:[^;"']*?\bfrom)?\s*["']([^"']+)["']|\brequire\(["']([^"']+)["']\)/g;

  /** What a file of the package asks for. */
  function specifiersIn(path: string, pattern = new RegExp(`${STATIC.source}|${DYNAMIC.source}`, "g")): string[] {
    const text = readFileSync(join(installed, path), "utf8");
    return [...text.matchAll(pattern)].flatMap(([, ...found]) =>
      found.filter((name) => (name as string | undefined) !== undefined),
    );
  }

  const packageOf = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

  /** The packages that come along with a file of the package. */
  function loadedWith(path: string): string[] {
    const packages = new Set<string>();
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const specifier of specifiersIn(file, STATIC))
        if (specifier.startsWith(".")) visit(posix.join(posix.dirname(file), specifier));
        else packages.add(packageOf(specifier));
    };
    visit(path);
    return [...packages].sort();
  }

  test("loads packages only where they are used", () => {
    const library = [
      "fastest-levenshtein",
      "graphology",
      "graphology-components",
      "graphology-layout-forceatlas2",
      "graphology-shortest-path",
      "javascript-lp-solver",
      "zod",
    ];
    for (const extension of ["js", "cjs"]) {
      expect(loadedWith(`dist/index.${extension}`)).toEqual(library);
      const view = library.filter((name) => name !== "javascript-lp-solver");
      expect(loadedWith(`dist/view/index.${extension}`).filter((name) => !view.includes(name))).toEqual([]);
      expect(loadedWith(`dist/parallel/index.${extension}`)).toContain("piscina");
    }
    const command = loadedWith("dist/cli/main.js").filter((name) => !isBuiltin(name));
    expect(command).toEqual(expect.arrayContaining(["cli-table3", "commander", "picocolors"]));
    expect(command.filter((name) => ["javascript-lp-solver", "piscina", "highs"].includes(name))).toEqual([]);
  });

  test("of a size that is told", () => {
    const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
    const all = readdirSync(join(project, "node_modules"), { recursive: true, encoding: "utf8" })
      .map((path) => statSync(join(project, "node_modules", path)))
      .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
    console.log(`tarball ${kB(packed.size)}, unpacked ${kB(packed.unpackedSize)}, with its dependencies ${kB(all)}`);
    expect(packed.size).toBeLessThan(1_000_000);
  });
});

describe("in Node", () => {
  const USE = `const city = t.loadNetwork(${FILE});
    const plan = t.dispatch(city);
    console.log(JSON.stringify({ names: Object.keys(t), plants: plan.plants, sound: t.certify(city, {}, plan).valid }));`;
  const RESULT = {
    plants: [{ id: "east", intake: 0.35, available: 1.75, utilisation: 0.2, headroom: 1.4 }],
    sound: true,
  };

  test("imports as ESM and as CJS, with the same names", () => {
    const esm = run("use.mjs", `import * as t from "trunkflow";\n${USE}`);
    const cjs = run("use.cjs", `const t = require("trunkflow");\n${USE}`);
    expect(esm).toMatchObject(RESULT);
    expect(cjs).toMatchObject(RESULT);
    const names = (result: unknown) =>
      (result as { names: string[] }).names.filter((name) => name !== "default").sort();
    expect(names(esm)).toEqual(names(cjs));
    expect(names(esm)).toEqual(expect.arrayContaining(["loadNetwork", "dispatch", "NetworkError", "FLOW_UNITS"]));
  });

  test("has the LP engines without more ado, as ESM and as CJS", () => {
    const use = `console.log(JSON.stringify(t.dispatch(t.loadNetwork(${FILE}), { secure: ["a"] }).engine));`;
    expect(run("secure.mjs", `import * as t from "trunkflow";\n${use}`)).toBe("javascript-lp-solver");
    expect(run("secure.cjs", `const t = require("trunkflow");\n${use}`)).toBe("javascript-lp-solver");
  });

  test("networks of one kind work in the other", () => {
    const result = run(
      "both.mjs",
      `import { createRequire, isBuiltin } from "node:module";
       import * as esm from "trunkflow";
       const cjs = createRequire(import.meta.url)("trunkflow");
       const [a, b] = [esm.loadNetwork(${FILE}), cjs.loadNetwork(${FILE})];
       console.log(JSON.stringify({
         apart: esm.loadNetwork !== cjs.loadNetwork,
         kept: [cjs.loadNetwork(a) === a, esm.loadNetwork(b) === b],
         plants: [cjs.dispatch(a).plants[0].intake, esm.dispatch(b).plants[0].intake],
         graphs: [cjs.networkGraph(a).order, esm.networkGraph(b).order],
         sound: [esm.certify(a, {}, cjs.dispatch(b)).valid, cjs.certify(b, {}, esm.dispatch(a)).valid],
       }));`,
    );
    expect(result).toEqual({
      apart: true,
      kept: [true, true],
      plants: [0.35, 0.35],
      graphs: [2, 2],
      sound: [true, true],
    });
  });

  test("both schemas and the manifest are found by their exports", () => {
    const require = createRequire(join(project, "index.js"));
    for (const name of ["network", "state"]) {
      const schema = require(`trunkflow/${name}.schema.json`) as { $schema: string; type: string };
      expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
    }
    expect(require("trunkflow/package.json")).toMatchObject({ name: "trunkflow" });
    expect(() => require("trunkflow/dist/cli/main.js") as unknown).toThrow(/not defined by "exports"/);
    const found = run(
      "schema.mjs",
      `import { readFileSync } from "node:fs";
       const schema = JSON.parse(readFileSync(new URL(import.meta.resolve("trunkflow/network.schema.json"))));
       console.log(JSON.stringify(Object.keys(schema.properties)));`,
    );
    expect(found).toEqual(expect.arrayContaining(["units", "nodes", "links"]));
  });

  test("the command runs by its name", () => {
    write("net.json", FILE);
    const bin = join(project, "node_modules/.bin", isWindows ? "trunkflow.cmd" : "trunkflow");
    const { status, stdout, stderr } = spawnSync(bin, ["check", "net.json"], {
      cwd: project,
      encoding: "utf8",
      shell: isWindows,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^2 nodes, 1 links? \(1 catchment, 1 plant, 1 conduit\): no problems\n$/);
  });
});

describe("types", () => {
  const CONSUMER = `import {
      certify, checkNetwork, dispatch, loadNetwork, loadState, networkGraph, NetworkError,
      type Issue, type Network, type NetworkFile, type Plan, type State,
    } from "trunkflow";
    const file: NetworkFile = {
      units: { flow: "m3/s" },
      nodes: [{ id: "north", kind: "catchment", inflow: 0.35 }, { id: "east", kind: "plant", capacity: 1.75 }],
      links: [{ id: "a", kind: "conduit", from: "north", to: "east", capacity: 0.8 }],
    };
    const city: Network = loadNetwork(file);
    const state: State = { out: ["east"] };
    const plan: Plan = dispatch(city, { state, outages: ["a"], tolerance: 0.1, policy: ["flooding", { spill: 1, cost: 2 }] });
    export const intake: number | undefined = plan.plants[0]?.intake;
    export const issues: Issue[] = checkNetwork(file);
    export const order: number = networkGraph(city).order;
    export const name: string | undefined = networkGraph(city).getNodeAttributes("east").id;
    export const valid: boolean = certify(city, loadState(city, state), plan).valid;
    export const paths = (reason: unknown): readonly string[] =>
      reason instanceof NetworkError ? reason.issues.map((issue) => issue.path) : [];
    // @ts-expect-error a catchment has an inflow
    export const wrong: NetworkFile = { ...file, nodes: [{ id: "x", kind: "catchment" }] };
    // @ts-expect-error a network is not changed
    city.nodes[0]!.id = "y";
    // @ts-expect-error there is no such option
    dispatch(city, { outage: ["a"] });
    // @ts-expect-error a file isn't a network
    dispatch(file);
  `;

  const compile = (name: string, module: string, moduleResolution: string, ...more: string[]) => {
    const flags = [
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      "--module",
      module,
      "--moduleResolution",
      moduleResolution,
    ];
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, "node_modules/typescript/bin/tsc"), ...flags, ...more, name],
      { cwd: project, encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  };

  test.each([
    ["node16", "node16", "consumer.mts"],
    ["node16", "node16", "consumer.cts"],
    ["bundler", "esnext", "consumer.ts"],
  ])("resolve with moduleResolution %s (%s, %s)", (moduleResolution, module, name) => {
    write(name, CONSUMER);
    compile(name, module, moduleResolution, "--skipLibCheck", "--lib", "es2023,dom");
  });

  const EVERY_FACE = `import { loadNetwork, screenOutages } from "trunkflow";
    import "trunkflow/linear";
    import { screenOutagesInParallel } from "trunkflow/parallel";
    import { defineMap, renderHtml, renderSvg, type HtmlOptions, type TrunkflowMap } from "trunkflow/view";
    const city = loadNetwork({});
    const options: HtmlOptions = { language: "zh", outages: ["a"] };
    export const texts: string[] = [renderHtml(city, options), renderSvg(city)];
    export const define: () => void = defineMap;
    export const closer = (map: TrunkflowMap): void => { map.zoom(2); };
    export const count: number = screenOutages(city, { signal: { throwIfAborted() {} } }).length;
    export const later = screenOutagesInParallel(city).then((table) => table.length);
    `;

  test.each(["mts", "cts"])(
    "need neither a browser's library nor Node's, and are sound in themselves: .%s",
    (extension) => {
      const name = write(`faces.${extension}`, EVERY_FACE);
      compile(name, "node16", "node16", "--lib", "es2022", "--typeRoots", "none");
    },
  );

  test("of the map element are an element's where there is a page", () => {
    const page = `${EVERY_FACE} export const listen = (map: TrunkflowMap): void => { map.addEventListener("click", () => { map.fit(); }); };`;
    compile(write("page.mts", page), "node16", "node16", "--lib", "es2022,dom");
  });
});

describe("in a browser", () => {
  const bundle = async (entry: string) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: entry, resolveDir: project, loader: "js" },
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "browser",
      logLevel: "silent",
    });
    return {
      text: outputFiles[0]!.text,
      inputs: Object.keys(metafile.inputs),
      outputs: Object.values(metafile.outputs),
    };
  };

  test("a tiny page bundles without Node, and dispatches there", async () => {
    const { text, outputs } = await bundle(
      `import { dispatch, loadNetwork } from "trunkflow"; export const plan = (file) => dispatch(loadNetwork(file));`,
    );
    expect(outputs.flatMap((output) => output.imports)).toEqual([]);
    expect(text).not.toMatch(/["']node:|\brequire\(["'](fs|path|os|process|util|crypto)["']\)/);
    const size = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
    const bytes = Buffer.byteLength(text);
    console.log(`browser bundle ${size(bytes)}, ${size(gzipSync(text).length)} gzipped`);
    expect(bytes).toBeLessThanOrEqual(150_000);
    expect(onPage(text, `page.plan(${FILE}).plants`)).toMatchObject([{ id: "east", intake: 0.35 }]);
  });

  test("LP engines are in the bundle where they are imported, and else it says how to get them", async () => {
    const page = (more: string) =>
      bundle(`${more} import { dispatch, loadNetwork } from "trunkflow";
        export const secured = (file) => {
          try { return dispatch(loadNetwork(file), { secure: ["a"] }).engine; } catch ({ name, message }) { return { name, message }; }
        };`);
    const without = await page("");
    expect(onPage(without.text, `page.secured(${FILE})`)).toEqual({
      name: "OptionError",
      message: expect.stringContaining('import "trunkflow/linear"') as unknown,
    });
    const withThem = await page('import "trunkflow/linear";');
    expect(onPage(withThem.text, `page.secured(${FILE})`)).toBe("javascript-lp-solver");
    expect(withThem.text.length).toBeGreaterThan(without.text.length + 30_000);
  });

  /** What an expression is of the bundle's exports, `page`, with nothing of Node in reach. */
  function onPage(text: string, expression: string): unknown {
    const page = write("page.mjs", text);
    const probe = `import { createContext, SourceTextModule } from "node:vm";
      import { readFileSync } from "node:fs";
      const context = createContext({});
      const module = new SourceTextModule(readFileSync(${JSON.stringify(page)}, "utf8"), { context });
      await module.link(() => { throw new Error("imports"); });
      await module.evaluate();
      const page = module.namespace;
      console.log(JSON.stringify(${expression}));`;
    const { status, stdout } = spawnSync(
      process.execPath,
      ["--experimental-vm-modules", "--no-warnings", write("probe.mjs", probe)],
      { cwd: project, encoding: "utf8" },
    );
    expect(status).toBe(0);
    return JSON.parse(stdout);
  }

  test("what isn't used isn't bundled", async () => {
    const { text, inputs } = await bundle(`import { FLOW_UNITS } from "trunkflow"; export const units = FLOW_UNITS;`);
    console.log(`FLOW_UNITS alone: ${text.length} bytes of ${inputs.length} files`);
    expect(text.length).toBeLessThan(1000);
  });
});
