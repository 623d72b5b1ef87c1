import { defineConfig } from "vitest/config";
import { bundledForVite } from "./bundled.js";

export default defineConfig({
  plugins: [bundledForVite],
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/fast-check.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
