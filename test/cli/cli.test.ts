/** The built command line as a program: what it prints where, and how it ends. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  dispatch,
  ENGINE_NAMES,
  loadNetwork,
  redispatch,
  screenOutages,
  type Issue,
  type Plan,
} from "../../src/index.js";
import { ROOT } from "../package/built.js";
import { CLI, ENV, file, home, lines, run } from "./program.js";

const NETWORK = {
  name: { en: "Two plants", zh: "两厂" },
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: 1, name: { en: "North", zh: "北区" } },
    { id: "k1", kind: "junction" },
    { id: "east", kind: "plant", capacity: 1, name: { en: "East works", zh: "东厂" } },
    { id: "west", kind: "plant", capacity: 1, treatmentCost: 1, name: { en: "West works", zh: "西厂" } },
    { id: "cso", kind: "outfall" },
  ],
  links: [
    { id: "a", kind: "conduit", from: "north", to: "k1", capacity: 3, target: 0.9 },
    { id: "b", kind: "conduit", from: "k1", to: "east", capacity: 2 },
    { id: "c", kind: "pump", from: "k1", to: "west", capacity: 2, energy: 0.1 },
    { id: "d", kind: "conduit", from: "k1", to: "cso", capacity: 2 },
  ],
};
const BAD = {
  ...NETWORK,
  energyPrice: -1,
  nodes: [...NETWORK.nodes, { id: "east", kind: "junction" }],
  links: [...NETWORK.links, { id: "e", kind: "conduit", from: "k2", to: "cso", capcity: 2 }],
};

const good = file("good.json", NETWORK);
const bad = file("bad.json", BAD);
const odd = file("odd.json", { ...NETWORK, nodes: [...NETWORK.nodes, { id: "lost", kind: "junction" }] });
const state = file("state.json", { inflows: { north: 1.5 }, setPoints: { c: 0.2 } });
const badState = file("bad-state.json", { inflows: { north: -1, nroth: 2 }, foo: 1 });

/** The problems of `BAD`, as parts of the lines that tell them. */
const BAD_LINES = [
  "energyPrice is -1; an energy price is 0 or more (money per kWh).",
  'links[4] "e": capacity is missing; a capacity is 0 or more (m³/s).',
  'links[4] "e": unknown key "capcity". Did you mean "capacity"?',
  'nodes[5] "east": the id is taken by nodes[2]; an id occurs once among all nodes and links.',
  'links[4] "e": from names node "k2", which is not defined. Did you mean "k1"?',
];

/** Lines on findings, without the place in the file that each of them has. */
const placeless = (text: string) =>
  lines(text).map((line) => {
    expect(line).toMatch(/^[\w-]+\.json:1:\d+: /);
    return line.replace(/:1:\d+: /, ": ");
  });

describe("check", () => {
  test("of a good file says so", () => {
    expect(run(["check", good])).toEqual({
      exit: 0,
      out: "5 nodes, 4 links (1 catchment, 1 junction, 2 plants, 1 outfall, 3 conduits, 1 pump): no problems\n",
      err: "",
    });
  });

  test("of an odd file warns and is content", () => {
    const { exit, out, err } = run(["check", odd]);
    expect(exit).toBe(0);
    expect(out).toMatch(/: 1 warning, no errors\n$/);
    const column = readFileSync(join(home, odd), "utf8").indexOf('{"id":"lost"') + 1;
    expect(err).toBe(`odd.json:1:${column}: warning: nodes[5] "lost": no link touches this junction.\n`);
  });

  test("of a bad file tells every problem on stderr, and nothing on stdout", () => {
    const { exit, out, err } = run(["check", bad]);
    expect([exit, out]).toEqual([1, ""]);
    expect(placeless(err).sort()).toEqual(BAD_LINES.map((line) => `bad.json: error: ${line}`).sort());
  });

  test("--json prints the findings as data", () => {
    expect(JSON.parse(run(["check", good, "--json"]).out)).toEqual([]);
    const { exit, out } = run(["check", bad, "--json"]);
    expect(exit).toBe(1);
    const issues = JSON.parse(out) as Issue[];
    expect(issues.map((issue) => issue.message).sort()).toEqual([...BAD_LINES].sort());
    expect(issues.every((issue) => issue.severity === "error" && issue.path !== "")).toBe(true);
    expect(JSON.parse(run(["check", odd, "--json"]).out)).toMatchObject([{ severity: "warning", code: "isolated" }]);
  });

  test("of more problems than an error message spells out tells them all", () => {
    const many = file("many.json", {
      ...NETWORK,
      nodes: Array.from({ length: 50 }, (_, i) => ({ id: `p${i}`, kind: "plant", capacity: -1 })),
      links: [],
    });
    for (const command of ["check", "dispatch"]) expect(lines(run([command, many]).err)).toHaveLength(50);
  });

  test("a file may begin with a byte order mark, and be in UTF-16", () => {
    const text = `\ufeff${JSON.stringify(NETWORK)}`;
    expect(run(["check", file("bom.json", text)]).exit).toBe(0);
    const wide = file("utf16.json", Buffer.from(text, "utf16le"));
    expect(run(["check", wide]).exit).toBe(0);
    expect(planOf([wide])).toEqual(planOf([good]));
  });

  test("tells the line, and of a key that occurs twice both", () => {
    const text = JSON.stringify(NETWORK, null, 1).replace(
      '"kind": "junction"',
      '"kind": "junction",\n   "kind": "plant"',
    );
    const { exit, err } = run(["check", file("twice.json", text)]);
    expect(exit).toBe(1);
    expect(lines(err)[0]).toBe(
      "twice.json:22:4: error: nodes[1] has the key kind twice, at line 21, column 4 and at line 22, column 4; a key occurs once.",
    );
    expect(lines(err)[1]).toMatch(/^twice\.json:19:3: error: nodes\[1\] "k1": capacity is missing/);
  });
});

