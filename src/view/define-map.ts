/** `<trunkflow-map>` for any page. */
import { freeLayout } from "./layout/free-layout.js";
import { defineMapWith } from "./map-element.js";

/**
 * Makes `<trunkflow-map>` known to the page. It fills its box, or is as high as suits the network where the page gives it no height. It moves
 * like any scrolled region (by mouse, touch and arrow keys), and tells of clicks by the event `trunkflow-select`. Zooming draws it anew at
 * another size, so that labels find more room.
 *
 * Once a network is drawn, a new plan only changes what differs.
 *
 * @throws where there is no browser
 * @example
 * defineMap();
 * const map = document.createElement("trunkflow-map");
 * map.network = city;
 * map.plan = dispatch(city);
 * map.addEventListener("trunkflow-select", (event) => { document.title = event.detail.id; });
 * document.body.append(map);
 * map.plan.status; // "normal"
 */
export function defineMap(): void {
  defineMapWith(freeLayout);
}
