import type { ExpectationsWords, Quantity, Unit } from "../en/expectations.js";

const QUANTITIES: Record<Quantity, string> = {
  inflow: "来水量",
  bod: "BOD 浓度",
  population: "人口",
  volume: "容积",
  leastVolume: "最小容积",
  mostVolume: "最大容积",
  initialVolume: "初始容积",
  capacity: "能力",
  reverseCapacity: "反向能力",
  minFlow: "最小流量",
  target: "目标流量",
  energy: "能耗",
  energyPrice: "电价",
  treatmentCost: "处理费用",
  travelTime: "流行时间",
  plantWeight: "水厂权重",
  outfallWeight: "排口权重",
  linkWeight: "管段权重",
  floodWeight: "冒溢权重",
};

const UNITS: Record<Unit, string> = {
  flow: "文件的流量单位",
  volume: "m³",
  "mg/L": "mg/L",
  persons: "人",
  "kWh/m³": "kWh/m³",
  s: "s",
  "money/m³": "金额/m³",
  "money/kWh": "金额/kWh",
  none: "无单位",
};

const unitOf = ({ unit, flow }: { readonly unit: Unit; readonly flow?: string | undefined }) =>
  unit === "flow" ? (flow ?? UNITS.flow) : UNITS[unit];

export const EXPECTATIONS: ExpectationsWords = {
  amount: ({ what, ...unit }) => `${QUANTITIES[what]}应不小于 0（${unitOf(unit)}）`,
  rate: ({ what, most, ...unit }) => `${QUANTITIES[what]}应不大于 ${most}（${unitOf(unit)}）`,
  above: ({ what }) => `${QUANTITIES[what]}应大于 0`,
  atMost: ({ what, most }) => `${QUANTITIES[what]}应不大于 ${most}`,
  within: ({ what, least, most }) => `${QUANTITIES[what]}应介于 ${least} 与 ${most} 之间`,
  id: "id 应为字符串",
  someId: "id 至少应有一个字符",
  freeId: 'id 可为 "__proto__" 之外的任意字符串',
  text: '文字应为字符串，或按语言给出：{ "en": "…", "zh": "…" }',
  availability: "可用率应介于 0（不可用）与 1（全部可用）之间",
  coordinate: "坐标应为有限的数",
  place: "位置应为两个数：[x, y] 或 [经度, 纬度]",
  storage: "调蓄池的 volume 应为 { min, max, initial }，单位 m³",
  address: "$schema 应为 JSON-Schema 的地址（字符串）",
  flowUnit: ({ of }) => `流量单位应为以下之一：${of.join("、")}`,
  units: 'units 应给出文件的流量单位：{ "flow": "m3/s" }',
  nodeKind: ({ of }) => `节点的 kind 应为以下之一：${of.join("、")}`,
  linkKind: ({ of }) => `管段的 kind 应为以下之一：${of.join("、")}`,
  nodes: "nodes 应为列表",
  someNode: "管网至少应有一个节点",
  links: "links 应为列表",
  network: "管网应为含 units、nodes 和 links 的对象",
  part: "工况的这一部分应由 id 对应到数",
  lock: (unit) => `锁定应为流量，或范围 { "min": 流量, "max": 流量 }（可省略其一；${unitOf(unit)}）`,
  outId: "停用设施应以 id 表示",
  out: "out 应为 id 的列表",
  setPoint: (unit) => `设定值应为流量（${unitOf(unit)}）`,
  state: "工况应为对象，可含 inflows、availability、out、volumes、setPoints 和 locks，均可省略",
};