/** The plan printed by `--json`. */
function planOf(args: string[]): Plan {
  const { exit, out, err } = run(["dispatch", ...args, "--json"]);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  return JSON.parse(out) as Plan;
}

describe("dispatch", () => {
  test("--json is the library's plan", () => {
    expect(planOf([good])).toEqual(dispatch(loadNetwork(NETWORK)));
    const options = { state: { inflows: { north: 1.5 }, setPoints: { c: 0.2 } }, outages: ["west"] };
    expect(planOf([good, "--state", state, "--out", "west"])).toEqual(dispatch(loadNetwork(NETWORK), options));
  });

  test("prints for people", () => {
    const { exit, out, err } = run(["dispatch", good, "--state", state]);
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toMatch(/^Two plants\n● surcharged · Plants run /);
    expect(out).toMatch(/East works \[east\] +1\.000 .* 0\.750 +75\.0 %/);
    expect(out).toMatch(/\n c +0\.200 +→ +0\.750 /);
    // The lowest tolerances are left out: what goes furthest is told.
    expect(out.split("\n\n").find((part) => part.startsWith("Why\n"))).toBe(
      [
        "Why",
        "  – East works and West works stand at 75.0 %: no plant that could take more stands lower.",
        "  – With a tolerance of 5.0 % in evenness, the cost per hour would fall from 2970.00 to 2772.00; the highest utilisation would rise from 75.0 % to 80.0 %.",
        "  – If cost came before evenness, the cost per hour would fall from 2970.00 to 1980.00; the highest utilisation would rise from 75.0 % to 100.0 %.",
      ].join("\n"),
    );
    expect(out).toMatch(/Mains above their target\n.*\n a +0\.600 +0\.600\n/);
  });

  test("--state", () => {
    const plan = planOf([good, "--state", state]);
    expect(plan.plants.map((plant) => plant.intake)).toEqual([0.75, 0.75]);
    expect(plan.moves).toMatchObject([{ id: "c", from: 0.2, to: 0.75 }]);
  });

  test("--out takes ids with commas, as they are and in quotes", () => {
    const rename = (text: string) => text.replaceAll('"east"', '"Works, East"').replaceAll('"c"', '"50% = c"');
    const comma = file("comma.json", rename(JSON.stringify(NETWORK)));
    const of = (...out: string[]) => planOf([comma, ...out]).plants.map((plant) => plant.intake);
    expect(of("--out", "Works, East")).toEqual([0, 1]);
    expect(of("--out", "Works, East=50%")).toEqual([1 / 3, 2 / 3]);
    for (const out of [
      ["Works, East,west"],
      ["west, Works, East"],
      ['"Works, East",west'],
      ["Works, East", "--out", "west"],
    ])
      expect(of("--out", ...out)).toEqual([0, 0]);
    expect(of("--out", "50% = c")).toEqual([1, 0]);
    expect(run(["dispatch", comma, "--out", "Works, Est"]).err).toMatch(/^--out: .*"Works".*\n--out: .*"Est"/);
    const { out } = run(["outages", comma, "--elements", "Works, East,50% = c", "--json"]);
    expect((JSON.parse(out) as { out: string[] }[]).map((result) => result.out).sort()).toEqual([
      ["50% = c"],
      ["Works, East"],
    ]);
  });

  test("a set point beyond capacity is told on stderr, and the plan goes on", () => {
    const { exit, out, err } = run(["dispatch", good, "--state", file("far.json", { setPoints: { c: 9 } }), "--json"]);
    expect({ exit, err }).toEqual({
      exit: 0,
      err: 'far.json:1:15: warning: setPoints.c is 9 m³/s; "c" carries 2 m³/s at most, so that is taken.\n',
    });
    expect((JSON.parse(out) as Plan).moves).toMatchObject([{ id: "c", from: 2 }]);
  });

  test("--out takes ids separated by commas, and may be given again", () => {
    expect(planOf([good, "--out", "east"]).plants.map((plant) => plant.intake)).toEqual([0, 1]);
    for (const out of [["--out", "east,west"], ["--out", "east", "--out", "west"], ["--out=east,,west"]]) {
      expect(planOf([good, ...out]).spills).toEqual([{ id: "cso", flow: 1 }]);
    }
  });

  test("--tolerance lets cost move the plants", () => {
    expect(planOf([good]).plants.map((plant) => plant.intake)).toEqual([0.5, 0.5]);
    expect(planOf([good, "--tolerance", "0.1"])).toEqual(dispatch(loadNetwork(NETWORK), { tolerance: 0.1 }));
    for (const tolerance of ["0", "1", "1e-3"])
      expect(planOf([good, "--tolerance", tolerance]).status).toBe("surcharged");
  });

  test.each(ENGINE_NAMES)("--engine %s", (name) => {
    expect(planOf([good, "--engine", name]).engine).toBe(name);
  });

  test("the same words give the same bytes", () => {
    expect(run(["dispatch", good, "--state", state])).toEqual(run(["dispatch", good, "--state", state]));
  });
});

