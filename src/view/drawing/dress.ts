/**
 * What each element of a drawing looks like under a plan.
 *
 * A dress holds one text per slot of the drawing: `dress.links[k][s]` is the value of `drawing.links[k].slots[s]`, and so for nodes.
 * A slot is `[child, attribute]`: the attribute of the child at that place within the element's group, or its text where the
 * attribute is `#text`. An empty value means that the attribute is absent. Every dress of a drawing fills every slot, so a picture that was drawn in one takes
 * another by setting what differs:
 *
 *     for (const [group, child, attribute, value] of dressed(drawing, dress)) { … }
 *
 * `group` counts the groups as they stand in the picture, links first: `svg.querySelectorAll("[data-id]")[group]`. The picture's
 * `<desc>` takes `dress.description`.
 */
import { idOf, leftOf, type Outage } from "../../network/outage.js";
import type { Plan, PlanLink, PlanPlant } from "../../plan/plan.js";
import { formatFlow, formatFlowWithUnit, formatShare } from "../../text/format.js";
import { along, px } from "../layout/curve.js";
import type { Drawing, DrawnLink, DrawnNode } from "./drawing.js";
import type { Lettering } from "../labels/labels.js";
import type { LossLetters } from "../labels/lettering.js";
import { heldIn } from "./plan-of-network.js";
import { classOf, FULL, HIGH, THEMES, widthOf } from "../layout/scale.js";
import { alertPath, ARROW_AT, arrowPath, circle, crossPath, levelPath, MARK_AT, ringGap } from "./symbols.js";
import { kindWords, mapWords, planWords } from "../../text/words.js";

export interface Dress {
  readonly description: string;
  readonly links: readonly (readonly string[])[];
  readonly nodes: readonly (readonly string[])[];
}

/** What is asked of every element. */
interface Wardrobe {
  readonly drawing: Drawing;
  /** Share of an element that is left, where not all is. */
  readonly left: ReadonlyMap<string, number>;
  /** Ids of what the plan's locks hold. */
  readonly held: ReadonlySet<string>;
  readonly flow: (flow: number) => string;
  readonly losses: LossLetters;
}

/**
 * @param plan of the drawing's network; `checkShown` has looked at it, and at `out`
 * @param out what is out, wholly or in part, besides what the network itself has at an availability of 0
 * @remarks linear in the network
 */
export function dressOf(drawing: Drawing, plan: Plan | undefined, out: readonly Outage[] = []): Dress {
  const { network } = drawing;
  const byId = <T extends { readonly id: string }>(rows: readonly T[] = []) =>
    new Map(rows.map((row) => [row.id, row]));
  const [links, plants] = [byId(plan?.links), byId(plan?.plants)];
  const [spills, flooding] = [byId(plan?.spills), byId(plan?.flooding)];
  const lost = drawing.nodes.map(({ id }): Lost => ({
    spill: spills.get(id)?.flow ?? 0,
    flooding: flooding.get(id)?.flow ?? 0,
  }));
  const wardrobe: Wardrobe = {
    drawing,
    left: new Map(out.map((outage) => [idOf(outage), leftOf(outage)])),
    held: heldIn(plan),
    flow: (flow) => formatFlowWithUnit(flow, network.units.flow),
    losses: lossLetters(drawing, lost),
  };
  return {
    description: descriptionOf(drawing, plan),
    links: drawing.links.map((drawn, k) => dressLink(drawn, k, links.get(drawn.id), wardrobe)),
    nodes: drawing.nodes.map((drawn, i) =>
      dressNode(drawn, i, plants.get(drawn.id), lost[i] ?? NOTHING, plan !== undefined, wardrobe),
    ),
  };
}

/** What is lost at a node. */
interface Lost {
  readonly spill: number;
  readonly flooding: number;
}

const NOTHING: Lost = { spill: 0, flooding: 0 };

/** Figures of all losses, the largest first; without their unit where the whole has no room. */
function lossLetters({ lossesAt, network }: Drawing, lost: readonly Lost[]): LossLetters {
  const unit = network.units.flow;
  const losses = lost
    .map(({ spill, flooding }, at) => ({ at, flow: spill + flooding }))
    .filter(({ flow }) => flow > 0)
    .sort((a, b) => b.flow - a.flow || a.at - b.at);
  return lossesAt(
    losses.map(({ at, flow }) => ({ at, texts: [formatFlowWithUnit(flow, unit), formatFlow(flow, unit)] })),
  );
}

