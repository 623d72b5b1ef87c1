import type { TablesWords } from "../en/tables.js";

export const TABLES: TablesWords = {
  plant: "水厂",
  available: "可用能力",
  now: "现状",
  plan: "方案",
  headroom: "余量",
  plants: "污水处理厂",
  moves: "调整",
  set: "设定",
  kept: "各设定值均不需调整。",
  ranking: "目标（按顺序）",
  none: "无",
  toSpill: "距溢流时间",
  never: "不溢流",
};
