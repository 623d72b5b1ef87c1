/**
 * The LP engines for a page that is bundled: `trunkflow/linear`. Importing it is all there is to do; then `secure`, the engine
 * "javascript-lp-solver" and what `loadHighs` returns work there as they do in Node, where nothing need be imported.
 *
 * @example
 * import "trunkflow/linear";
 * dispatch(city, { secure: ["a"] }).engine; // "javascript-lp-solver"
 */
import { LINEAR } from "./linear-kit.js";
import { provideLinear } from "./linear-slot.js";

provideLinear(LINEAR);