/** Every slot of a dress: which group, which child, which attribute, which value. */
export function* dressed(
  drawing: Drawing,
  dress: Dress,
): Generator<readonly [group: number, child: number, attribute: string, value: string]> {
  const elements = [...drawing.links, ...drawing.nodes];
  const values = [...dress.links, ...dress.nodes];
  for (const [group, { slots }] of elements.entries()) {
    for (const [s, [child, attribute]] of slots.entries()) yield [group, child, attribute, values[group]?.[s] ?? ""];
  }
}

function descriptionOf({ network, language }: Drawing, plan: Plan | undefined): string {
  const words = mapWords(language);
  const sentences = [words.counts(network.nodes.length, network.links.length)];
  if (plan !== undefined) {
    sentences.push(words.is(planWords(language).status[plan.status]));
    const shares = plan.plants.filter((plant) => plant.available > 0).map((plant) => plant.utilisation);
    const bound = (pick: (a: number, b: number) => number) => formatShare(shares.reduce((a, b) => pick(a, b)));
    if (shares.length > 0) sentences.push(words.plants(bound(Math.min), bound(Math.max)));
  }
  return sentences.join(words.between);
}

/** The share that is left of an element: what the call says, or the network. */
function shareLeft(element: { readonly id: string; readonly availability: number }, { left }: Wardrobe): number {
  return Math.min(element.availability, left.get(element.id) ?? 1);
}

/** Values in the order in which `drawing.ts` adds the slots of a link. */
function dressLink(drawn: DrawnLink, k: number, row: PlanLink | undefined, wardrobe: Wardrobe): string[] {
  const { link, curve, label, hasRim } = drawn;
  const { drawing } = wardrobe;
  const theme = THEMES[drawing.theme];
  const share = shareLeft(link, wardrobe);
  const isOut = share === 0;
  const flow = row?.flow ?? 0;
  const isIdle = row !== undefined && flow === 0;
  const level = classOf(row?.utilisation ?? 0);
  const colour = isOut ? theme.muted : row === undefined ? theme.plain : isIdle ? theme.idle : theme.classes[level];
  const width = isOut ? drawing.widths.narrowest : widthOf(row === undefined ? link.capacity : flow, drawing.widths);
  const isFull = !isOut && !isIdle && row !== undefined && level === FULL;
  const isAbove = !isOut && row !== undefined && row.aboveTarget > 0;
  const mark = along(curve, isOut ? ARROW_AT : MARK_AT);
  const isHidden = wardrobe.losses.hiddenLinks.has(k);
  const isNamed = label !== undefined && row !== undefined && !isOut && flow !== 0 && level >= HIGH && !isHidden;
  return [
    linkTitle(drawn, row, share, wardrobe),
    ...(hasRim ? [isFull ? px(width + 0.8 + 1.4 * drawing.scale) : "0"] : []),
    colour,
    px(width),
    isOut ? `${px(1 + 4 * drawing.scale)} ${px(1 + 3 * drawing.scale)}` : "",
    isOut ? "" : arrowsPath(drawn, flow, width, row === undefined, drawing.scale),
    colour,
    ...frameValues(drawn, wardrobe),
    isOut ? crossPath(mark, 1 + 4.5 * drawing.scale) : isAbove ? alertPath(mark, Math.max(2.5, 6 * drawing.scale)) : "",
    isOut ? theme.ink : theme.warning,
    isOut ? "" : theme.background,
    ...(label === undefined
      ? []
      : [isNamed ? `${label} ${formatShare(row.utilisation)}` : label, isNamed ? "" : "none", theme.ink]),
  ];
}

/** A head in the direction of the flow; of a two-way gate without a plan, one each way. */
function arrowsPath({ link, curve }: DrawnLink, flow: number, width: number, isBare: boolean, scale: number): string {
  const size = Math.min((4.5 + 0.4 * width) * Math.max(0.3, scale), Math.max(1, 0.16 * curve.length));
  const half = Math.max(0.8 * size, width / 2 + 2.5 * scale);
  const head = (share: number, sign: number) => arrowPath(along(curve, share), size, half, sign);
  if (flow < 0) return head(ARROW_AT, -1);
  const isTwoWay = isBare && link.kind === "gate" && link.reverseCapacity > 0;
  return isTwoWay ? head(ARROW_AT, 1) + head(1 - ARROW_AT, -1) : head(ARROW_AT, 1);
}

