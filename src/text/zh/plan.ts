import type { PlanWords } from "../en/plan.js";

export const PLAN: PlanWords = {
  status: { normal: "正常", surcharged: "高水位", spilling: "溢流", flooding: "冒溢" },
  objectives: {
    flooding: "冒溢",
    spill: "溢流（加权）",
    starved: "水厂欠量",
    surcharge: "超目标流量（加权）",
    balance: "最高负荷率",
    cost: "每小时费用",
    moves: "调整量",
    sharing: "最大冒溢比例",
    security: "单一失效时最大溢流",
  },
  byWeight: "（加权）",
  idle: "不采取措施",
  held: "人工锁定",
  splits: "依赖无法调节的重力流分配",
  circulation: "只在管网中循环、予以停止的水量",
  notes: "未按原值取用",
  ofInflow: "占来水",
  and: "、",
  colon: "：",
};
