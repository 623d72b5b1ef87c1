import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dispatch, explain, loadNetwork, redispatch, stateOf } from "../../src/index.js";
import type { DispatchOptions, Finding, Network, State } from "../../src/index.js";
import { teller } from "../../src/explain/tell.js";
import { twin } from "../support/cities.js";

const seed = (name: string) => {
  const read = (file: string) => readFileSync(join(import.meta.dirname, "../../seeds", name, file), "utf8");
  return { network: loadNetwork(read("network.json")), state: JSON.parse(read("state.json")) as State };
};

function findings(network: Network, options: DispatchOptions = {}): Finding[] {
  const { policy, tolerance } = options;
  return explain(network, stateOf(network, options), dispatch(network, options), {
    ...(policy && { policy }),
    ...(tolerance !== undefined && { tolerance }),
  });
}

const texts = (found: readonly Finding[], kind: Finding["kind"], language: "en" | "zh" = "en") =>
  found.filter((one) => one.kind === kind).map(({ text }) => text[language]);

describe("two plants", () => {
  const { network, state } = seed("two-plants");

  test("dry weather: even, one shift by two settings, and what evenness costs", () => {
    // 1.2 over 1 + 0.6. Costs per m³: 0.9 at west; 1 at east, where 0.1 of what is more than 0.35 is lifted at 0.02 · 0.7.
    expect(findings(network, { state }).map(({ kind, text }) => [kind, text.en])).toEqual([
      ["evenness", "East plant and West plant stand at 75.0 %: no plant that could take more stands lower."],
      [
        "bottleneck",
        "With 0.100 m³/s (10 %) more capacity at West plant, the highest utilisation would fall from 75.0 % to 70.6 %.",
      ],
      [
        "bottleneck",
        "With 0.060 m³/s (10 %) more capacity at East plant, the highest utilisation would fall from 75.0 % to 72.3 %.",
      ],
      [
        "move",
        "0.150 m³/s goes to East plant (50.0 % → 75.0 %) instead of West plant (90.0 % → 75.0 %): set Interconnection 0.000 → 0.150 and East lift 0.000 → 0.100.",
      ],
      [
        "alternative",
        "With a tolerance of 1.0 % in evenness, the cost per hour would fall from 4055.04 to 4052.58; the highest utilisation would rise from 75.0 % to 75.6 %.",
      ],
      [
        "alternative",
        "With a tolerance of 2.0 % in evenness, the cost per hour would fall from 4055.04 to 4050.12; the highest utilisation would rise from 75.0 % to 76.2 %.",
      ],
      [
        "alternative",
        "With a tolerance of 5.0 % in evenness, the cost per hour would fall from 4055.04 to 4042.73; the highest utilisation would rise from 75.0 % to 78.0 %.",
      ],
      [
        "alternative",
        "If cost came before evenness, the cost per hour would fall from 4055.04 to 4034.52; the highest utilisation would rise from 75.0 % to 80.0 %.",
      ],
    ]);
  });

  test("what a tolerance brings: the fullest plant by how much fuller, and what falls for that", () => {
    // East may run 3 % of its 0.6 lower: 0.018 goes to west instead, where a m³ costs 0.1 less, and 0.014 less to lift: 7.39 an hour.
    const [found, ...more] = findings(network, { state, tolerance: 0.03 }).filter(({ kind }) => kind === "tolerance");
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      tolerance: 0.03,
      differences: [
        { objective: "balance", before: 0.768, after: 0.75 },
        {
          objective: "cost",
          before: expect.closeTo(4047.6528, 9) as number,
          after: expect.closeTo(4055.04, 9) as number,
        },
        { objective: "moves", before: 0.214, after: 0.25 },
      ],
    });
    expect(found!.text).toEqual({
      en: "With the tolerance of 3.0 % in evenness, the highest utilisation is 76.8 % instead of 75.0 %; in return the cost per hour falls by 7.39 to 4047.65 and what set points move falls by 0.036 m³/s to 0.214 m³/s.",
      zh: "因均衡允许 3.0 % 的容差，最高负荷率为 76.8 %，而非 75.0 %；由此每小时费用减少 7.39（降至 4047.65）、调整量减少 0.036 m³/s（降至 0.214 m³/s）。",
    });
    expect(texts(findings(network, { state }), "tolerance")).toEqual([]);
  });

  test("a tolerance that is used below the fullest plant, and one that brings nothing", () => {
    const tied = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "a", kind: "catchment", inflow: 0.9 },
        { id: "b", kind: "catchment", inflow: 1 },
        { id: "full", kind: "plant", capacity: 1 },
        { id: "cheap", kind: "plant", capacity: 1, treatmentCost: 0.1 },
        { id: "dear", kind: "plant", capacity: 1, treatmentCost: 0.2 },
      ],
      links: [
        { id: "1", kind: "conduit", from: "a", to: "full", capacity: 1 },
        { id: "2", kind: "conduit", from: "b", to: "cheap", capacity: 1 },
        { id: "3", kind: "conduit", from: "b", to: "dear", capacity: 1 },
      ],
    });
    // 0.1 of the 1 m³/s at half and half goes where it costs 0.1 less: 36 of the 540 an hour.
    const found = findings(tied, { tolerance: 0.1 });
    expect(texts(found, "tolerance")).toEqual([
      "With the tolerance of 10.0 % in evenness, the cost per hour falls by 36.00 to 504.00; the highest utilisation stays at 90.0 %.",
    ]);
    expect(texts(found, "tolerance", "zh")).toEqual([
      "因均衡允许 10.0 % 的容差，每小时费用减少 36.00（降至 504.00）；最高负荷率仍为 90.0 %。",
    ]);
    const aimless = findings(tied, { tolerance: 0.1, policy: ["flooding", "balance"], outages: ["full", "1"] });
    expect(texts(aimless, "tolerance")).toEqual([
      "With the tolerance of 10.0 % in evenness, the highest utilisation is 60.0 % instead of 50.0 %; no objective gains by that.",
    ]);
    expect(texts(aimless, "tolerance", "zh")).toEqual([
      "因均衡允许 10.0 % 的容差，最高负荷率为 60.0 %，而非 50.0 %；其他目标并未因此改善。",
    ]);
  });

  test("a share of an inflow is told as a share, not as a flow", () => {
    const tell = teller(network);
    expect(tell(({ change }) => change({ objective: "sharing", before: 0.5, after: 0.75 }))).toEqual({
      en: "the largest share of an inflow that floods would rise from 50.0 % to 75.0 %",
      zh: "最大冒溢比例将由 50.0 % 升至 75.0 %",
    });
  });

  test("without the west plant: what forces the spill, and what more of it would save, at a weight of 2", () => {
    const found = findings(network, { state, outages: ["west"] });
    expect(found.slice(0, 2)).toEqual([
      {
        kind: "loss",
        loss: "spill",
        at: [{ id: "river", flow: 0.72 }],
        isForced: true,
        nodes: ["k1", "north", "river", "west"],
        inflow: 0.9,
        leaving: 0.18,
        holds: [
          { id: "interconnection", flow: 0.18, by: "capacity" },
          { id: "west", flow: 0, by: "outage" },
        ],
        text: {
          en: "0.720 m³/s spills at River outfall: where it comes from, 0.900 m³/s flows in and no more than 0.180 m³/s can leave another way; Interconnection (0.180) is full; West plant is out.",
          zh: "大河排口溢流 0.720 m³/s：其来水范围内入流 0.900 m³/s，经其他去路最多只能排出 0.180 m³/s；联通管（0.180）已满负荷；西厂停用。",
        },
      },
      {
        kind: "evenness",
        plants: [{ id: "east", utilisation: 0.8 }],
        below: [],
        holds: [],
        text: {
          en: "East plant stands at 80.0 %: no plant that could take more stands lower.",
          zh: "东厂负荷率为 80.0 %：没有负荷率更低而能多收的水厂。",
        },
      },
    ]);
    expect(found.find((one) => one.kind === "bottleneck")).toMatchObject({
      id: "interconnection",
      added: 0.018,
      gain: { objective: "spill", before: 1.44, after: 1.404 },
    });
    expect(texts(found, "bottleneck", "zh")[0]).toBe(
      "若联通管的能力增加 0.018 m³/s（10 %），加权溢流量将由 1.440 m³/s 降至 1.404 m³/s。",
    );
  });

  test("a plan after an outage, in the state that it is of", () => {
    const before = dispatch(network, { state });
    const { plan } = redispatch(network, before, { outages: ["west"] });
    const full = stateOf(network, { outages: ["west"], from: before });
    expect(texts(explain(network, full, plan), "loss")).toHaveLength(1);
  });
});

