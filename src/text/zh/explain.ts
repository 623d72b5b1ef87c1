import type { ExplainWords } from "../en/explain.js";

export const EXPLAIN: ExplainWords = {
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
