import { defineConfig } from "tsup";

const shared = { target: "es2022", sourcemap: true } as const;

export default defineConfig([
  // A file for each source file, so that a bundler takes only those it needs.
  {
    ...shared,
    entry: ["src/**/*.ts", "!src/cli"],
    outDir: "dist",
    format: ["esm"],
    platform: "neutral",
    splitting: true,
  },
  { ...shared, entry: { index: "src/index.ts" }, format: ["cjs"], platform: "neutral" },
  { ...shared, entry: { index: "src/index.ts" }, format: ["esm", "cjs"], dts: { only: true } },
  { ...shared, entry: { cli: "src/cli/main.ts" }, format: ["esm"], platform: "node" },
]);