describe("xinxiang", () => {
  const { network, state } = seed("xinxiang");
  const found = findings(network, { state });

  test("why the plants stand where they do", () => {
    expect(texts(found, "evenness")).toEqual([
      "East Plant and High-tech Zone Plant stand at 80.2 % while North Plant, South Plant and West Plant stand at 74.8 %: East–North Force Main (1.20) and South–High-tech Interconnection (0.30) are full; Economic Zone Plant Inlet Main (3.00) is at its target.",
      "North Plant, South Plant and West Plant stand at 74.8 % while Economic Zone Plant stands at 60.0 %: Economic Zone Plant Inlet Main (3.00) is at its target.",
      "Economic Zone Plant stands at 60.0 %: no plant that could take more stands lower.",
    ]);
    expect(texts(found, "evenness", "zh")[0]).toBe(
      "城东污水处理厂、高新区污水处理厂负荷率为 80.2 %，而城北污水处理厂、城南污水处理厂、城西污水处理厂负荷率为 74.8 %：城东—城北压力联通管（1.20）、城南—高新联通管（0.30）已满负荷；经开厂进水干管（3.00）已达目标流量。",
    );
    expect(texts(found, "headroom")).toEqual([
      "North Plant (2.52 万m³/d), South Plant (1.76 万m³/d) and West Plant (2.02 万m³/d) could take more, but nothing that fuller plants take can be led to them: East–North Force Main (1.20) and South–High-tech Interconnection (0.30) are full.",
      "Economic Zone Plant (2.00 万m³/d) could take more, but nothing that fuller plants take can be led there: Economic Zone Plant Inlet Main (3.00) is at its target.",
    ]);
  });

  test("what more capacity, and less regard for targets, would bring", () => {
    expect(texts(found, "bottleneck").slice(2)).toEqual([
      "With 0.12 万m³/d (10 %) more capacity at East–North Force Main, the highest utilisation would fall from 80.2 % to 79.7 %.",
      "With 0.03 万m³/d (10 %) more capacity at South–High-tech Interconnection, the highest utilisation would fall from 80.2 % to 80.1 %.",
    ]);
    expect(texts(found, "alternative", "zh").at(-1)).toBe(
      "若均衡先于目标流量，最高负荷率将由 80.2 % 降至 77.6 %；加权超目标流量将由 0.00 万m³/d 升至 0.60 万m³/d；每小时费用将由 16780.92 升至 16881.09。",
    );
  });

  test("why set points change", () => {
    expect(texts(found, "move").slice(-2)).toEqual([
      "0.30 万m³/d goes to South Plant (48.6 % → 74.8 %) instead of East Plant (97.0 % → 80.2 %): set East Plant Inlet Pumps 14.55 → 12.03, East–High-tech Interconnection 0.00 → 1.32 and South–High-tech Interconnection 0.00 → −0.30.",
      "0.20 万m³/d goes to North Plant (56.0 % → 74.8 %) instead of spilling at Wei River West Outfall: set West–North Force Main 0.00 → 0.68.",
    ]);
    expect(texts(found, "move", "zh").at(-1)).toBe(
      "0.20 万m³/d 由卫河西排口溢流改至城北污水处理厂（56.0 % → 74.8 %）：设定 城西—城北压力联通管 0.00 → 0.68。",
    );
  });
});

