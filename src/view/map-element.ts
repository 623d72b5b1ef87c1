/** `<trunkflow-map>`: the map as an element of a page, to be looked at closely, moved about and clicked. */
import type { Outage } from "../network/outage.js";
import type { Plan } from "../plan/plan.js";
import { loadNetwork } from "../network/load.js";
import { checkLanguage, type Language } from "../text/language.js";
import type { Network } from "../network/types.js";
import { dressed, dressOf } from "./drawing/dress.js";
import { checkTheme, drawingOf, LEAST_SIDE, MOST_SIDE, suitingSize, type Drawing } from "./drawing/drawing.js";
import type { Layout } from "./layout/layout.js";
import { checkShown, heldIn } from "./drawing/plan-of-network.js";
import type { ThemeName } from "./layout/scale.js";
import { legendText, mapText } from "./drawing/svg.js";

export const TAG = "trunkflow-map";

/** The event that tells of a click on an element: `event.detail` is `{ id, kind }`. */
export const SELECT = "trunkflow-select";

/** `HTMLElement`, where the compiler knows a page; else nothing, so that the types of `renderHtml` can be used without one. */
type PageElement = typeof globalThis extends { HTMLElement: { prototype: infer E extends object } } ? E : object;

export interface TrunkflowMap extends PageElement {
  /** What to draw: a network, or what `loadNetwork` takes. Another one than the last takes plan and outages with it. */
  network: unknown;
  /** A plan of it; undefined to show capacities. What isn't one is refused, and the last stays; so it is with all that is given. */
  plan: Plan | undefined;
  /** What is out. */
  out: readonly Outage[];
  language: Language;
  /** What the reader's system has if not given. */
  theme: ThemeName | undefined;
  /** Larger or smaller by a factor, around the middle. */
  zoom(by: number): void;
  /** The whole network. */
  fit(): void;
}

/** In the order in which they are taken up. */
const PROPERTIES = ["network", "plan", "out", "language", "theme"] as const;

/** Times the size at which the whole network is seen. */
const MOST_ZOOM = 16;
/** A pointer that moves farther than that, px, drags. */
const DRAG = 4;
const WHEEL_STEP = 1.25;
/** No scroll bar is broader, px. One that comes or goes because of our height must not change that. */
const SCROLLBAR = 24;

const STYLE = `
:host { display: flex; flex-direction: column; position: relative; min-height: 200px; }
.box { display: flex; flex-direction: column; height: 100%; flex: 1 1 auto; min-height: 0; }
.view { flex: 1 1 0; min-height: 0; overflow: auto; touch-action: pan-x pan-y; }
.view svg, .legend svg { display: block; }
.view:focus-visible { outline: 3px solid #4a90d9; outline-offset: -3px; }
[data-id] { cursor: pointer; }
[data-id]:hover { opacity: 0.7; }
.dragged, .dragged [data-id] { cursor: grabbing; }
`;

/** @param layout for networks without places */
export function defineMapWith(layout: Layout): void {
  if (customElements.get(TAG) === undefined) customElements.define(TAG, mapClass(layout));
}

