import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
/** The survey's tables aren't part of the project; where they lie beside it, the seeds are held against them. */
const TABLES = resolve(ROOT, "../shared/networks/cwns");

test.skipIf(!existsSync(TABLES))("the survey's tables, where they are at hand, give the seeds to the letter", () => {
  const out = mkdtempSync(join(tmpdir(), "seeds-"));
  try {
    for (const [seed, tables] of [
      ["milwaukee", "milwaukee-wi"],
      ["cobb-atlanta", "cobb-atlanta-ga"],
      ["denver", "denver-co"],
      ["cleveland", "cleveland-oh"],
    ] as const) {
      execFileSync(process.execPath, [join(ROOT, "seeds/cwns/build.mjs"), join(TABLES, tables), join(out, seed)]);
      for (const file of ["network.json", "state.json", "findings.md"]) {
        expect(readFileSync(join(out, seed, file), "utf8")).toBe(readFileSync(join(ROOT, "seeds", seed, file), "utf8"));
      }
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});
