/**
 * Lets a source have another as a text, with all that it imports: `import { text, hash } from "./page/main.js?bundled"`. So the
 * package carries the script and the style of the pages that it writes. `hash` is what a content-security policy calls the text by.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { build as bundle } from "esbuild";

const QUERY = "?bundled";

/** `main.tsx` or `main.ts` for `main.js`; as it is for anything else. */
export function sourceOf(path: string): string {
  const stem = path.replace(/\.js$/, "");
  return [`${stem}.ts`, `${stem}.tsx`].find((source) => path.endsWith(".js") && existsSync(source)) ?? path;
}

/** The module that stands for `path`. */
async function moduleOf(path: string): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
  const text = outputFiles.map((file) => file.text).join("");
  const hash = createHash("sha256").update(text).digest("base64");
  return `export const text = ${JSON.stringify(text)};\nexport const hash = "sha256-${hash}";\n`;
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
