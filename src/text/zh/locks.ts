import type { LocksWords } from "../en/locks.js";

export const LOCKS: LocksWords = {
  held: (name, range) => `${name}锁定在 ${range}`,
  between: (min, max) => `${min} 至 ${max}`,
  least: (min) => `${min} 及以上`,
  most: (max) => `${max} 及以下`,
  short: (flow, short) => `无法达到：实际 ${flow}，相差 ${short}`,
  cost: (objective, before, after) => `${objective}由 ${before} 变为 ${after}`,
  ranked: {
    balance: (place) => `第 ${place} 高负荷率`,
    sharing: (place) => `第 ${place} 大冒溢比例`,
  },
  costs: (list) => `代价：${list}`,
  free: "没有代价",
  and: "，",
  separator: "；",
  end: "。",
};
