/** The built command line, run as a program in an empty folder. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { DIST, ensureBuilt } from "../package/built.js";

export const CLI = join(DIST, "cli", "main.js");
export const home = mkdtempSync(join(tmpdir(), "trunkflow-cli-"));

beforeAll(() => {
  ensureBuilt();
}, 180_000);

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

export interface Outcome {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** The environment of a machine that says nothing about language or colour. */
export const ENV: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: home };

export function run(args: string[], env: NodeJS.ProcessEnv = {}, nodeOptions: string[] = []): Outcome {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [...nodeOptions, CLI, ...args], {
    cwd: home,
    env: { ...ENV, ...env },
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  // Whatever happens: no stack trace, and nothing that drives a terminal that isn't there.
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .*:\d+:\d+|node:internal|Error: |\[object/);
  if (nodeOptions.length === 0) expect(`${stdout}${stderr}`).not.toMatch(CONTROLS);
  // Whatever ends in another exit code than 0 says why.
  if (status !== 0) expect(stderr).toMatch(/\S/);
  return { exit: status, out: stdout, err: stderr };
}

/** Control characters but the line break, and what turns text around. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/u; // eslint-disable-line no-control-regex -- they are what is looked for

export const lines = (text: string) => text.split("\n").filter((line) => line !== "");

export function file(name: string, content: string | Uint8Array | object): string {
  writeFileSync(
    join(home, name),
    typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  return name;
}
