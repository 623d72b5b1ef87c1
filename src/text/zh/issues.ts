import type { HintsWords, IssuesWords, JsonFault } from "../en/issues.js";
import { say } from "../sentence.js";
import { EXPECTATIONS } from "./expectations.js";
import { KINDS } from "./kinds.js";

const place = ({ line, column }: { readonly line: number; readonly column: number }) => `第 ${line} 行第 ${column} 列`;
const of = ({ item, key }: { readonly item: string; readonly key: string }) => (item === "" ? key : `${item}：${key}`);
const kindOf = (kind: string) => `${(KINDS as Record<string, string>)[kind] ?? ""}（${kind}）`;

const SAMPLES: Record<string, string> = { "[…]": "列表", "[]": "空列表", "{…}": "对象" };
const FOUND: Record<string, string> = {
  "": "文件已结束",
  comment: "出现注释（JSON 不支持注释）",
  quote: "出现单引号（字符串须用双引号）",
};
const WANTED = { key: "双引号括起的键", colon: "冒号", value: "值" };
const ALONE = {
  escape: "反斜杠之后不是 JSON 的转义字符",
  open: "字符串没有结束",
  break: "字符串中有换行",
  control: "字符串中有控制字符",
};

function jsonFault(fault: JsonFault): string {
  if (fault.is === "trailing") return `逗号与 "${fault.close}" 之间缺少内容`;
  if (!("found" in fault)) return ALONE[fault.is];
  const found = FOUND[fault.found] ?? `出现 ${fault.found}`;
  if (fault.is === "misplaced") return `${found}，此处应为${WANTED[fault.wanted]}`;
  if (fault.is === "behind") return `${found}，而内容到此应已结束`;
  return `${found}，此处应为逗号或 "${fault.close}"`;
}

export const ISSUES: IssuesWords = {
  utf32: ({ encoding }) => `文件编码为 ${encoding}，本程序不读取。请另存为 UTF-8。`,
  cutOff: ({ encoding }) => `文件开头为 ${encoding}，其后却不是：文件不完整或已损坏。请另存为 UTF-8。`,
  noText: (at) => `文件不是文本：含有文本中不会出现的字节（${place(at)}）。`,
  damaged: (at) => `文件为 UTF-8，但已损坏：${place(at)}无法读取，文件可能被截断，或由不同编码的文件拼接而成。`,
  likeGbk: ({ reads, ...at }) =>
    `文件不是 UTF-8，可能是 GBK 或 GB18030，按此${place(at)}读作 ${reads}。请另存为 UTF-8（可用 iconv -f GB18030 -t UTF-8 转换）。`,
  unnamed: (at) =>
    `文件不是 UTF-8 或 UTF-16：${place(at)}无法按此读取，而仅凭字节无法判断是其他何种编码（GBK、Big5、Shift-JIS、Latin-1 等）。请用生成该文件的软件另存为 UTF-8，或按其保存时的编码用 iconv -f 编码 -t UTF-8 转换。`,
  empty: "文件不是 JSON：内容为空。",
  notJson: ({ fault, ...at }) => `文件不是 JSON：${place(at)}，${jsonFault(fault)}。`,
  duplicateKey: ({ owner, key, first, again }) =>
    `${owner || "文件"}中键 ${key} 出现两次，分别在${place(first)}和${place(again)}；同一个键只能出现一次。`,
  tooDeep: ({ at }) => `${at} 嵌套过深，文件中没有这样深的内容。`,
  reserved: ({ at }) => `${at || "文件"} 中有键 "__proto__"，不能使用该名称。`,
  cyclic: ({ at }) => `${at} 引用了包含它自身的内容；文件应为树状结构。`,

  unknownKey: ({ item, key, unknown }) => `${item && `${item}：`}${key && `${key} 中`}有未知的键 ${unknown}。`,
  value: ({ item, key, found, expected }) => {
    const sample = found === undefined ? undefined : SAMPLES[found];
    const what = found === undefined ? "缺失" : sample === undefined ? `为 ${found}` : `为${sample}`;
    return `${key === "" ? item || "输入内容" : of({ item, key })} ${what}；${say(EXPECTATIONS, expected)}。`;
  },

  garbled: (value) => `${of(value)} 中有已丢失的字符（U+FFFD）。`,
  idTaken: ({ item, by }) => `${item}：该 id 已用于 ${by}；所有节点与管段的 id 不得重复。`,
  endUnknown: ({ item, end, id }) => `${item}：${end} 指向节点 ${id}，而该节点未定义。`,
  selfLoop: ({ item, node }) => `${item}：起点与终点同为节点 ${node}；管段应连接两个节点。`,
  fromOutfall: ({ item, node }) => `${item}：起点为排口 ${node}；已排出管网的水不会返回。`,
  backFromOutfall: ({ item, node }) => `${item}：可由排口 ${node} 反向过水；已排出管网的水不会返回。`,
  beyond: ({ value, most, ...at }) => `${of(at)} 为 ${value}；可精确计算的最大值为 ${most}。`,
  inflowsBeyond: ({ total, most }) => `来水合计为 ${total}；可精确计算的最大值为 ${most}。`,
  leastAboveMost: ({ item, key, least, of: most, value }) => `${item}：${key}（${least}）大于 ${most}（${value}）。`,
  initialVolume: ({ item, initial, min, max }) =>
    `${item}：volume.initial 为 ${initial} m³，应介于 min（${min} m³）与 max（${max} m³）之间。`,
  idleTarget: ({ item, target, capacity }) => `${item}：target（${target}）大于 capacity（${capacity}），不起作用。`,

  notInNetwork: ({ part, id }) => `${part} 中的 ${id} 不在管网中。`,
  wrongKind: ({ part, id, kind, kinds }) =>
    `${part} 中的 ${id} 是${kindOf(kind)}；${part} 只能用于${kinds.map(kindOf).join("或")}。`,
  volumeOutside: ({ at, value, id, min, max }) => `${at} 为 ${value} m³；${id} 的容积为 ${min} 至 ${max} m³。`,
  oneWay: ({ at, value, id }) => `${at} 为 ${value}；${id} 只能单向过水，流量应不小于 0。`,
  lockCrossed: ({ at, min, max }) => `${at}：min（${min}）大于 max（${max}）。`,
  lockOneWay: ({ at }) => `${at}：锁定的流量小于 0，而此处只能单向过水；流量应不小于 0。`,
  lockBeyond: ({ at }) => `${at}：锁定的流量超出可精确计算的最大值。`,
  twice: ({ list, id }) => `${list} 中 ${id} 出现两次。`,
  clipped: ({ at, given, id, taken, isBack }) =>
    `${at} 为 ${given}；${id} ${isBack ? "反向" : ""}最大过水能力为 ${taken}，按此取用。`,
  share: ({ id, left }) => `${id} 的 availability 为 ${left}；应介于 0 与 1 之间。`,
  notLoaded: "这不是由 loadNetwork 得到的管网；请先对文件调用 loadNetwork。",
};

export const HINTS: HintsWords = {
  nearest: ({ name }) => `是否应为 ${name}？`,
  known: ({ names }) => `可用的键：${names.join("、")}。`,
  readWrongly: "该文件此前曾按错误的编码读取：请直接提供文件的字节而非文本，或从尚未出错的原文件另存为 UTF-8。",
};
