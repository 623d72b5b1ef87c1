import type { KindsWords } from "../en/kinds.js";

export const KINDS: KindsWords = {
  catchment: "汇水区",
  junction: "节点井",
  storage: "调蓄池",
  plant: "污水处理厂",
  outfall: "排口",
  conduit: "干管",
  pump: "泵",
  gate: "闸门",
};
