/** Where the page begins: the data that it was written with, and the element that it fills. */
import { render } from "preact";
import { defineMapWith } from "../map-element.js";
import { treeLayout } from "../layout/tree-layout.js";
import { App } from "./app.js";
import { cityOf } from "./city.js";
import { DATA_ID, type PageData } from "./data.js";

// A page is written with a place for each node.
defineMapWith(treeLayout);

function begin(): void {
  const data = JSON.parse(document.getElementById(DATA_ID)?.textContent ?? "") as PageData;
  const root = document.getElementById("trunkflow");
  if (root === null) return;
  const city = cityOf(data);
  root.replaceChildren();
  render(<App city={city} first={data.language} />, root);
}

// After the first frame, so that the city's name is there while a large one is made ready.
requestAnimationFrame(() => setTimeout(begin));
