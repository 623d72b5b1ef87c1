import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FLOW_UNITS, type FlowUnit } from "../../src/units/flow.js";
import { formatFlow, formatFlowWithUnit, formatMore, formatShare } from "../../src/text/format.js";

describe("a flow in the decimals of its unit", () => {
  test.each<[FlowUnit, string]>([
    ["m3/s", "12.346"],
    ["m3/d", "12"],
    ["10k m3/d", "12.35"],
    ["万m3/d", "12.35"],
    ["m3/h", "12"],
    ["L/s", "12"],
    ["MGD", "12.35"],
  ])("%s", (unit, text) => {
    expect(formatFlow(12.3456, unit)).toBe(text);
  });
});

test("more and less carry their sign, and none is a dash", () => {
  expect([2.5, -2.5, 0, 1e-6].map((more) => formatMore(more, "万m3/d"))).toEqual(["+2.50", "−2.50", "–", "+<0.01"]);
});

test("nothing is 0, whatever its sign", () => {
  expect(formatFlow(0, "m3/s")).toBe("0.000");
  expect(formatFlow(-0, "m3/s")).toBe("0.000");
  expect(formatFlow(0, "L/s")).toBe("0");
});

test("too small to show is shown as such", () => {
  expect(formatFlow(0.0004, "m3/s")).toBe("<0.001");
  expect(formatFlow(-0.0004, "m3/s")).toBe("−<0.001");
  expect(formatFlow(0.4, "L/s")).toBe("<1");
  expect(formatFlow(0.004, "MGD")).toBe("<0.01");
});

test("a negative flow has a minus sign, not a hyphen", () => {
  expect(formatFlow(-1.5, "m3/s")).toBe("−1.500");
});

test("a flow is shown as 0 only if it is 0", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(...FLOW_UNITS), (flow, unit) => {
      expect(/^[0.]+$/.test(formatFlow(flow, unit))).toBe(flow === 0);
    }),
  );
});

test("a flow with its unit", () => {
  expect(formatFlowWithUnit(12.3456, "万m3/d")).toBe("12.35 万m³/d");
  expect(formatFlowWithUnit(0.35, "m3/s")).toBe("0.350 m³/s");
});

test("a share in per cent", () => {
  expect([0, 0.6897, 0.712, 1, 1.5].map(formatShare)).toEqual(["0.0 %", "69.0 %", "71.2 %", "100.0 %", "150.0 %"]);
});