function linkTitle(
  { link, name }: DrawnLink,
  row: PlanLink | undefined,
  share: number,
  { drawing, flow, held }: Wardrobe,
): string {
  const words = mapWords(drawing.language);
  const lines = [name, kindWords(drawing.language)[link.kind]];
  if (share === 0) lines.push(words.out);
  else if (share < 1) lines.push(words.left(formatShare(share)));
  if (row === undefined) lines.push(words.holds(flow(link.capacity)));
  else if (share > 0) lines.push(words.carries(flow(Math.abs(row.flow)), formatShare(row.utilisation)));
  if (row !== undefined && row.aboveTarget > 0) lines.push(words.above(flow(row.aboveTarget)));
  if (held.has(link.id)) lines.push(words.held);
  return lines.join("\n");
}

/** Values in the order in which `drawing.ts` adds the slots of a node. */
function dressNode(
  drawn: DrawnNode,
  i: number,
  plant: PlanPlant | undefined,
  { spill, flooding }: Lost,
  isPlanned: boolean,
  wardrobe: Wardrobe,
): string[] {
  const { node, radius, hasTitle, hasName, hasLeader } = drawn;
  const { drawing, losses } = wardrobe;
  const theme = THEMES[drawing.theme];
  const words = mapWords(drawing.language);
  const share = plant?.available === 0 ? 0 : shareLeft(node, wardrobe);
  const isOut = share === 0;
  const values: string[] = [];
  if (hasTitle) values.push(nodeTitle(drawn, plant, spill, flooding, share, wardrobe));
  if (node.kind !== "outfall")
    values.push(flooding > 0 ? circle(drawn.x, drawn.y, radius + ringGap(drawing.scale)) : "");
  if (node.kind === "junction") values.push(isOut ? theme.background : theme.muted);
  else values.push(spill > 0 ? theme.warning : theme.background, isOut ? "3 2" : "");
  if (node.kind === "plant") {
    const utilisation = isOut ? 0 : (plant?.utilisation ?? 0);
    values.push(levelPath(drawn, radius, utilisation), theme.classes[classOf(utilisation)]);
  }
  values.push(...frameValues(drawn, wardrobe));
  values.push(isOut ? crossPath(drawn, 0.7 * Math.max(radius, 4 * drawing.scale)) : "");
  const told = isOut && isPlanned ? words.out : plant === undefined ? "" : formatShare(plant.utilisation);
  const loss = losses.figures.get(i);
  values.push(
    ...(loss === undefined
      ? figureValues(drawn.figure, told, theme.ink)
      : figureValues(loss, loss.text, theme.warning)),
  );
  const hidden = losses.hiddenNodes.has(i) ? "none" : "";
  if (hasLeader) values.push(hidden);
  if (hasName) values.push(hidden);
  return values;
}

/** Of what can be held. */
function frameValues({ id, frame }: DrawnLink | DrawnNode, { held }: Wardrobe): string[] {
  return frame === undefined ? [] : [held.has(id) ? frame : ""];
}

function figureValues(at: Lettering | undefined, text: string, fill: string): string[] {
  if (at === undefined || text === "") return ["", "", "", "", ""];
  const { x, y, anchor } = at.place;
  return [text, fill, px(x), px(y), anchor === "start" ? "" : anchor];
}

function nodeTitle(
  { node, name }: DrawnNode,
  plant: PlanPlant | undefined,
  spill: number,
  flooding: number,
  share: number,
  { drawing, flow, held }: Wardrobe,
): string {
  const words = mapWords(drawing.language);
  const lines = [name, kindWords(drawing.language)[node.kind]];
  if (share === 0) lines.push(words.out);
  else if (share < 1) lines.push(words.left(formatShare(share)));
  if (plant !== undefined && share > 0) {
    lines.push(words.takes(flow(plant.intake), flow(plant.available), formatShare(plant.utilisation)));
  } else if (node.kind === "plant") lines.push(words.holds(flow(node.capacity)));
  if (held.has(node.id)) lines.push(words.held);
  if (spill > 0) lines.push(words.spills(flow(spill)));
  if (flooding > 0) lines.push(words.floods(flow(flooding)));
  return lines.join("\n");
}
