import { defineConfig } from "vitest/config";
import { bundled } from "./build/bundled.js";

export default defineConfig({
  plugins: [bundled],
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/fast-check.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