describe("language", () => {
  const ZH = /^两厂\n● 高水位 · 水厂负荷率 /u;
  const isChinese = (text: string) => text.startsWith("两厂\n");

  test("--language zh is Chinese throughout", () => {
    const { exit, out } = run(["dispatch", good, "--state", state, "--language", "zh"]);
    expect(exit).toBe(0);
    expect(out).toMatch(ZH);
    expect(out).toContain("东厂 [east]");
    expect(out.replace(/\[\w+\]/g, "")).not.toMatch(/[A-Za-z]{4,}/);
    expect(planOf([good, "--state", state, "--language", "zh"]).moves[0]?.why).toMatch(/东厂/);
  });

  test.each<[NodeJS.ProcessEnv, boolean]>([
    [{ LANG: "zh_CN.UTF-8" }, true],
    [{ LC_ALL: "zh_CN.UTF-8", LANG: "en_GB.UTF-8" }, true],
    [{ LC_MESSAGES: "zh_CN.UTF-8", LANG: "en_GB.UTF-8" }, true],
    [{ LC_ALL: "en_GB.UTF-8", LANG: "zh_CN.UTF-8" }, false],
    [{ LC_ALL: "", LC_MESSAGES: "", LANG: "zh_CN.UTF-8" }, true],
    [{ LANG: "C" }, false],
    [{}, false],
  ])("else the machine's: %j", (env, wanted) => {
    expect(isChinese(run(["dispatch", good], env).out)).toBe(wanted);
  });

  test("--language goes before the machine's", () => {
    expect(run(["dispatch", good, "--language", "en"], { LANG: "zh_CN.UTF-8" }).out).toMatch(/^Two plants\n/);
  });
});

