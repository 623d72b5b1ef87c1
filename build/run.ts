/**
 * Builds `dist`. Its files are named for what is in them: a face of the package each, and what they share by room of the house, as ESM
 * and as CJS; the command line; the types; `map.js`, all of the map element in one file; and the licences of what is in it and in
 * the pages that the package writes.
 */
import { rmSync, writeFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { build as bundle, transform } from "esbuild";
import { rollup, type OutputOptions, type Plugin, type RollupLog } from "rollup";
import { dts } from "rollup-plugin-dts";
import manifest from "../package.json";
import { bundled, bundleOf, sourceOf } from "./bundled.js";
import { noticesOf, packagesIn } from "./notices.js";

const ROOT = resolve(import.meta.dirname, "..");
const SRC = resolve(ROOT, "src");
const CLI = resolve(SRC, "cli") + sep;
const DIST = resolve(ROOT, "dist");
const TARGET = "es2022";

const FACES = {
  index: "src/index.ts",
  linear: "src/dispatch/linear.ts",
  "parallel/index": "src/parallel/index.ts",
  "view/index": "src/view/index.ts",
};
const PROGRAMS = { "cli/main": "src/cli/main.ts", "parallel/worker": "src/parallel/worker.ts" };

/** Sources, by what goes before `src/`'s own rooms. */
const sources: Plugin = {
  name: "sources",
  resolveId: (specifier, importer) =>
    importer === undefined || !specifier.startsWith(".") ? undefined : sourceOf(resolve(importer, "..", specifier)),
  transform: async (text, path) => {
    if (!path.endsWith(".ts")) return undefined;
    const { code } = await transform(text, { loader: "ts", target: TARGET, sourcefile: path });
    return { code, map: null };
  },
};

/** All that the command line wants of it. */
const version: Plugin = {
  name: "version",
  load: (path) =>
    path.endsWith("package.json") ? `export const version = ${JSON.stringify(manifest.version)};` : undefined,
};

/**
 * The file that a source goes into, by the first that fits; a face's own file where none does, or one of the command line's. Apart are
 * those that ask for other packages, as a bundler keeps what a file asks for as long as it keeps anything of that file.
 */
const FILES: readonly (readonly [RegExp, string])[] = [
  [/\?bundled$|^view\/html\.ts$/, "page"],
  [/^view\/(\w+\/|words\.ts)/, "drawing"],
  [/^dispatch\/provide-linear\.ts$/, "provide-linear"],
  [/^dispatch\/linear-kit\.ts$|^engines\/linear-|^linear\/(javascript-lp-solver|program)\.ts$/, "linear-engine"],
  [/^network\/(graph|checks\/(check-network|structure))\.ts$/, "graphs"],
  [/^(errors\.ts$|text\/|units\/|network\/)/, "network"],
  [/^flow\//, "flow"],
  [/^(problem|engines)\//, "engines"],
  [/^(plan|dispatch|linear\/highs)/, "dispatch"],
  [/^(contingency|linear)\//, "contingency"],
  [/^certify\//, "certify"],
  [/^explain\//, "explain"],
];

const isFace = (path: string) => Object.values(FACES).includes(relative(ROOT, path).split(sep).join("/"));

function fileOf(path: string): string | undefined {
  const [, bundled = path] = /^\0bundled:(.*)\.js$/.exec(path) ?? [];
  const place = relative(SRC, bundled).split(sep).join("/") + (bundled === path ? "" : "?bundled");
  return Object.values(FACES).includes(`src/${place}`)
    ? undefined
    : FILES.find(([pattern]) => pattern.test(place))?.[1];
}

const isPackage = (specifier: string) => /^[^./\0]/.test(specifier) && !specifier.startsWith(ROOT);
const common: OutputOptions = {
  dir: DIST,
  hoistTransitiveImports: false,
  minifyInternalExports: false,
  manualChunks: fileOf,
};

/** Files that need each other in a circle, say. */
function onwarn({ code, message }: RollupLog): void {
  // `trunkflow/linear` has no types.
  if (code !== "EMPTY_BUNDLE") throw new Error(message);
}

async function writeCode(entries: Record<string, string>, format: "es" | "cjs"): Promise<void> {
  const graph = await rollup({ input: entries, external: isPackage, plugins: [bundled, version, sources], onwarn });
  const extension = format === "es" ? "js" : "cjs";
  await graph.write({
    ...common,
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: ({ moduleIds }) =>
      `${moduleIds.every((path) => path.startsWith(CLI)) ? "cli/" : ""}[name].${extension}`,
    interop: "auto",
  });
  await graph.close();
}

/** All of the map element in one file, for a page without a bundler. @returns the folders of the packages that are in it */
async function writeMap(): Promise<string[]> {
  const { outputFiles, metafile } = await bundle({
    entryPoints: { map: resolve(SRC, "view/standalone.ts") },
    outdir: DIST,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const packages = packagesIn(metafile);
  for (const { path, text } of outputFiles) writeFileSync(path, `/*\n${noticesOf(packages)}*/\n${text}`);
  return packages;
}

/** The licences of all that `dist` carries of others. */
async function writeNotices(packages: readonly string[]): Promise<void> {
  const page = await bundleOf(resolve(SRC, "view/page/main.tsx"));
  const others = [...packages, ...page.packages].filter((folder) => folder !== ROOT);
  writeFileSync(resolve(DIST, "third-party-notices.txt"), noticesOf(others));
}

/** A file for each face, and one for what they share. */
async function writeTypes(): Promise<void> {
  const graph = await rollup({ input: FACES, external: isPackage, plugins: [dts()], onwarn });
  for (const extension of ["ts", "cts"])
    await graph.write({
      ...common,
      // What needs the types of the DOM is the map element's alone.
      manualChunks: (path) =>
        isFace(path) || /view[\\/](define-map|map-element)\.ts$/.test(path) ? undefined : "types",
      entryFileNames: `[name].d.${extension}`,
      chunkFileNames: `[name].d.${extension}`,
    });
  await graph.close();
}

rmSync(DIST, { recursive: true, force: true });
await writeCode({ ...FACES, ...PROGRAMS }, "es");
await writeCode(FACES, "cjs");
await writeNotices(await writeMap());
await writeTypes();