/** Made when asked for, since there is no `HTMLElement` to extend but in a browser. */
function mapClass(layout: Layout): CustomElementConstructor {
  const dark = matchMedia("(prefers-color-scheme: dark)");

  return class extends HTMLElement implements TrunkflowMap {
    #network: Network | undefined;
    #plan: Plan | undefined;
    #out: readonly Outage[] = [];
    #language: Language = "en";
    #theme: ThemeName | undefined;
    #zoom = 1;
    /** What is on show, and the values it has been given. */
    #drawing: Drawing | undefined;
    #groups: Element[] = [];
    #values: string[] = [];
    #isDrawnSoon = false;
    /** Size and theme of what is on show; empty where it is to be drawn anew. */
    #look = "";
    /** Where the page leaves its height to it, that suits this width. */
    #suitedWidth = 0;
    readonly #box = document.createElement("div");
    readonly #view = document.createElement("div");
    readonly #legend = document.createElement("div");
    // Also tells when the element enters a page, where it may be what it was.
    readonly #resizes = new ResizeObserver(() => {
      if (this.#look !== this.#lookNow()) this.#drawSoon();
    });
    readonly #themeChanges = () => {
      this.#drawSoon();
    };

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      const style = new CSSStyleSheet();
      style.replaceSync(STYLE);
      root.adoptedStyleSheets = [style];
      this.#box.className = "box";
      this.#view.className = "view";
      this.#view.tabIndex = 0;
      this.#view.setAttribute("role", "group");
      this.#legend.className = "legend";
      this.#box.append(this.#view, this.#legend);
      root.append(this.#box);
      this.#listen();
    }

    connectedCallback(): void {
      // What was set before the page knew the element hides what takes it.
      for (const name of PROPERTIES) {
        if (!Object.hasOwn(this, name)) continue;
        const given = { [name]: this[name] };
        Reflect.deleteProperty(this, name);
        Object.assign(this, given);
      }
      this.#resizes.observe(this);
      dark.addEventListener("change", this.#themeChanges);
    }

    disconnectedCallback(): void {
      this.#resizes.disconnect();
      dark.removeEventListener("change", this.#themeChanges);
    }

    get network(): Network | undefined {
      return this.#network;
    }

    set network(input: unknown) {
      const network = loadNetwork(input);
      if (network === this.#network) return;
      // A plan and outages are of one network. Given before the first, they wait for it.
      if (this.#network !== undefined) [this.#plan, this.#out] = [undefined, []];
      checkShown(network, this.#plan, this.#out);
      this.#network = network;
      this.#zoom = 1;
      this.#drawSoon();
    }

    get plan(): Plan | undefined {
      return this.#plan;
    }

    set plan(plan: Plan | undefined) {
      if (this.#network !== undefined) checkShown(this.#network, plan, []);
      const hadHeld = heldIn(this.#plan).size > 0;
      const isOtherPicture = (this.#plan === undefined) !== (plan === undefined) || hadHeld !== heldIn(plan).size > 0;
      this.#plan = plan;
      if (isOtherPicture) this.#drawSoon();
      else this.#dress();
    }

    get out(): readonly Outage[] {
      return this.#out;
    }

    set out(out: readonly Outage[]) {
      if (this.#network !== undefined) checkShown(this.#network, undefined, out);
      this.#out = out;
      this.#dress();
    }

    get language(): Language {
      return this.#language;
    }

    set language(language: Language) {
      if (language === this.#language) return;
      checkLanguage(language);
      this.#language = language;
      this.#drawSoon();
    }

    get theme(): ThemeName | undefined {
      return this.#theme;
    }

    set theme(theme: ThemeName | undefined) {
      if (theme !== undefined) checkTheme(theme);
      this.#theme = theme;
      this.#drawSoon();
    }

    zoom(by: number): void {
      const { clientWidth, clientHeight } = this.#view;
      this.#zoomAt(by, clientWidth / 2, clientHeight / 2);
    }

    fit(): void {
      this.zoom(1 / this.#zoom);
    }

    /** What lies at x, y of the view stays there. */
    #zoomAt(by: number, x: number, y: number): void {
      const view = this.#view;
      const most = Math.min(MOST_ZOOM, MOST_SIDE / Math.max(1, view.clientWidth, view.clientHeight));
      const zoom = Math.min(most, Math.max(1, this.#zoom * by));
      const ratio = zoom / this.#zoom;
      if (ratio === 1) return;
      const [left, top] = [(view.scrollLeft + x) * ratio - x, (view.scrollTop + y) * ratio - y];
      this.#zoom = zoom;
      this.#draw();
      view.scrollTo(left, top);
    }

    /** Several changes at once make one drawing, before the next frame. */
    #drawSoon(): void {
      if (this.#isDrawnSoon) return;
      this.#isDrawnSoon = true;
      queueMicrotask(() => {
        this.#isDrawnSoon = false;
        this.#draw();
      });
    }

    #themeNow(): ThemeName {
      return this.#theme ?? (dark.matches ? "dark" : "light");
    }

    #lookNow(): string {
      const { width, height } = this.getBoundingClientRect();
      return `${Math.floor(width)} ${Math.floor(height)} ${this.#themeNow()}`;
    }

    #draw(): void {
      this.#look = "";
      const network = this.#network;
      if (network === undefined || !this.isConnected) return;
      const theme = this.#themeNow();
      const language = this.#language;
      const isPlanned = this.#plan !== undefined;
      const look = { theme, language, isPlanned, hasHeld: heldIn(this.#plan).size > 0 };
      const width = Math.max(LEAST_SIDE, Math.floor(this.getBoundingClientRect().width));
      if (Math.abs(width - this.#suitedWidth) > SCROLLBAR) this.#suitedWidth = width;
      const suiting = suitingSize(network, layout, { ...look, width: this.#suitedWidth });
      this.#box.style.flexBasis = `${suiting.map + suiting.legend}px`;
      const height = Math.max(LEAST_SIDE, Math.floor(this.getBoundingClientRect().height));
      const drawing = drawingOf(network, layout, { ...look, width, height, zoom: this.#zoom });
      const dress = dressOf(drawing, this.#plan, this.#out);
      this.#view.innerHTML = mapText(drawing, dress);
      this.#legend.innerHTML = legendText(drawing);
      this.#view.setAttribute("aria-label", drawing.title);
      this.#drawing = drawing;
      this.#look = this.#lookNow();
      this.#groups = [...this.#view.querySelectorAll("[data-id]")];
      this.#values = Array.from(dressed(drawing, dress), ([, , , value]) => value);
    }

    /** Sets what differs from what is on show. */
    #dress(): void {
      const drawing = this.#drawing;
      if (drawing === undefined || this.#isDrawnSoon || drawing.network !== this.#network) return;
      const dress = dressOf(drawing, this.#plan, this.#out);
      let slot = 0;
      for (const [group, child, attribute, value] of dressed(drawing, dress)) {
        if (this.#values[slot] !== value) {
          this.#values[slot] = value;
          const part = this.#groups[group]?.children[child];
          if (attribute === "#text") part?.replaceChildren(value);
          else if (value === "") part?.removeAttribute(attribute);
          else part?.setAttribute(attribute, value);
        }
        slot++;
      }
      this.#view.querySelector("desc")?.replaceChildren(dress.description);
    }

    #listen(): void {
      const view = this.#view;
      let from: { x: number; y: number; left: number; top: number } | undefined;
      let isDragged = false;
      view.addEventListener("pointerdown", ({ button, pointerType, clientX, clientY }) => {
        isDragged = false;
        // Fingers scroll by themselves.
        if (button === 0 && pointerType !== "touch")
          from = { x: clientX, y: clientY, left: view.scrollLeft, top: view.scrollTop };
      });
      view.addEventListener("pointermove", ({ clientX, clientY, pointerId }) => {
        if (from === undefined) return;
        const [dx, dy] = [clientX - from.x, clientY - from.y];
        if (!isDragged && Math.hypot(dx, dy) > DRAG) {
          isDragged = true;
          view.setPointerCapture(pointerId);
          view.classList.add("dragged");
        }
        if (isDragged) view.scrollTo(from.left - dx, from.top - dy);
      });
      const end = () => {
        from = undefined;
        view.classList.remove("dragged");
      };
      view.addEventListener("pointerup", end);
      view.addEventListener("pointercancel", end);
      view.addEventListener(
        "wheel",
        (event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          const { left, top } = view.getBoundingClientRect();
          this.#zoomAt(event.deltaY < 0 ? WHEEL_STEP : 1 / WHEEL_STEP, event.clientX - left, event.clientY - top);
        },
        { passive: false },
      );
      view.addEventListener("keydown", (event) => {
        const by = { "+": 1.5, "=": 1.5, "-": 1 / 1.5, "0": 1 / this.#zoom }[event.key];
        if (by === undefined || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.zoom(by);
      });
      view.addEventListener("click", (event) => {
        if (isDragged) return;
        const group = event.target instanceof Element ? event.target.closest("[data-id]") : null;
        const drawn = group === null ? undefined : this.#drawnAt(this.#groups.indexOf(group));
        if (drawn === undefined) return;
        const detail = { id: drawn.id, kind: drawn.kind };
        this.dispatchEvent(new CustomEvent(SELECT, { detail, bubbles: true, composed: true }));
      });
    }

    #drawnAt(group: number): { readonly id: string; readonly kind: string } | undefined {
      const { links = [], nodes = [] } = this.#drawing ?? {};
      return group < links.length ? links[group] : nodes[group - links.length];
    }
  };
}
