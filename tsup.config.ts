import { defineConfig } from "tsup";
import { bundledForEsbuild } from "./bundled.js";

const shared = { target: "es2022" as const, esbuildPlugins: [bundledForEsbuild] };
const faces = {
  index: "src/index.ts",
  "dispatch/linear": "src/dispatch/linear.ts",
  "parallel/index": "src/parallel/index.ts",
  "view/index": "src/view/index.ts",
};

export default defineConfig([
  // A file for each source file, so that a bundler takes only those it needs.
  {
    ...shared,
    entry: ["src/**/*.ts", "!src/view/page/**", "!src/view/standalone.ts", "!src/**/*.d.ts"],
    outDir: "dist",
    format: ["esm"],
    platform: "neutral",
    splitting: true,
    external: [/^node:/],
  },
  // One file that a page without a bundler can load.
  {
    ...shared,
    entry: { map: "src/view/standalone.ts" },
    format: ["esm"],
    platform: "browser",
    noExternal: [/./],
    splitting: false,
    minify: true,
  },
  {
    ...shared,
    entry: faces,
    format: ["cjs"],
    platform: "neutral",
    external: [/^node:/],
    shims: true,
    // Read by programs alone.
    esbuildOptions: (options) => {
      options.minifyWhitespace = true;
    },
  },
  { ...shared, entry: faces, format: ["esm", "cjs"], dts: { only: true } },
]);
