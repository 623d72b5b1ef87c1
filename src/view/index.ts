/** Pictures of a network and its plan: `trunkflow/view`. */
export { renderHtml, type HtmlOptions } from "./html.js";
export { defineMap } from "./define-map.js";
export type { TrunkflowMap } from "./map-element.js";
export { renderSvg, type SvgOptions } from "./drawing/svg.js";
export type { ThemeName } from "./layout/scale.js";
