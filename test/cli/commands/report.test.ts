/** `trunkflow report`, and what a secured plan costs. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  dispatch,
  loadNetwork,
  loadState,
  preventivePlan,
  renderSvg,
  type PreventivePlan,
} from "../../../src/index.js";
import { renderHtml } from "../../../src/view/html.js";
import { ROOT } from "../../package/built.js";
import { CLI, ENV, home, run } from "../program.js";

const seed = (name: string) => join(ROOT, "seeds/xinxiang", name);
const network = loadNetwork(readFileSync(seed("network.json"), "utf8"));
const state = loadState(network, readFileSync(seed("state.json"), "utf8"));
const CITY = [seed("network.json"), "--state", seed("state.json")];

describe("a report", () => {
  const written = (name: string) => readFileSync(join(home, name), "utf8");

  test("as a page that begins in the state that was given", () => {
    const { exit, out } = run([
      "report",
      ...CITY,
      "--out",
      "wwtp-east,tie-east-north=40%",
      "--language",
      "zh",
      "-o",
      "a.html",
    ]);
    expect({ exit, out }).toEqual({ exit: 0, out: `可在浏览器中打开： ${pathToFileURL(join(home, "a.html")).href}\n` });
    const outages = ["wwtp-east", { id: "tie-east-north", availability: 0.4 }];
    expect(data(written("a.html"))).toEqual(data(renderHtml(network, { state, outages, language: "zh" })));
  });

  test("as a picture of the plan", () => {
    const { exit } = run(["report", ...CITY, "--out", "wwtp-east", "--tolerance", "0.05", "-o", "b.SVG"]);
    expect(exit).toBe(0);
    const plan = dispatch(network, { state, outages: ["wwtp-east"], tolerance: 0.05 });
    expect(written("b.SVG")).toBe(renderSvg(network, plan, { language: "en", out: ["wwtp-east"] }));
  });

  test("as a picture that shows what the state has out in part", () => {
    const availability = { "wei-main-east": 0, "wei-main-mid": 0.3 };
    writeFileSync(join(home, "partial.json"), JSON.stringify({ ...state, availability }));
    const { exit } = run(["report", seed("network.json"), "--state", "partial.json", "-o", "d.svg"]);
    expect(exit).toBe(0);
    const out = Object.entries(availability).map(([id, left]) => ({ id, availability: left }));
    const plan = dispatch(network, { state: { ...state, availability } });
    expect(written("d.svg")).toBe(renderSvg(network, plan, { language: "en", out }));
    expect(written("d.svg")).toContain("30.0 % available");
  });

  test.each<[string, string[], number, RegExp]>([
    ["of another kind", ["-o", "c.pdf"], 2, /c\.pdf ends in neither \.html .* nor \.svg/],
    [
      "where there is no folder",
      ["-o", "none/c.html"],
      1,
      /^none\/c\.html can't be written: there is no such folder \(ENOENT\)\n$/,
    ],
    ["without a name", [], 2, /--output/],
    ["of what isn't there", ["--out", "wwtp-eest", "-o", "c.html"], 2, /Did you mean "wwtp-west"/],
  ])("%s is refused, and nothing is written", (_what, flags, exit, message) => {
    const refused = run(["report", ...CITY, ...flags]);
    expect(refused).toMatchObject({ exit, out: "" });
    expect(refused.err).toMatch(message);
    expect(["c.pdf", "c.html"].filter((name) => existsSync(join(home, name)))).toEqual([]);
  });

  test("that is a folder is refused", () => {
    mkdirSync(join(home, "folder.html"), { recursive: true });
    const { exit, out, err } = run(["report", ...CITY, "-o", "folder.html"]);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(err).toBe("folder.html can't be written: it is a folder (EISDIR)\n");
  });

  test("that is there already is replaced, whatever points to it and whatever may be done with it", () => {
    writeFileSync(join(home, "before.svg"), "what was there before");
    chmodSync(join(home, "before.svg"), 0o640);
    symlinkSync("before.svg", join(home, "link.svg"));
    expect(run(["report", ...CITY, "-o", "link.svg"]).exit).toBe(0);
    expect(lstatSync(join(home, "link.svg")).isSymbolicLink()).toBe(true);
    expect(written("before.svg")).toMatch(/^<svg/);
    expect(statSync(join(home, "before.svg")).mode & 0o777).toBe(0o640);
  });

  // No file may be larger than 8 blocks in this shell, as if the disk were full.
  test.skipIf(process.platform === "win32")("that there is no room for leaves what was there as it was", () => {
    writeFileSync(join(home, "full.html"), "what was there before");
    const before = readdirSync(home).sort();
    const script = 'ulimit -f 8; trap "" XFSZ; exec "$0" "$@"';
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["-c", script, process.execPath, CLI, "report", ...CITY, "-o", "full.html"],
      { cwd: home, env: ENV, encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^full\.html can't be written: .+ \(EFBIG\)\n$/);
    expect(written("full.html")).toBe("what was there before");
    expect(readdirSync(home).sort()).toEqual(before);
  });
});

/** What a page was written with. */
function data(page: string): unknown {
  return JSON.parse(/<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? "");
}

describe("a secured plan", () => {
  const secure = ["wwtp-east", "wwtp-west"];
  const expected = preventivePlan(network, { state, secure });

  test("as data", () => {
    const { exit, out } = run(["dispatch", ...CITY, "--secure", secure.join(), "--json"]);
    expect(exit).toBe(0);
    expect(JSON.parse(out) as PreventivePlan).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test("with what it is worth and what it costs", () => {
    const { exit, out } = run(["dispatch", ...CITY, "--secure", secure.join(), "--language", "en"]);
    expect(exit).toBe(0);
    const [east] = expected.risks;
    expect(east!.secured).toBeLessThan(east!.unsecured);
    const row = `East Plant \\[wwtp-east\\] +${east!.unsecured.toFixed(2)} +${east!.secured.toFixed(2)}`;
    expect(out).toMatch(new RegExp(`Lost at once after an outage.*${row}`, "s"));
    const { unsecured, secured } = expected.price.cost;
    expect(out).toMatch(
      new RegExp(`What that costs.*cost per hour +${unsecured.toFixed(2)} +${secured.toFixed(2)}`, "s"),
    );
  });

  test("not by an engine that can't", () => {
    const { exit, err } = run(["dispatch", ...CITY, "--secure", "wwtp-east", "--engine", "network"]);
    expect(exit).toBe(2);
    expect(err).toContain("can't secure a plan");
  });
});