describe("a file that can't be used: exit 1", () => {
  const binary = Uint8Array.from({ length: 4096 }, (_, i) => (i * 167) % 256);
  const cases: [name: string, path: () => string, complaint: RegExp][] = [
    ["missing", () => "nowhere.json", /^nowhere\.json can't be read: /],
    ["a directory", () => (mkdirSync(join(home, "folder"), { recursive: true }), "folder"), /^folder can't be read: /],
    ["binary", () => file("binary.json", binary), /^binary\.json:1:\d+: error: the file is no text: /],
    ["empty", () => file("empty.json", ""), /^empty\.json: error: the file is not JSON: /],
    [
      "cut off",
      () => file("cut.json", JSON.stringify(NETWORK).slice(0, 200)),
      /^cut\.json:1:\d+: error: the file is not JSON: /,
    ],
    [
      "escapes",
      () => file("esc.json", '{"a": \u001b[31m\n\u009b1m\u202e}'),
      /^esc\.json:1:7: error: the file is not JSON: /,
    ],
    [
      "in Chinese of an older time",
      () => file("gbk.json", Buffer.from('{"id":"\xb1\xb1\xc7\xf8"}', "latin1")),
      /^gbk\.json:1:8: error: the file is not in UTF-8; it seems to be in GBK or GB18030, .* read "北区"\. Save it as UTF-8/,
    ],
    ["no network", () => file("list.json", "[]"), /^list\.json:1:1: error: the input is an empty list; /],
    ["deep", () => file("deep.json", "[".repeat(1e5) + "]".repeat(1e5)), /^deep\.json:1:\d+: error: .* nested deeper /],
  ];

  test.each(cases)("%s", (_name, path, complaint) => {
    const name = path();
    for (const args of [
      ["check", name],
      ["dispatch", name],
      ["dispatch", name, "--json"],
    ]) {
      const { exit, out, err } = run(args);
      expect({ exit, out }).toEqual({ exit: 1, out: "" });
      expect(err).toMatch(complaint);
      expect(lines(err)).toHaveLength(1);
    }
  });

  test.each(cases.filter(([name]) => name !== "no network"))("a state file that is %s", (_name, path, complaint) => {
    const { exit, out, err } = run(["dispatch", good, "--state", path()]);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(err).toMatch(complaint);
    expect(lines(err)).toHaveLength(1);
  });

  test("figures that are right one by one, and too much together", () => {
    const half = { units: { flow: "m3/s" }, nodes: [], links: [] as unknown[] };
    const towns = file("towns.json", {
      ...half,
      nodes: ["a", "b"].map((id) => ({ id, kind: "catchment", inflow: 7000 })),
    });
    const flood = file("flood-state.json", { inflows: { north: 14000 } });
    const more = file("more.json", {
      ...NETWORK,
      nodes: [...NETWORK.nodes, { id: "hill", kind: "catchment", inflow: 2 }],
    });
    const nearly = file("nearly.json", { inflows: { north: 13031, hill: 13 } });
    for (const args of [
      ["dispatch", towns],
      ["dispatch", towns, "--json"],
      ["redispatch", towns, "--out", "a"],
      ["outages", towns],
      ["outages", towns, "--json"],
      ["dispatch", good, "--state", flood],
      ["dispatch", more, "--state", nearly],
      ["report", more, "--state", nearly, "-o", "too-much.svg"],
    ]) {
      const { exit, out, err } = run(args);
      expect({ args, exit, out }).toEqual({ args, exit: 1, out: "" });
      expect(err).toMatch(/13031|inflow/);
    }
  });

  test("a bad network, with every problem", () => {
    const { exit, out, err } = run(["dispatch", bad, "--json"]);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(placeless(err).sort()).toEqual(BAD_LINES.map((line) => `bad.json: error: ${line}`).sort());
  });

  test("a bad state, with every problem under its own name", () => {
    const { exit, out, err } = run(["dispatch", good, "--state", badState]);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(placeless(err).sort()).toEqual(
      [
        'bad-state.json: error: inflows names "nroth", which the network doesn\'t have. Did you mean "north"?',
        "bad-state.json: error: inflows.north is -1; an inflow is 0 or more (m³/s).",
        'bad-state.json: error: unknown key "foo". Known are $schema, inflows, availability, out, volumes, setPoints, locks.',
      ].sort(),
    );
  });

  test("a file whose name would drive the terminal", () => {
    const { exit, err } = run(["check", "a\u001b[31mb\u202ec.json"]);
    expect(exit).toBe(1);
    expect(err).toContain("a\\u001b[31mb\\u202ec.json can't be read");
  });
});

describe("wrong usage: exit 2", () => {
  test.each<[string[], RegExp]>([
    [[], /^Usage: trunkflow /],
    [["frobnicate"], /unknown command 'frobnicate'/],
    [["chek", good], /unknown command 'chek'/],
    [["--frobnicate"], /unknown option '--frobnicate'/],
    [["check"], /missing required argument 'file'/],
    [["dispatch"], /missing required argument 'file'/],
    [["check", good, good], /too many arguments/],
    [["dispatch", good, "--stat", state], /unknown option '--stat'/],
    [["dispatch", good, "--state"], /argument missing/],
    [["dispatch", good, "--out"], /argument missing/],
    [["dispatch", good, "--out", "wst"], /^--out: .*"wst".* Did you mean "west"\?$/m],
    [["dispatch", good, "--out", "east,wst,nrth"], /"wst"[^]*"nrth"/],
    [["dispatch", good, "--out", "constructor"], /^--out: .*"constructor"/],
    [["dispatch", good, "--out", "__proto__"], /^--out: .*"__proto__"/],
    [["dispatch", good, "--engine", "abacus"], /abacus.*javascript-lp-solver/],
    [["dispatch", good, "--language", "fr"], /fr.*en, zh/],
    [["dispatch", good, "--tolerance", "2"], /tolerance is a share from 0 to 1/],
    [["dispatch", good, "--tolerance", "-0.1"], /tolerance is a share from 0 to 1|argument/],
    [["dispatch", good, "--tolerance", "x"], /tolerance is a share from 0 to 1/],
    [["dispatch", good, "--tolerance", ""], /tolerance is a share from 0 to 1/],
    [["dispatch", good, "--tolerance", "NaN"], /tolerance is a share from 0 to 1/],
    [["dispatch", good, "--out", ","], /^--out names nothing/],
    [["dispatch", good, "--out", "west=140%"], /^--out: what is left of "west" is "140%"; it is from 0 to 1/],
    [["dispatch", good, "--out", "west=4O%"], /^--out: what is left of "west" is "4O%"/],
    [["dispatch", good, "--out", "west=-1"], /^--out: what is left of "west" is "-1"/],
    [["dispatch", good, "--out", "wst=40%"], /^--out: .*"wst".* Did you mean "west"\?$/m],
    [["redispatch", good], /required option '--out <ids>'/],
    [["redispatch", good, "--out", "wst"], /^--out: .*"wst".* Did you mean "west"\?$/m],
    [["redispatch", good, "--out", "west,west"], /"west" twice/],
    [["outages", good, "--elements", "wst,east"], /^--elements: .*"wst".* Did you mean "west"\?$/m],
    [["outages", good, "--depth", "3"], /It is 1 or 2/],
    [["outages", good, "--top", "0"], /number above 0/],
    [["outages", good, "--peak", "x"], /number above 0/],
    [["outages", good, "--peak", "20000"], /^--peak 20000: all inflows together are 20000 m³\/s; the most .* 13031/],
    [["dispatch", good, "--top", "0"], /number above 0/],
    [["redispatch", good, "--out", "west", "--top", "x"], /number above 0/],
  ])("%j", (args, complaint) => {
    const { exit, out, err } = run(args);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toMatch(complaint);
  });

  test("an id twice", () => {
    for (const out of [
      ["--out", "east,east"],
      ["--out", "east", "--out", "east"],
    ]) {
      expect(run(["dispatch", good, ...out])).toEqual({ exit: 2, out: "", err: '--out: out names "east" twice.\n' });
    }
  });
});

test.each(["--help", "check --help", "dispatch --help", "outages --help", "redispatch --help"])(
  "help is no fault: %s",
  (words) => {
    const { exit, out, err } = run(words.split(" "));
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toMatch(/^Usage: trunkflow/);
  },
);

test("--version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  expect(run(["--version"])).toEqual({ exit: 0, out: `${version}\n`, err: "" });
});

describe("outages and redispatch", () => {
  const seed = join(ROOT, "seeds/three-plants/network.json");
  const OUTAGES = ["outages", seed, "--peak", "1.5", "--top", "6"];

  test("the README shows what is printed", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const { exit, out, err } = run(OUTAGES);
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(readme).toContain(`\n\`\`\`text\n${out}\`\`\`\n`);
  });

  test("as data it is what the library gives, worst first, all of it or the first few", () => {
    const network = loadNetwork(readFileSync(seed, "utf8"));
    const all = screenOutages(network, { depth: 2 });
    const data = (args: string[]) =>
      JSON.parse(run(["outages", seed, "--depth", "2", "--json", ...args]).out) as unknown;
    expect(data([])).toEqual(all);
    expect(data(["--top", "7"])).toEqual(all.slice(0, 7));
    const { plan, steps, timeToSpill } = JSON.parse(
      run(["redispatch", seed, "--out", "upper", "--json"]).out,
    ) as Record<string, unknown>;
    const after = redispatch(network, dispatch(network), { outages: ["upper"] });
    expect({ plan, steps }).toEqual({ plan: after.plan, steps: after.steps });
    expect(timeToSpill).toMatchObject({ idle: { minutesToSpill: 40 }, acting: { minutesToSpill: 45 } });
  });

  test("what is lost in part is shown with what is left", () => {
    const { out } = run(["outages", seed, "--elements", "upper=40%,lower=.5"]);
    expect(out).toMatch(/1 of 2 outages lose water/);
    // 300 of 750 are left: the hill's 600 less the tie's 200 and 300 leave 100 to spill, for which the tank has 300 m³.
    expect(out).toMatch(/Upper plant \[upper\] 40\.0 % +● SPILLING +– +\+100 +100\.0 % +– +3 h 00 min\n/);
    expect(out).toMatch(/Lower plant \[lower\] 50\.0 % +● normal/);
  });

  test("where water is lost anyhow, outages count that lose more", () => {
    const wet = file("wet.json", { inflows: { hill: 1000, dale: 300 } });
    // Of 1000, 750 and 200 go on: 50 spill as it is. Without old the tie takes 150 less; river's and weir's 50 flood instead.
    const { out } = run(["outages", seed, "--state", wet, "--elements", "old,weir,press=90%"]);
    expect(out).toMatch(/SPILLING · 2 of 3 outages lose more than is lost without them/);
  });

  test("outages tell what is lost more than without them, in flow, and such as lose a plant first", () => {
    const { nodes, ...rest } = JSON.parse(readFileSync(seed, "utf8")) as { nodes: { id: string }[] };
    const dear = nodes.map((node) => (node.id === "river" ? { ...node, weight: 3 } : node));
    const heavy = file("heavy.json", { ...rest, nodes: dear });
    const wet = file("wet.json", { inflows: { hill: 1000, dale: 300 } });
    // Of 1000, 750 and 200 go on: 50 spill as it is. Without upper 800 do. Without lower 75 of dale's come back over the tie, and 325 do.
    const { out } = run(["outages", heavy, "--state", wet, "--elements", "river,weir,lower,upper"]);
    const rows = lines(out).filter((line) => line.includes("●"));
    expect(
      rows.slice(1).map((row) =>
        row
          .replace(/^.*● |\d+\.\d %.*$/g, "")
          .trim()
          .split(/ +/),
      ),
    ).toEqual([
      ["SPILLING", "–", "+750"],
      ["SPILLING", "–", "+275"],
      ["FLOODING", "+50", "−50"],
      ["FLOODING", "+50", "−50"],
    ]);
    expect(rows.slice(1).map((row) => /\[(.*?)\]/.exec(row)?.[1])).toEqual(["upper", "lower", "river", "weir"]);
  });

  test("everything lost, in both languages", () => {
    const { nodes, links } = loadNetwork(readFileSync(seed, "utf8"));
    const all = [...nodes, ...links].map(({ id }) => id).join();
    for (const language of ["en", "zh"]) {
      const { exit, out, err } = run(["redispatch", seed, "--out", all, "--language", language]);
      expect({ exit, err }).toEqual({ exit: 0, err: "" });
      expect(out).toMatch(/Hill \[hill\] 600|山片 \[hill\] 600/);
    }
  });

  test("what is full is told from what is out", () => {
    const printed = (language: string) => run(["redispatch", seed, "--out", "upper", "--language", language]).out;
    expect(printed("en")).toMatch(
      / 400 .*\n {2}Held in by what is full: .*\[tie\] 200\n {2}Held in by what is out: .*\[upper\]\n/,
    );
    expect(printed("zh")).toMatch(/受以下满负荷设施所限：.*\[tie\] 200\n {2}受以下停用设施所限：.*\[upper\]\n/);
  });

  test("of a network with neither plant nor link there is nothing to list", () => {
    const pond = file("pond.json", {
      units: { flow: "L/s" },
      nodes: [{ id: "pond", kind: "catchment", inflow: 8 }],
      links: [],
    });
    expect(run(["check", pond]).exit).toBe(0);
    expect(run(["outages", pond, "--json"])).toEqual({ exit: 0, out: "[]\n", err: "" });
    const { exit, out, err } = run(["outages", pond]);
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toMatch(/0 of 0 outages lose more than is lost without them\n/);
    expect(out).toMatch(/\(nothing lost\) {2}8 L\/s\n$/);
    // What nothing helps against isn't enough.
    expect(out).not.toContain("what is there is enough");
    expect(run(["outages", pond, "--language", "zh"]).out).not.toContain("现有能力足够");
  });

  test("a list too long to be held isn't begun", () => {
    const many = file("many.json", {
      units: { flow: "m3/s" },
      nodes: Array.from({ length: 1500 }, (_, i) => ({ id: `p${i}`, kind: "plant", capacity: 1 })),
      links: [],
    });
    const { exit, out, err } = run(["outages", many, "--depth", "2", "--json"]);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toBe("--json would list 1125750 outages; say how many of the worst with --top.\n");
  });
});

