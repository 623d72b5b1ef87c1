/** The picture in README.md is what `trunkflow report` draws. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dispatch, loadNetwork, loadState, renderSvg } from "../../src/index.js";
import { ROOT } from "../package/built.js";

const SEED = join(ROOT, "seeds/xinxiang");

test("seeds/xinxiang/map.svg is up to date: report … --language en -o seeds/xinxiang/map.svg", () => {
  const city = loadNetwork(readFileSync(join(SEED, "network.json"), "utf8"));
  const state = loadState(city, readFileSync(join(SEED, "state.json"), "utf8"));
  const svg = renderSvg(city, dispatch(city, { state }), { language: "en" });
  expect(readFileSync(join(SEED, "map.svg"), "utf8") === svg).toBe(true);
});
