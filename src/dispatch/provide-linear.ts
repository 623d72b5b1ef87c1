/** Puts the LP engines where they are looked for. */
import { LINEAR } from "./linear-kit.js";
import { provideLinear } from "./linear-slot.js";

provideLinear(LINEAR);
