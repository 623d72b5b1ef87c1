/** With `--language zh`, or on a machine that speaks Chinese, all that a person reads is Chinese: what is wrong with files and calls as well. */
import { expect, test } from "vitest";
import { file, run } from "./program.js";

const CITY = {
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: 0.5 },
    { id: "east", kind: "plant", capacity: 1 },
    { id: "lone", kind: "junction" },
  ],
  links: [{ id: "a", kind: "pump", from: "north", to: "east", capacity: 2 }],
};

const bad = () => file("bad.json", { ...CITY, links: [{ ...CITY.links[0], to: "eest", capacity: -1 }] });
const city = () => file("city.json", CITY);
const state = (name: string, content: object) => file(name, content);

test.each<[name: string, args: () => string[], exit: number, said: string]>([
  ["no file", () => ["check", "none.json"], 1, "无法读取 none.json：没有这个文件或文件夹（ENOENT）\n"],
  [
    "a bad file",
    () => ["check", bad()],
    1,
    'bad.json:1:217: 错误：links[0] "a"：capacity 为 -1；能力应不小于 0（m³/s）。\nbad.json:1:205: 错误：links[0] "a"：to 指向节点 "eest"，而该节点未定义。是否应为 "east"？\n',
  ],
  [
    "an odd file",
    () => ["check", city()],
    0,
    'city.json:1:124: 警告：nodes[2] "lone"：没有管段与该节点井（junction）相连。\n',
  ],
  [
    "a state of another city",
    () => ["dispatch", city(), "--state", state("other.json", { inflows: { nort: 1 } })],
    1,
    'other.json:1:13: 错误：inflows 中的 "nort" 不在管网中。是否应为 "north"？\n',
  ],
  [
    "a set point that can't be",
    () => ["dispatch", city(), "--state", state("high.json", { setPoints: { a: 7 } })],
    0,
    'high.json:1:15: 警告：setPoints.a 为 7 m³/s；"a" 最大过水能力为 2 m³/s，按此取用。\n',
  ],
  [
    "an unknown id",
    () => ["dispatch", city(), "--out", "eest"],
    2,
    '--out：out 中的 "eest" 不在管网中。是否应为 "east"？\n',
  ],
  [
    "a share that is none",
    () => ["dispatch", city(), "--out", "east=7"],
    2,
    '--out："east" 的剩余能力为 "7"；应介于 0 与 1 之间，或 0% 与 100% 之间，如 0.4 或 40%。\n',
  ],
  ["no ids", () => ["dispatch", city(), "--out", ","], 2, "--out 未列出任何设施；应为以逗号分隔的 id。\n"],
  [
    "an option that isn't",
    () => ["dispatch", city(), "--tolerence", "0"],
    2,
    "错误：没有选项 '--tolerence'\n（是否应为 --tolerance？）\n（用法见 trunkflow --help）\n",
  ],
  ["no argument", () => ["dispatch"], 2, "错误：缺少参数 'file'\n（用法见 trunkflow --help）\n"],
  [
    "no value",
    () => ["dispatch", city(), "--state"],
    2,
    "错误：选项 '--state <file>' 缺少取值\n（用法见 trunkflow --help）\n",
  ],
  [
    "too many",
    () => ["check", city(), "b"],
    2,
    "错误：'check' 的参数过多：应为 1 个，现有 2 个。\n（用法见 trunkflow --help）\n",
  ],
  [
    "what is needed",
    () => ["redispatch", city()],
    2,
    "错误：缺少必需的选项 '--out <ids>'\n（用法见 trunkflow --help）\n",
  ],
  [
    "a bad value",
    () => ["dispatch", city(), "--tolerance", "7"],
    2,
    "错误：选项 '--tolerance <share>' 的取值 '7' 无效。容差应介于 0 与 1 之间。\n（用法见 trunkflow --help）\n",
  ],
  [
    "a bad choice",
    () => ["dispatch", city(), "--engine", "x"],
    2,
    "错误：选项 '--engine <name>' 的取值 'x' 无效。可选：network, javascript-lp-solver, highs。\n（用法见 trunkflow --help）\n",
  ],
  [
    "a picture of no kind",
    () => ["report", city(), "-o", "x.txt"],
    2,
    "x.txt 的扩展名应为 .html（动态页面）或 .svg（管网图）。\n",
  ],
  [
    "too high a peak",
    () => ["outages", city(), "--peak", "1e6"],
    2,
    "--peak 1000000：来水合计为 500000 m³/s；可精确计算的最大值为 13031.24892178963 m³/s。\n",
  ],
])("what is wrong: %s", (_name, args, exit, said) => {
  for (const [more, env] of [
    [["--language", "zh"], {}],
    [["--language=zh"], { LANG: "en_GB.UTF-8" }],
    [[], { LANG: "zh_CN.UTF-8" }],
  ] as const) {
    const [command = "", ...rest] = args();
    const told = run([command, ...more, ...rest], env);
    expect({ exit: told.exit, err: told.err }).toEqual({ exit, err: said });
  }
});

test("the check's result", () => {
  expect(run(["check", city(), "--language", "zh"]).out).toBe(
    "节点 3 个，管段 1 条（汇水区 1、污水处理厂 1、节点井 1、泵 1）：警告 1 条，没有错误\n",
  );
  expect(run(["check", city()], { LANG: "zh_CN.UTF-8" }).out).toContain("警告 1 条");
  expect(run(["check", city(), "--language", "en"], { LANG: "zh_CN.UTF-8" }).out).toBe(
    "3 nodes, 1 link (1 catchment, 1 plant, 1 junction, 1 pump): 1 warning, no errors\n",
  );
});

test.each(["trunkflow", "check", "dispatch", "redispatch", "report", "outages"])("help: %s", (command) => {
  const { exit, out } = run([...(command === "trunkflow" ? [] : [command]), "--help", "--language", "zh"]);
  expect(exit).toBe(0);
  // Options' and commands' own names, and what stands for a value, are the same in any language.
  const texts = out.split("\n").map((line) => line.replace(/trunkflow.*|--?[a-z]+|<\w+>|\[\w+\]|"[\w-]+"|\.\w+/g, ""));
  expect(texts.filter((text) => /[a-z]{2,} [a-z]{2,}/i.test(text))).toEqual([]);
  expect(out).toMatch(/\p{Script=Han}/u);
});
