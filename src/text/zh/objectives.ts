import type { ObjectivesWords } from "../en/objectives.js";

export const OBJECTIVES: ObjectivesWords = {
  names: {
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
};