describe("twin", () => {
  const network = loadNetwork(twin());
  const en = (kind: Finding["kind"], options: DispatchOptions) => texts(findings(network, options), kind);

  test("ties that are out keep plants apart", () => {
    expect(en("evenness", { outages: ["tie", "lift"] })[0]).toBe(
      "east stands at 90.0 % while west stands at 30.0 %: lift and tie are out.",
    );
  });

  test("a plant that a bound or an earlier objective holds", () => {
    // All that there is goes to east, whose least flow is 0.1.
    expect(en("held", { state: { inflows: { north: 0.1, south: 0 } } })).toEqual([
      "east (0.100 m³/s) takes no less than the least flow.",
    ]);
    expect(en("held", { state: { inflows: { north: 0.05, south: 0 } } })).toEqual([
      "More at west would raise what plants lack of their least flow, which comes before evenness.",
    ]);
    expect(en("held", { outages: ["east"] })).toEqual([
      "Less at west would raise weighted spill, which comes before evenness.",
    ]);
  });

  test("losses that the policy puts up with", () => {
    expect(en("loss", { policy: ["balance", "flooding", "spill"] })).toEqual([
      "0.050 m³/s floods at south: it could be led elsewhere, but the highest utilisation comes before it in the policy.",
      "1.150 m³/s spills at river: it could be led elsewhere, but the highest utilisation and flooding come before it in the policy.",
    ]);
    expect(en("loss", { policy: ["cost"] })[0]).toMatch(/but nothing in the policy asks for that\.$/);
  });

  test("losses that the policy weighs against something", () => {
    // A m³ treated costs 0.5 at least, far more than two of spill: all that can, spills.
    const policy = ["flooding", { spill: 1, cost: 1, starved: 1 }] as const;
    expect(en("loss", { policy })).toEqual([
      "1.150 m³/s spills at river: it could be led elsewhere, but flooding comes before it, and the cost per hour and what plants lack of their least flow are weighed against it in the policy.",
    ]);
    expect(texts(findings(network, { policy }), "loss", "zh")).toEqual([
      "river溢流 1.150 m³/s：本可改送他处，但冒溢量的次序在前，每小时费用、水厂欠量与之一并权衡。",
    ]);
    expect(en("loss", { policy: [{ flooding: 1, cost: 1 }] })[0]).toMatch(
      /: it could be led elsewhere, but the cost per hour is weighed against it in the policy\.$/,
    );
  });

  test("a spill that counts nothing", () => {
    // All of it but the 0.1 that east lacks otherwise, and 0.05 that the tie has no room for.
    const file = twin();
    const weightless = loadNetwork({
      ...file,
      nodes: file.nodes.map((node) => (node.id === "river" ? { ...node, weight: 0 } : node)),
    });
    const found = findings(weightless);
    expect(texts(found, "loss")).toEqual([
      "1.050 m³/s spills at river: it could be led elsewhere, but a spill there has weight 0.",
    ]);
    expect(texts(found, "loss", "zh")).toEqual(["river溢流 1.050 m³/s：本可改送他处，但该处溢流的权重为 0。"]);
  });

  test("plants that stand lower, each for a reason of its own", () => {
    const found = findings(
      loadNetwork({
        units: { flow: "m3/s" },
        nodes: [
          { id: "hill", kind: "catchment", inflow: 1 },
          { id: "dale", kind: "catchment", inflow: 0.3 },
          { id: "a", kind: "plant", capacity: 1 },
          { id: "b", kind: "plant", capacity: 1 },
          { id: "c", kind: "plant", capacity: 1, minFlow: 0.4 },
        ],
        links: [
          { id: "1", kind: "conduit", from: "hill", to: "a", capacity: 1 },
          { id: "2", kind: "conduit", from: "dale", to: "b", capacity: 1 },
          { id: "3", kind: "conduit", from: "dale", to: "c", capacity: 1 },
          { id: "tie", kind: "conduit", from: "hill", to: "dale", capacity: 0.2 },
        ],
      }),
    );
    expect(texts(found, "evenness")[0]).toBe(
      "a stands at 80.0 % while b at 10.0 % and c at 40.0 % stand lower: tie (0.200) is full.",
    );
    expect(texts(found, "evenness", "zh")[0]).toBe(
      "a负荷率为 80.0 %，而b 10.0 %、c 40.0 %，均更低：tie（0.200）已满负荷。",
    );
  });

  test("a tolerance is used after evening out", () => {
    const state = { setPoints: { lift: 0.1, tie: 0 } };
    expect(en("evenness", { tolerance: 0.02, state })).toEqual([
      "Before the tolerance of 2.0 % is used, east and west stand at 60.0 %: no plant that could take more stands lower.",
    ]);
    expect(en("move", { tolerance: 0.02, state })).toEqual([
      "0.180 m³/s goes to west (40.0 % → 58.0 %) instead of east (80.0 % → 62.0 %): set tie 0.000 → 0.250.",
      "Water takes another way to where it went before: set lift 0.100 → 0.030.",
    ]);
  });

  test("what is told of the flow before a tolerance is used says so", () => {
    const tolerance = 0.05;
    // East 0.65 and west 0.55, and then as much as the tolerance lets it to east, which is cheaper.
    const outages = ["lift"];
    expect(dispatch(network, { tolerance, outages }).plants.map(({ headroom }) => headroom)).toEqual([0.3, 0.5]);
    expect(findings(network, { tolerance, outages }).find(({ kind }) => kind === "headroom")).toMatchObject({
      plants: [{ id: "west", headroom: 0.45 }],
      text: {
        en: "Before the tolerance of 5.0 % is used, west (0.450 m³/s) could take more, but nothing that fuller plants take can be led there: tie (0.250) is full; lift is out.",
        zh: "在动用 5.0 % 的容差之前，west（0.450 m³/s）仍有余量，但负荷率更高的水厂所收的水无法改送过去：tie（0.250）已满负荷；lift停用。",
      },
    });
    expect(en("held", { tolerance, state: { inflows: { north: 0.1, south: 0 } } })).toEqual([
      "Before the tolerance of 5.0 % is used, east (0.100 m³/s) takes no less than the least flow.",
    ]);
    expect(en("held", { tolerance, state: { inflows: { north: 0.05, south: 0 } } })).toEqual([
      "Before the tolerance of 5.0 % is used, more at west would raise what plants lack of their least flow, which comes before evenness.",
    ]);
  });

  test("what more capacity costs an objective that comes before, or beside, what gains", () => {
    // 0.55 at 0.2 and 0.45 at 1: the sewer is what keeps the plan from all that the tolerance allows.
    const city = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "north", kind: "catchment", inflow: 0.5 },
        { id: "south", kind: "catchment", inflow: 0.5 },
        { id: "cheap", kind: "plant", capacity: 1, treatmentCost: 0.2 },
        { id: "dear", kind: "plant", capacity: 1, treatmentCost: 1 },
      ],
      links: [
        { id: "a", kind: "conduit", from: "north", to: "cheap", capacity: 1 },
        { id: "b", kind: "conduit", from: "south", to: "dear", capacity: 1 },
        { id: "sewer", kind: "conduit", from: "south", to: "cheap", capacity: 0.05 },
      ],
    });
    expect(texts(findings(city, { tolerance: 0.1 }), "bottleneck")).toContain(
      "With 0.005 m³/s (10 %) more capacity at sewer, the cost per hour would fall from 2016.00 to 2001.60; the highest utilisation would rise from 55.0 % to 55.5 %.",
    );
  });

  test("a set point that others leave no water for", () => {
    const city = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 0.3 },
        { id: "east", kind: "plant", capacity: 1 },
      ],
      links: [
        { id: "p", kind: "pump", from: "town", to: "east", capacity: 1 },
        { id: "q", kind: "pump", from: "town", to: "east", capacity: 1 },
      ],
    });
    const found = findings(city, { state: { setPoints: { p: 0.3, q: 0.3 } } });
    expect(texts(found, "move")).toEqual([
      "p 0.300 → 0.000: this set point can't be kept beside the others, because the water isn't there or has no room.",
    ]);
    expect(texts(found, "move", "zh")).toEqual(["p 0.300 → 0.000：与其他设定值不能同时维持，水量不足或过水能力不够。"]);
    const none = findings(city, { state: { setPoints: { p: 0.5, q: 0.5 }, inflows: { town: 0 } } });
    expect(texts(none, "move")).toEqual([
      "p 0.500 → 0.000 and q 0.500 → 0.000: these set points can't all be kept, because the water isn't there or has no room.",
    ]);
  });

  test("a set point that can't be kept", () => {
    expect(en("move", { state: { setPoints: { tie: 0.25 } }, outages: ["tie"] })).toEqual([
      "tie 0.250 → 0.000: this set point can't be kept, because the water isn't there or has no room.",
    ]);
  });

  test("a cheaper way, once there is more of it", () => {
    // 0.6 at 0.5 and 0.6 at 0.6 make 2376 an hour; 0.05 is lifted at 0.1, that is 18 an hour, and 9 would be saved.
    expect(en("bottleneck", {})).toContain(
      "With 0.025 m³/s (10 %) more capacity at tie, the cost per hour would fall from 2394.00 to 2385.00.",
    );
  });

  test("weights: level by them, and the sentence says so", () => {
    const file = twin();
    const weighted = loadNetwork({
      ...file,
      nodes: file.nodes.map((node) => (node.id === "east" ? { ...node, weight: 2 } : node)),
    });
    const found = findings(weighted);
    expect(texts(found, "evenness")).toEqual([
      "east at 80.0 % and west at 40.0 % stand level by their weights: no plant that could take more stands lower.",
    ]);
    expect(texts(found, "bottleneck")[0]).toContain("the highest utilisation over weight would fall from 40.0 %");
  });

  test("names stand as the file has them", () => {
    const file = twin();
    const name = '<img src=x onerror="alert(1)">\u202e__proto__';
    const hostile = loadNetwork({
      ...file,
      nodes: file.nodes.map((node) => (node.id === "east" ? { ...node, id: "__proto__x", name } : node)),
      links: file.links.map((link) => ({
        ...link,
        from: link.from === "east" ? "__proto__x" : link.from,
        to: link.to === "east" ? "__proto__x" : link.to,
      })),
    });
    expect(texts(findings(hostile), "evenness")[0]).toBe(
      `${name} and west stand at 60.0 %: no plant that could take more stands lower.`,
    );
  });
});

