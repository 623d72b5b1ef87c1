/** The built package, for tests that use what users get. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");
export const DIST = join(ROOT, "dist");

const PRODUCTS = [
  "index.js",
  "index.cjs",
  "index.d.ts",
  "index.d.cts",
  "cli/main.js",
  "parallel/index.js",
  "view/index.js",
].map((name) => join(DIST, name));
const LOCK = join(tmpdir(), `trunkflow-build-${createHash("sha256").update(ROOT).digest("hex").slice(0, 12)}`);

/**
 * Builds if `dist` is missing or older than a source. Test files run side by side and building empties `dist` first, so one
 * builds while the others wait.
 */
export function ensureBuilt(): void {
  const release = lock();
  try {
    if (!isFresh()) {
      execFileSync("npm", ["run", "--silent", "build"], {
        cwd: ROOT,
        stdio: "pipe",
        shell: process.platform === "win32",
      });
    }
    if (!isFresh()) throw new Error(`building left out one of ${PRODUCTS.join(", ")}`);
  } finally {
    release();
  }
}

function isFresh(): boolean {
  if (!PRODUCTS.every((path) => existsSync(path))) return false;
  const sources = [
    ...["src", "build"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    ),
    "package.json",
    "tsconfig.json",
  ].map((path) => join(ROOT, path));
  const time = (path: string) => statSync(path).mtimeMs;
  const newest = Math.max(...sources.filter((path) => statSync(path).isFile()).map(time));
  return Math.min(...PRODUCTS.map(time)) >= newest;
}

/** A directory can be made only once; one whose maker is gone counts for nothing. */
function lock(): () => void {
  const owner = join(LOCK, "pid");
  for (;;) {
    try {
      mkdirSync(LOCK);
      writeFileSync(owner, String(process.pid));
      return () => {
        rmSync(LOCK, { recursive: true, force: true });
      };
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== "EEXIST") throw reason;
      if (isAbandoned(owner)) rmSync(LOCK, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

function isAbandoned(owner: string): boolean {
  try {
    process.kill(Number(readFileSync(owner, "utf8")), 0);
    return false;
  } catch (reason) {
    const { code } = reason as NodeJS.ErrnoException;
    // No such process; a lock that is just being made or removed has no owner to read and is waited for.
    return code === "ESRCH";
  }
}
