import { defineConfig } from "tsup";

const shared = { target: "es2022", sourcemap: true } as const;
const faces = {
  index: "src/index.ts",
  "parallel/index": "src/parallel/index.ts",
  "view/index": "src/view/index.ts",
};

export default defineConfig([
  // A file for each source file, so that a bundler takes only those it needs.
  {
    ...shared,
    entry: ["src/**/*.ts"],
    outDir: "dist",
    format: ["esm"],
    platform: "neutral",
    splitting: true,
    external: [/^node:/],
  },
  { ...shared, entry: faces, format: ["cjs"], platform: "neutral", external: [/^node:/], shims: true },
  { ...shared, entry: faces, format: ["esm", "cjs"], dts: { only: true } },
]);
