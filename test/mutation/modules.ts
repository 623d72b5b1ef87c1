/** Loads sources and tests without a test runner around them, as often as there are changes to try. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import { vitestFor, type TestFile } from "./test-face.js";

type Wrapper = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void;

/** Compiled once; what runs is new for each change, as if the program had started anew. */
export class Modules {
  private readonly compiled = new Map<string, Wrapper>();
  private loaded = new Map<string, { exports: unknown }>();

  /** @param rewrite gives a source as it is to run */
  constructor(private readonly rewrite: (path: string, text: string) => string) {}

  forget(): void {
    this.loaded = new Map();
  }

  /** The tests of a file. */
  tests(path: string): TestFile {
    const { face, file } = vitestFor();
    this.load(path, face);
    return file;
  }

  private load(path: string, face: unknown): unknown {
    const before = this.loaded.get(path);
    if (before !== undefined) return before.exports;
    const module = { exports: {} as unknown };
    this.loaded.set(path, module);
    const ours = createRequire(path);
    const require = (name: string): unknown => {
      if (name === "vitest") return face;
      if (name.endsWith("?bundled")) return { text: "", hash: "", notices: "" };
      if (!name.startsWith(".") || name.endsWith(".json")) return ours(name);
      return this.load(sourceOf(resolve(dirname(path), name)), face);
    };
    this.wrapperOf(path)(require, module, module.exports);
    return module.exports;
  }

  private wrapperOf(path: string): Wrapper {
    const before = this.compiled.get(path);
    if (before !== undefined) return before;
    const { code } = transformSync(this.rewrite(path, readFileSync(path, "utf8")), {
      loader: path.endsWith("x") ? "tsx" : "ts",
      format: "cjs",
      target: "es2022",
      supported: { "dynamic-import": false },
      define: {
        "import.meta.dirname": JSON.stringify(dirname(path)),
        "import.meta.url": JSON.stringify(pathToFileURL(path).href),
      },
    });
    const wrapper = compileFunction(code, ["require", "module", "exports"], { filename: path }) as Wrapper;
    this.compiled.set(path, wrapper);
    return wrapper;
  }
}

function sourceOf(path: string): string {
  const stem = path.replace(/\.js$/, "");
  return [`${stem}.ts`, `${stem}.tsx`].find((file) => existsSync(file)) ?? path;
}
