/** Pictures of a network and its plan: `trunkflow/view`. */
export { renderSvg, type SvgOptions } from "./svg.js";
