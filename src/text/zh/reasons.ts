import type { ReasonsWords } from "../en/reasons.js";

export const REASONS: ReasonsWords = {
  shift: (flow, from, to) => `${flow} 由${from}改至${to}`,
  more: (flow, count) => `另有 ${count} 项较小的调配，共 ${flow}`,
  reroute: (flow) => `${flow} 改走他路，去向不变`,
  stopped: (flow) => `停止 ${flow} 的循环输送`,
  held: "已被锁定",
  unkept: "现设定值无法维持：水量不足或过水能力不够",
  idle: "不作任何操作时流量亦如此",
  spill: (name) => `${name}溢流`,
  flood: (name) => `${name}冒溢`,
  and: "，",
  clipped: (name, taken, given) => `${name}的输送能力为 ${taken}，设定值 ${given} 按此取用。`,
};
