/** What the command line says, in both languages. */
import type { Language } from "../../text/language.js";
import type { PolicyObjective } from "../../problem/policy.js";
import type { PlanStatus } from "../../plan/plan.js";
import { OBJECTIVE_WORDS, PART_WORDS, STATUS_WORDS, type PartWords } from "../../plan/words.js";

export interface Words extends PartWords {
  readonly status: Record<PlanStatus, string>;
  readonly objectives: Record<PolicyObjective, string>;
  readonly busiest: string;
  readonly plant: string;
  readonly available: string;
  readonly now: string;
  readonly plan: string;
  readonly headroom: string;
  readonly allPlants: string;
  readonly plants: string;
  readonly spills: string;
  readonly outfall: string;
  readonly floods: string;
  readonly node: string;
  readonly above: string;
  readonly main: string;
  readonly flow: string;
  readonly aboveTarget: string;
  readonly moves: string;
  readonly set: string;
  readonly why: string;
  readonly reasons: string;
  readonly kept: string;
  readonly objective: string;
  readonly none: string;
  readonly out: string;
  readonly moreFlooding: string;
  readonly moreSpill: string;
  readonly losing: (bad: number, all: number) => string;
  readonly losingMore: (bad: number, all: number) => string;
  readonly more: (count: number) => string;
  readonly tooLong: string;
  readonly toSpill: string;
  readonly screened: string;
  readonly survival: string;
  readonly without: string;
  readonly nothing: string;
  readonly treated: string;
  readonly peak: string;
  readonly reinforce: string;
  readonly add: string;
  readonly sum: string;
  readonly enough: string;
  readonly hopeless: (count: number) => string;
  readonly steps: string;
  readonly lost: string;
  readonly acting: string;
  readonly never: string;
  readonly forced: (list: string) => string;
  readonly forcedByLocks: (list: string) => string;
  readonly forcedOut: (list: string) => string;
  readonly routes: string;
  readonly minutes: string;
  readonly open: string;
  readonly risk: string;
  readonly price: string;
  readonly unsecured: string;
  readonly secured: string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    ...PART_WORDS.en,
    status: STATUS_WORDS.en,
    objectives: OBJECTIVE_WORDS.en,
    busiest: "Plants run",
    plant: "plant",
    available: "available",
    now: "now",
    plan: "plan",
    headroom: "headroom",
    allPlants: "all plants",
    plants: "Plants",
    spills: "Spills",
    outfall: "outfall",
    floods: "Flooding",
    node: "at",
    above: "Mains above their target",
    main: "main",
    flow: "flow",
    aboveTarget: "above target",
    moves: "Moves",
    set: "set",
    why: "why",
    reasons: "Why",
    kept: "No set point needs to change.",
    objective: "Objectives, in order",
    none: "none",
    out: "out",
    moreFlooding: "more flooding",
    moreSpill: "more spill",
    losing: (bad, all) => `${bad} of ${all} outages lose water`,
    losingMore: (bad, all) => `${bad} of ${all} outages lose more than is lost without them`,
    more: (count) => `  … and ${count} more (--top, or --json for all)`,
    tooLong: "Not found in the work that is spent on it here; leastReinforcement goes on until it is.",
    toSpill: "time to spill",
    screened: "Outages screened",
    survival: "What can still be treated",
    without: "without",
    nothing: "(nothing lost)",
    treated: "now",
    peak: "peak",
    reinforce: "Least capacity to add, to survive each single loss",
    add: "add",
    sum: "together",
    enough: "None: what is there is enough.",
    hopeless: (count) =>
      count === 1
        ? "In 1 case no capacity helps; it needs a way that isn't there:"
        : `In ${count} cases no capacity helps; they need a way that isn't there:`,
    steps: "Set, in this order",
    lost: "Lost by then",
    acting: "if everything is set for the best",
    never: "never",
    forced: (list) => `Held in by what is full: ${list}`,
    forcedByLocks: (list) => `Held in by what operators hold: ${list}`,
    forcedOut: (list) => `Held in by what is out: ${list}`,
    routes: "Routes that end (−) and begin (+)",
    minutes: "min",
    open: "To open in a browser:",
    risk: "Lost at once after an outage, before anybody acts",
    price: "What that costs",
    unsecured: "not secured",
    secured: "secured",
  },
  zh: {
    ...PART_WORDS.zh,
    status: STATUS_WORDS.zh,
    objectives: OBJECTIVE_WORDS.zh,
    busiest: "水厂负荷率",
    plant: "水厂",
    available: "可用能力",
    now: "现状",
    plan: "方案",
    headroom: "余量",
    allPlants: "合计",
    plants: "污水处理厂",
    spills: "溢流",
    outfall: "排口",
    floods: "冒溢",
    node: "位置",
    above: "超过目标流量的干管",
    main: "干管",
    flow: "流量",
    aboveTarget: "超出",
    moves: "调整",
    set: "设定",
    why: "原因",
    reasons: "说明",
    kept: "各设定值均不需调整。",
    objective: "目标（按顺序）",
    none: "无",
    out: "停用",
    moreFlooding: "冒溢增加",
    moreSpill: "溢流增加",
    losing: (bad, all) => `${all} 种事故中有 ${bad} 种造成溢流或冒溢`,
    losingMore: (bad, all) => `${all} 种事故中有 ${bad} 种使溢流或冒溢加重`,
    more: (count) => `  …… 另有 ${count} 项（用 --top 调整，或用 --json 输出全部）`,
    tooLong: "计算量超出此处的限度，未得结果；可调用 leastReinforcement 算到底。",
    toSpill: "距溢流时间",
    screened: "已筛查的事故",
    survival: "仍可处理的水量",
    without: "停用水厂",
    nothing: "（无事故）",
    treated: "现状",
    peak: "高峰",
    reinforce: "为承受任一单项事故所需增加的最小能力",
    add: "增加",
    sum: "合计",
    enough: "无需增加：现有能力足够。",
    hopeless: (count) => `有 ${count} 种情形扩大能力无济于事，需新建连通：`,
    steps: "按以下顺序设定",
    lost: "累计溢流与冒溢",
    acting: "按最优方案调整",
    never: "不溢流",
    forced: (list) => `受以下满负荷设施所限：${list}`,
    forcedByLocks: (list) => `受以下人工锁定设施所限：${list}`,
    forcedOut: (list) => `受以下停用设施所限：${list}`,
    routes: "取消（−）与新增（+）的去向",
    minutes: "分钟",
    open: "可在浏览器中打开：",
    risk: "停用后、采取措施前即时损失的水量",
    price: "相应代价",
    unsecured: "未防范",
    secured: "已防范",
  },
};
