/** What findings say, in both languages. Names and figures come written out. */
import type { Language } from "../text/language.js";
import type { End, HeldFinding } from "./finding.js";

/** `is` for one, `are` for more. */
const many = (count: number, one: string, more: string) => (count === 1 ? one : more);

const EN = {
  /** Of long lists the first, and how many more. */
  list: (items: readonly string[], more: number) => {
    if (more > 0) return `${items.join(", ")} and ${more} more`;
    return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
  },
  sentence: (parts: readonly string[]) => `${parts.join("; ")}.`,
  with: (name: string, figure: string) => `${name} (${figure})`,
  because: (what: string, reason: string) => `${what}: ${reason}`,
  holds: {
    capacity: (names: string, count: number) => `${names} ${many(count, "is", "are")} full`,
    outage: (names: string, count: number) => `${names} ${many(count, "is", "are")} out`,
    lock: (names: string, count: number) => `${names} ${many(count, "is", "are")} held by operators`,
    target: (names: string, count: number) => `${names} ${many(count, "is at its target", "are at their targets")}`,
    objective: (names: string, objective: string) => `more through ${names} would raise ${objective}`,
  },
  objectives: {
    flooding: "flooding",
    spill: "weighted spill",
    starved: "what plants lack of their least flow",
    surcharge: "weighted flow above targets",
    balance: "the highest utilisation",
    cost: "the cost per hour",
    moves: "what set points move",
    sharing: "the largest share of an inflow that floods",
  },
  /** Where plants, or places that may flood, have weights. */
  weighted: { balance: "the highest utilisation over weight", flooding: "weighted flooding" },

  flooding: (flow: string, places: string) => `${flow} floods at ${places}`,
  spill: (flow: string, places: string) => `${flow} spills at ${places}`,
  leaving: (inflow: string, leaving: string) =>
    `where it comes from, ${inflow} flows in and no more than ${leaving} can leave another way`,
  noWayOut: "no other way leads out of there",
  before: (objectives: string, count: number) => `${objectives} ${many(count, "comes", "come")} before it`,
  beside: (objectives: string, count: number) => `${objectives} ${many(count, "is", "are")} weighed against it`,
  unforced: (rivals: readonly string[]) => `it could be led elsewhere, but ${rivals.join(", and ")} in the policy`,
  weightless: "it could be led elsewhere, but a spill there has weight 0",
  uncounted: "it could be led elsewhere, but nothing in the policy asks for that",

  stand: (names: string, share: string, count: number) => `${names} ${many(count, "stands", "stand")} at ${share}`,
  standLevel: (each: string) => `${each} stand level by their weights`,
  standLower: (each: string) => `${each} stand lower`,
  at: (name: string, share: string) => `${name} at ${share}`,
  while: (above: string, below: string) => `${above} while ${below}`,
  lowest: "no plant that could take more stands lower",
  apart: "no way leads from there to plants that stand lower and could take more",
  evened: (tolerance: string, text: string) => `Before the tolerance of ${tolerance} is used, ${text}`,
  withTolerance: (tolerance: string, text: string) => `With the tolerance of ${tolerance} in evenness, ${text}`,
  staysAt: (objective: string, figure: string) => `${objective} stays at ${figure}`,
  insteadOf: (objective: string, figure: string, other: string) => `${objective} is ${figure} instead of ${other}`,
  bought: (list: string) => `in return ${list}`,
  boughtNothing: "no objective gains by that",
  fallsBy: (objective: string, by: string, to: string) => `${objective} falls by ${by} to ${to}`,
  risesBy: (objective: string, by: string, to: string) => `${objective} rises by ${by} to ${to}`,
  start: (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`,
  held: {
    minFlow: (plants: string, count: number) => `${plants} ${many(count, "takes", "take")} no less than the least flow`,
    capacity: (plants: string, count: number) => `${plants} ${many(count, "takes", "take")} all that can be treated`,
    lock: (plants: string, bound: HeldFinding["bound"]) =>
      `what operators hold keeps ${plants} from taking ${{ least: "less", most: "more", both: "more or less" }[bound]}`,
    objective: (plants: string, objective: string, bound: HeldFinding["bound"]) =>
      `${{ least: "less", most: "more", both: "more or less" }[bound]} at ${plants} would raise ${objective}, which comes before evenness`,
  },
  headroom: (plants: string, count: number) =>
    `${plants} could take more, but nothing that fuller plants take can be led ${many(count, "there", "to them")}`,
  unreachable: "no way leads from where those get their water",

  fall: (objective: string, before: string, after: string) => `${objective} would fall from ${before} to ${after}`,
  rise: (objective: string, before: string, after: string) => `${objective} would rise from ${before} to ${after}`,
  then: (condition: string, gain: string, losses: readonly string[]) =>
    `${condition}, ${[gain, ...losses].join("; ")}.`,
  ifAdded: (name: string, added: string) => `With ${added} (10 %) more capacity at ${name}`,
  ifTolerance: (tolerance: string) => `With a tolerance of ${tolerance} in evenness`,
  ifCostFirst: "If cost came before evenness",
  ifAboveTargets: "If evenness came before targets",

  /** What a shift does: an end with its figures now, instead of another before. */
  shift: (flow: string, to: string, toRole: End["role"], from: string, fromRole: End["role"]) => {
    const now = { plant: "goes to", outfall: "spills at", flooding: "floods at" }[toRole];
    const isBetweenPlants = fromRole === "plant" && toRole === "plant";
    const before = { plant: "going to ", outfall: "spilling at ", flooding: "flooding at " }[fromRole];
    return `${flow} ${now} ${to} instead of ${isBetweenPlants ? "" : before}${from}`;
  },
  change: (before: string, after: string) => `${before} → ${after}`,
  set: (what: string, list: string) => `${what}: set ${list}`,
  reroute: "Water takes another way to where it went before",
  circulation: "What would only go round in circles is stopped",
  /** `others` are kept instead. */
  unkept: (list: string, count: number, others: number) => {
    const what = `${list}: ${many(count, "this set point", "these set points")} can't`;
    const how = others > 0 ? "be kept beside the others" : many(count, "be kept", "all be kept");
    return `${what} ${how}, because the water isn't there or has no room`;
  },

  more: {
    loss: (count: number) => `${count} more ${many(count, "place loses", "places lose")} water.`,
    evenness: (count: number) => `${count} more ${many(count, "group", "groups")} of plants.`,
    held: (count: number) => `${count} more ${many(count, "reason holds", "reasons hold")} plants.`,
    bottleneck: (count: number) =>
      `${count} more ${many(count, "element that is full wasn't", "elements that are full weren't")} tried with more capacity.`,
    headroom: (count: number) =>
      `${count} more ${many(count, "group", "groups")} of plants with headroom out of reach.`,
    move: (count: number) => `${count} more ${many(count, "shift", "shifts")} of water.`,
    alternative: (count: number) => `${count} more ${many(count, "alternative", "alternatives")}.`,
  },
};

