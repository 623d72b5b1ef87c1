/** What a plan tells besides flows: locks, splits, what is stopped from going round, and what wasn't taken as given. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../package/built.js";
import { file, run } from "./program.js";

const city = file("parts-city.json", {
  units: { flow: "m3/s" },
  nodes: [
    { id: "town", kind: "catchment", inflow: 2 },
    { id: "fork", kind: "junction" },
    { id: "big", kind: "plant", capacity: 3 },
    { id: "small", kind: "plant", capacity: 1 },
  ],
  links: [
    { id: "lift", kind: "pump", from: "town", to: "fork", capacity: 3 },
    { id: "back", kind: "pump", from: "fork", to: "town", capacity: 1 },
    { id: "wide", kind: "conduit", from: "fork", to: "big", capacity: 3 },
    { id: "narrow", kind: "conduit", from: "fork", to: "small", capacity: 1 },
  ],
});

test("dispatch prints what is held, what splits by itself, what is stopped and what was clipped", () => {
  const state = file("parts-state.json", { setPoints: { lift: 3, back: 5 }, locks: { lift: { max: 1.5 } } });
  const { exit, out } = run(["dispatch", city, "--state", state, "--language", "en"]);
  expect(exit).toBe(0);
  expect(out).toContain("Held by operators\n  – lift is held at 1.500 m³/s or less; it costs: flooding 0.500 m³/s");
  expect(out).toContain("Relies on splits between gravity mains that nothing sets\n  – fork: narrow 0.375, wide 1.125");
  expect(out).toContain("Not taken as given\n  – back carries 1.000 m³/s at most; its set point of 5.000 m³/s");
  const held = file("parts-held.json", { setPoints: { lift: 2 }, locks: { lift: { max: 1.5 } } });
  expect(run(["dispatch", city, "--state", held, "--language", "en"]).out).toMatch(
    /lift +2\.000 +→ +1\.500 +a lock holds it there/,
  );
});

test("figures that weights make another are told as weighted", () => {
  // 4 of 6 flood, each counted three times; by their weight of 2 the works stand half as high as they are full.
  const weighted = file("parts-weighted.json", {
    units: { flow: "m3/s" },
    nodes: [
      { id: "ward", kind: "catchment", inflow: 6, floodWeight: 3 },
      { id: "works", kind: "plant", capacity: 4, weight: 2 },
    ],
    links: [{ id: "lift", kind: "pump", from: "ward", to: "works", capacity: 2 }],
  });
  const state = file("parts-weighted-state.json", { locks: { lift: { max: 1 } } });
  const { out } = run(["dispatch", weighted, "--state", state, "--language", "en"]);
  expect(out).toMatch(/\n flooding, weighted +15\.000 +m³\/s\n/);
  expect(out).toMatch(/\n fullest plant, weighted +12\.5 %\n/);
  expect(out).toContain("it costs: flooding, weighted 15.000 m³/s instead of 12.000 m³/s");
  expect(run(["dispatch", weighted, "--language", "zh"]).out).toMatch(/\n 最高负荷率（加权） +25\.0 %\n/);
  expect(run(["dispatch", weighted, "--language", "en"]).out).toContain(
    "weighted flooding would fall from 12.000 m³/s",
  );
  expect(run(["dispatch", city, "--language", "en"]).out).toMatch(
    /\n flooding +0\.000 +m³\/s\n(.*\n)* fullest plant +50\.0 %/,
  );
});

test("dispatch tells what a tolerance brings", () => {
  const [seed, state] = ["network", "state"].map((name) => join(ROOT, "seeds/two-plants", `${name}.json`)) as [
    string,
    string,
  ];
  const told = (tolerance: string) =>
    run(["dispatch", seed, "--state", state, "--tolerance", tolerance, "--language", "en"]).out;
  expect(told("0.03")).toContain(
    "  – With the tolerance of 3.0 % in evenness, the highest utilisation is 76.8 % instead of 75.0 %; in return the cost per hour falls by 7.39 to 4047.65",
  );
  expect(told("0")).not.toContain("With the tolerance");
});

test("dispatch tells which share of its inflow floods, and after a failure what comes if nobody acts", () => {
  const wet = file("parts-wet.json", { inflows: { town: 6 }, setPoints: { lift: 2 } });
  // The lift brings 3 of 6; as it is set it brings 2.
  const { out } = run(["dispatch", city, "--state", wet, "--language", "en"]);
  expect(out).toMatch(/at \(m³\/s\) +now +plan +of its inflow\n +town +4\.000 +3\.000 +50\.0 %\n/);
  const failed = run(["dispatch", city, "--state", wet, "--out", "small", "--language", "en"]).out;
  expect(failed).toMatch(/plant \(m³\/s\) +available +if nobody acts +plan +headroom\n/);
  expect(failed).toMatch(/Objectives?.* +if nobody acts +plan\n/);
  expect(run(["redispatch", city, "--state", wet, "--out", "small", "--language", "zh"]).out).toMatch(
    /位置 \(m³\/s\) +不采取措施 +方案 +占来水\n/,
  );
});

test("in Chinese too, and not where there is nothing to tell", () => {
  const { out } = run(["dispatch", city, "--language", "zh"]);
  expect(out).toContain("依赖无法调节的重力流分配\n  – fork：narrow 0.500、wide 1.500");
  for (const absent of ["人工锁定", "循环", "未按原值取用"]) expect(out).not.toContain(absent);
});
