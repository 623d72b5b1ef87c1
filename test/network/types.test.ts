/** The types of networks and states say what their schemas check, no more and no less: the compiler holds them together. */
import { expectTypeOf, test } from "vitest";
import type * as z from "zod/mini";
import type { networkSchema, stateSchema } from "../../src/network/schema.js";
import type { FullState, NetworkFile, NetworkLink, NetworkNode, State } from "../../src/index.js";

type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Checked = z.output<typeof networkSchema>;

test("types are those of the schemas", () => {
  expectTypeOf<Same<NetworkFile, z.input<typeof networkSchema>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<NetworkNode, Readonly<Checked["nodes"][number]>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<NetworkLink, Readonly<Checked["links"][number]>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<State, z.input<typeof stateSchema>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<FullState, Omit<z.output<typeof stateSchema>, "$schema">>>().toEqualTypeOf<true>();
  expectTypeOf<Same<NetworkFile, State>>().toEqualTypeOf<false>();
});