export type Words = typeof EN;

const ZH: Words = {
  list: (items, more) => (more > 0 ? `${items.join("、")}等 ${items.length + more} 项` : items.join("、")),
  sentence: (parts) => `${parts.join("；")}。`,
  with: (name, figure) => `${name}（${figure}）`,
  because: (what, reason) => `${what}：${reason}`,
  holds: {
    capacity: (names) => `${names}已满负荷`,
    outage: (names) => `${names}停用`,
    lock: (names) => `${names}已人工锁定`,
    target: (names) => `${names}已达目标流量`,
    objective: (names, objective) => `${names}再增加会使${objective}上升`,
  },
  objectives: {
    flooding: "冒溢量",
    spill: "加权溢流量",
    starved: "水厂欠量",
    surcharge: "加权超目标流量",
    balance: "最高负荷率",
    cost: "每小时费用",
    moves: "调整量",
    sharing: "最大冒溢比例",
  },
  weighted: { balance: "最高加权负荷率", flooding: "加权冒溢" },

  flooding: (flow, places) => `${places}冒溢 ${flow}`,
  spill: (flow, places) => `${places}溢流 ${flow}`,
  leaving: (inflow, leaving) => `其来水范围内入流 ${inflow}，经其他去路最多只能排出 ${leaving}`,
  noWayOut: "该范围没有其他去路",
  before: (objectives) => `${objectives}的次序在前`,
  beside: (objectives) => `${objectives}与之一并权衡`,
  unforced: (rivals) => `本可改送他处，但${rivals.join("，")}`,
  weightless: "本可改送他处，但该处溢流的权重为 0",
  uncounted: "本可改送他处，但各目标均未要求",

  stand: (names, share) => `${names}负荷率为 ${share}`,
  standLevel: (each) => `${each}，按权重持平`,
  standLower: (each) => `${each}，均更低`,
  at: (name, share) => `${name} ${share}`,
  while: (above, below) => `${above}，而${below}`,
  lowest: "没有负荷率更低而能多收的水厂",
  apart: "没有管道由此通往负荷率更低而能多收的水厂",
  evened: (tolerance, text) => `在动用 ${tolerance} 的容差之前，${text}`,
  withTolerance: (tolerance, text) => `因均衡允许 ${tolerance} 的容差，${text}`,
  staysAt: (objective, figure) => `${objective}仍为 ${figure}`,
  insteadOf: (objective, figure, other) => `${objective}为 ${figure}，而非 ${other}`,
  bought: (list) => `由此${list}`,
  boughtNothing: "其他目标并未因此改善",
  fallsBy: (objective, by, to) => `${objective}减少 ${by}（降至 ${to}）`,
  risesBy: (objective, by, to) => `${objective}增加 ${by}（升至 ${to}）`,
  start: (text) => text,
  held: {
    minFlow: (plants) => `${plants}受最小流量所限，不能再减`,
    capacity: (plants) => `${plants}已满负荷`,
    lock: (plants, bound) => `受人工锁定所限，${plants}不能${{ least: "再减少", most: "再增加", both: "增减" }[bound]}`,
    objective: (plants, objective, bound) =>
      `${plants}${{ least: "再减少", most: "再增加", both: "增减" }[bound]}会使${objective}上升，而后者先于均衡`,
  },
  headroom: (plants) => `${plants}仍有余量，但负荷率更高的水厂所收的水无法改送过去`,
  unreachable: "没有管道由那些水厂的来水处通往该处",

  fall: (objective, before, after) => `${objective}将由 ${before} 降至 ${after}`,
  rise: (objective, before, after) => `${objective}将由 ${before} 升至 ${after}`,
  then: (condition, gain, losses) => `${[condition, gain].join("，")}${losses.map((loss) => `；${loss}`).join("")}。`,
  ifAdded: (name, added) => `若${name}的能力增加 ${added}（10 %）`,
  ifTolerance: (tolerance) => `若均衡允许 ${tolerance} 的容差`,
  ifCostFirst: "若费用先于均衡",
  ifAboveTargets: "若均衡先于目标流量",

  shift: (flow, to, toRole, from, fromRole) => {
    const as = { plant: "", outfall: "溢流", flooding: "冒溢" };
    return `${flow} 由${from}${as[fromRole]}改至${to}${as[toRole]}`;
  },
  change: (before, after) => `${before} → ${after}`,
  set: (what, list) => `${what}：设定 ${list}`,
  reroute: "水改走他路，去向不变",
  circulation: "只在管网中循环的水量予以停止",
  unkept: (list, count, others) => {
    const alone = count === 1 ? "现设定值无法维持" : "各设定值不能同时维持";
    return `${list}：${others > 0 ? "与其他设定值不能同时维持" : alone}，水量不足或过水能力不够`;
  },

  more: {
    loss: (count) => `另有 ${count} 处失水。`,
    evenness: (count) => `另有 ${count} 组水厂。`,
    held: (count) => `另有 ${count} 种限制。`,
    bottleneck: (count) => `另有 ${count} 处已满负荷的设施未作扩能试算。`,
    headroom: (count) => `另有 ${count} 组水厂的余量无法利用。`,
    move: (count) => `另有 ${count} 项改送。`,
    alternative: (count) => `另有 ${count} 个替代方案。`,
  },
};

export const WORDS: Record<Language, Words> = { en: EN, zh: ZH };
