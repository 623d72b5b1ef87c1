/** `trunkflow/map.js`: all that `<trunkflow-map>` needs in one file, which makes it known when it is loaded. */
import { defineMap } from "./define-map.js";

defineMap();