describe("of a network with many elements, what matters is printed", () => {
  const TOWNS = 30;
  const id = (what: string, k: number) => `${what}-${String(k).padStart(2, "0")}`;
  const towns = Array.from({ length: TOWNS }, (_, k) => k);
  const many = file("many-towns.json", {
    units: { flow: "m3/h" },
    nodes: towns.flatMap((k) => [
      { id: id("town", k), kind: "catchment", inflow: 100 + k },
      { id: id("works", k), kind: "plant", capacity: 100 },
    ]),
    links: towns.map((k) => ({
      id: id("pump", k),
      kind: "pump",
      from: id("town", k),
      to: id("works", k),
      capacity: 200,
    })),
  });
  const set = file("many-set.json", {
    setPoints: Object.fromEntries(towns.map((k) => [id("pump", k), k])),
  });
  const parts = (args: string[]) => run(["dispatch", many, "--state", set, ...args]).out.split("\n\n");

  test("twenty rows a table, those with the largest figures, and how many more there are", () => {
    const [, floods, moves] = parts([]).slice(1);
    expect(lines(floods!)).toHaveLength(2 + 20 + 1);
    // The 30th floods most, 29; the 10th is the last that is shown.
    expect(floods).toContain("town-29");
    expect(floods).toContain("town-10");
    expect(floods).not.toContain("town-09");
    expect(floods).toMatch(/… and 10 more \(--top, or --json for all\)$/);
    // What is set least has furthest to go.
    expect(moves).toContain("pump-00");
    expect(moves).not.toContain("pump-29");
    expect(moves).toMatch(/… and 10 more \(--top, or --json for all\)$/);
  });

  test("as many as are asked for", () => {
    const [plants, floods] = parts(["--top", "3"]).slice(1);
    expect(lines(plants!)).toHaveLength(1 + 3 + 1);
    expect(lines(floods!)).toHaveLength(2 + 3 + 1);
    expect(run(["dispatch", many, "--state", set, "--top", "1000"]).out).not.toContain("--top");
    const { exit, out } = run(["redispatch", many, "--state", set, "--out", "works-07", "--top", "2"]);
    expect(exit).toBe(0);
    expect(lines(out).filter((line) => line.includes("(--top, or --json for all)")).length).toBeGreaterThan(3);
    expect(lines(out).length).toBeLessThan(60);
  });
});