describe("what operators hold", () => {
  /** 1 m³/s enters at the town; 0.8 can leave by the lift, 0.3 by the weir, and the works take all of the former. */
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "town", kind: "catchment", inflow: 1 },
      { id: "works", kind: "plant", capacity: 2 },
      { id: "river", kind: "outfall" },
    ],
    links: [
      { id: "lift", kind: "pump", from: "town", to: "works", capacity: 0.8 },
      { id: "weir", kind: "gate", from: "town", to: "river", capacity: 0.3 },
    ],
  });
  const lossesWith = (locks: State["locks"]) =>
    findings(network, { state: { locks } }).flatMap((one) => (one.kind === "loss" ? [one] : []));

  test.each([
    ["a pump", { lift: 0.5 }, "lift"],
    ["a pump, at most", { lift: { max: 0.5 } }, "lift"],
    ["a plant", { works: 0.5 }, "works"],
    ["a plant, at most", { works: { max: 0.5 } }, "works"],
  ])("forces losses, and isn't called full: %s", (_what, locks, id) => {
    const [flooding, spill, ...rest] = lossesWith(locks);
    expect(rest).toEqual([]);
    expect(flooding).toMatchObject({ loss: "flooding", at: [{ id: "town", flow: 0.2 }], isForced: true });
    expect(flooding?.holds).toEqual(
      expect.arrayContaining([
        { id, flow: 0.5, by: "lock" },
        { id: "weir", flow: 0.3, by: "capacity" },
      ]),
    );
    expect(spill).toMatchObject({ loss: "spill", isForced: true, holds: [{ id, flow: 0.5, by: "lock" }] });
    expect(flooding?.text.en).toContain(`${id} is held by operators; weir (0.300) is full.`);
    expect(flooding?.text.zh).toContain(`${id}已人工锁定；weir（0.300）已满负荷。`);
  });

  test("a lock that asks for flow brings losses that nothing else would", () => {
    // The weir has to carry 0.3, so that the river gets what the works could take.
    const [spill] = lossesWith({ weir: 0.3 });
    expect(spill).toMatchObject({ loss: "spill", at: [{ id: "river", flow: 0.3 }], isForced: true });
    expect(spill).toMatchObject({ inflow: 0.3, leaving: 0, holds: [{ id: "weir", flow: -0.3, by: "lock" }] });
    expect(spill?.text.en).toBe(
      "0.300 m³/s spills at river: where it comes from, 0.300 m³/s flows in and no more than 0.000 m³/s can leave another way; weir is held by operators.",
    );
  });

  test.each([
    // By itself each of two equal plants takes a half.
    ["less", "least", { upper: { min: 0.7 } }, "再减少"],
    ["less", "least", { upper: 0.7 }, "再减少"],
    ["more", "most", { upper: { max: 0.3 } }, "再增加"],
  ] as const)("keeps a plant from taking %s", (than, bound, locks, zh) => {
    const twins = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 1 },
        { id: "upper", kind: "plant", capacity: 2 },
        { id: "lower", kind: "plant", capacity: 2 },
      ],
      links: [
        { id: "up", kind: "gate", from: "town", to: "upper", capacity: 2 },
        { id: "down", kind: "gate", from: "town", to: "lower", capacity: 2 },
      ],
    });
    const held = findings(twins, { state: { locks } }).filter(({ kind }) => kind === "held");
    expect(held).toMatchObject([{ by: "lock", bound, plants: [{ id: "upper" }] }]);
    expect(held[0]?.text).toEqual({
      en: `What operators hold keeps upper from taking ${than}.`,
      zh: `受人工锁定所限，upper不能${zh}。`,
    });
  });

  test("a gate that is made to bring water in is told once, though it could also let it out", () => {
    const city = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 1 },
        { id: "hub", kind: "junction" },
        { id: "works", kind: "plant", capacity: 2 },
        { id: "river", kind: "outfall" },
      ],
      links: [
        { id: "sewer", kind: "conduit", from: "town", to: "works", capacity: 2 },
        { id: "sluice", kind: "gate", from: "town", to: "hub", capacity: 1, reverseCapacity: 1 },
        { id: "weir", kind: "gate", from: "hub", to: "river", capacity: 1 },
      ],
    });
    const [spill] = findings(city, { state: { locks: { sluice: 0.3 } } }).filter(({ kind }) => kind === "loss");
    expect(spill).toMatchObject({ inflow: 0.3, leaving: 0, holds: [{ id: "sluice", flow: -0.3, by: "lock" }] });
  });

  test("holds water in after an outage too", () => {
    const state: State = { locks: { lift: { max: 0.5 } } };
    const plan = dispatch(network, { state });
    const { forced } = redispatch(network, plan, { state, outages: ["weir"] });
    expect(forced.map(({ links }) => links)).toEqual([
      [
        { id: "lift", flow: 0.5, out: false, locked: true },
        { id: "weir", flow: 0, out: true, locked: false },
      ],
    ]);
  });
});
