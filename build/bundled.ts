/**
 * Lets a source have another as a text, with all that it imports: `import { text, hash, notices } from "./page/main.js?bundled"`. So
 * the package carries the script and the style of the pages that it writes. `hash` is what a content-security policy calls the text by,
 * `notices` are the licences of what is in it.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { build as bundle } from "esbuild";
import { noticesOf, packagesIn } from "./notices.js";

const QUERY = "?bundled";

/** `main.tsx` or `main.ts` for `main.js`; as it is for anything else. */
export function sourceOf(path: string): string {
  const stem = path.replace(/\.js$/, "");
  return [`${stem}.ts`, `${stem}.tsx`].find((source) => path.endsWith(".js") && existsSync(source)) ?? path;
}

/** A source and all that it imports as one text; and the folders of the packages that are in it. */
export async function bundleOf(path: string): Promise<{ text: string; packages: string[] }> {
  const { outputFiles, metafile } = await bundle({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
  return { text: outputFiles.map((file) => file.text).join(""), packages: packagesIn(metafile) };
}

/** The module that stands for `path`. */
async function moduleOf(path: string): Promise<string> {
  const { text, packages } = await bundleOf(path);
  const hash = `sha256-${createHash("sha256").update(text).digest("base64")}`;
  return Object.entries({ text, hash, notices: noticesOf(packages) })
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join("");
}

/** For Rollup and vitest. */
export const bundled = {
  name: "bundled",
  enforce: "pre" as const,
  resolveId(source: string, importer: string | undefined) {
    if (!source.endsWith(QUERY) || importer === undefined) return undefined;
    return `\0bundled:${sourceOf(resolve(dirname(importer), source.slice(0, -QUERY.length)))}.js`;
  },
  load(id: string) {
    const [, path] = /^\0bundled:(.*)\.js$/.exec(id) ?? [];
    return path === undefined ? undefined : moduleOf(path);
  },
};