describe("colour", () => {
  /** A program that takes its output for a terminal. */
  const TERMINAL = ["--import", "data:text/javascript,process.stdout.isTTY=true"];
  const ANSI = /\u001b\[\d+m/; // eslint-disable-line no-control-regex -- a colour is one

  test("on a terminal", () => {
    expect(run(["dispatch", good], {}, TERMINAL).out).toMatch(ANSI);
  });

  test("not in a pipe, whatever the machine is like", () => {
    for (const env of [{}, { CI: "true" }, { TERM: "xterm-256color", COLORTERM: "truecolor" }]) {
      expect(run(["dispatch", good], env).out).not.toMatch(ANSI);
    }
  });

  test("not where NO_COLOR is set to anything", () => {
    expect(run(["dispatch", good], { NO_COLOR: "1" }, TERMINAL).out).not.toMatch(ANSI);
    expect(run(["dispatch", good], { NO_COLOR: "" }, TERMINAL).out).toMatch(ANSI);
  });

  test("never in --json", () => {
    expect(run(["dispatch", good, "--json"], {}, TERMINAL).out).not.toMatch(ANSI);
  });

  test("makes no difference to the words", () => {
    const painted = run(["dispatch", good, "--state", state], {}, TERMINAL).out;
    expect(painted.replace(new RegExp(ANSI.source, "g"), "").replace(/ +$/gm, "")).toBe(
      run(["dispatch", good, "--state", state]).out,
    );
  });
});

describe.skipIf(process.platform === "win32")("a reader that has seen enough is no fault", () => {
  const many = file("flood.json", {
    ...NETWORK,
    nodes: Array.from({ length: 20_000 }, (_, i) => ({ id: `p${i}`, kind: "plant", capacity: -1 })),
    links: [],
  });

  /** Runs `trunkflow ARGS | reader`; the exit code is trunkflow's. */
  function piped(args: string, reader: string): { exit: string; err: string } {
    const script = `"${process.execPath}" "${CLI}" ${args} | ${reader}; echo "exit \${PIPESTATUS[0]}" >&2`;
    const { stderr } = spawnSync("bash", ["-c", script], { cwd: home, env: ENV, encoding: "utf8" });
    const end = stderr.lastIndexOf("exit ");
    return { exit: stderr.slice(end).trim(), err: stderr.slice(0, end) };
  }

  test.each([
    [`dispatch ${good} --json`, "true", "exit 0"],
    [`dispatch ${good}`, "head -n 1 >/dev/null", "exit 0"],
    [`check ${many} --json 2>/dev/null`, "head -n 1 >/dev/null", "exit 1"],
    [`check ${many} --json 2>/dev/null`, "true", "exit 1"],
    [`check ${many} 2>&1`, "head -n 1 >/dev/null", "exit 1"],
    [`dispatch ${many} 2>&1`, "true", "exit 1"],
  ])("%s | %s", (args, reader, exit) => {
    expect(piped(args, reader)).toEqual({ exit, err: "" });
  });
});

describe.skipIf(!existsSync("/dev/full"))("output that can't be written is told", () => {
  /** Runs it in a shell, with output as it is led there. */
  function led(args: string): { exit: number | null; out: string; err: string } {
    const script = `"${process.execPath}" "${CLI}" ${args}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: home, env: ENV, encoding: "utf8" });
    return { exit: status, out: stdout, err: stderr };
  }

  test.each(["dispatch good.json", "dispatch good.json --json", "outages good.json", "check good.json"])(
    "%s",
    (args) => {
      expect(led(`${args} >/dev/full`)).toEqual({
        exit: 1,
        out: "",
        err: "what is printed can't be written: the disk is full (ENOSPC)\n",
      });
    },
  );

  test("and where stderr can't be written either, the exit code stays", () => {
    expect(led("dispatch bad.json 2>/dev/full")).toEqual({ exit: 1, out: "", err: "" });
    expect(led("check odd.json 2>/dev/full").exit).toBe(0);
  });
});

describe("names from a file don't reach the terminal raw", () => {
  const evil = (id: string) => `${id}\u001b]0;owned\u0007\u001b[31m\u009b1m\r\n\u202e`;
  const hostile = {
    ...NETWORK,
    name: evil("title"),
    nodes: NETWORK.nodes.map((node) => ({ ...node, id: evil(node.id), name: evil(`name of ${node.id}`) })),
    links: NETWORK.links.map((link) => ({ ...link, id: evil(link.id), from: evil(link.from), to: evil(link.to) })),
  };
  const network = file("hostile.json", hostile);
  const now = file("hostile-state.json", { inflows: { [evil("north")]: 5 }, setPoints: { [evil("c")]: 0.2 } });

  test.each(["en", "zh"])("in a plan, in %s", (language) => {
    const { exit, out } = run(["dispatch", network, "--state", now, "--language", language]);
    expect(exit).toBe(0);
    expect(out).toContain("title\\u001b]0;owned\\u0007");
    expect(out).toContain("name of east\\u001b");
  });

  test("as ids alone", () => {
    const bare = { ...hostile, nodes: hostile.nodes.map(({ name: _name, ...node }) => node) };
    const { exit, out } = run(["dispatch", file("bare.json", bare), "--state", now]);
    expect(exit).toBe(0);
    expect(out).toContain("east\\u001b");
  });

  test("in a plan as data, which still has them", () => {
    const { exit, out } = run(["dispatch", network, "--state", now, "--json"]);
    expect(exit).toBe(0);
    expect((JSON.parse(out) as Plan).plants[0]?.id).toBe(evil("east"));
  });

  test("in findings", () => {
    const spoilt = {
      ...hostile,
      [evil("key")]: 1,
      nodes: [...hostile.nodes, { id: evil("lost"), kind: evil("kind") }],
    };
    for (const args of [
      ["check", "spoilt.json"],
      ["check", "spoilt.json", "--json"],
      ["dispatch", "spoilt.json"],
    ]) {
      file("spoilt.json", spoilt);
      const { exit, err } = run(args);
      expect(exit).toBe(1);
      expect(lines(err)).toHaveLength(2);
    }
    expect(run(["dispatch", network, "--out", evil("nobody")]).exit).toBe(2);
    expect(run(["dispatch", good, "--state", now]).exit).toBe(1);
  });
});
