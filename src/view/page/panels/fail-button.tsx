/** Fails an element, or brings it back. */
import { Toggle } from "./parts.js";
import type { View } from "../view.js";

export function FailButton({ view, id }: { readonly view: View; readonly id: string }) {
  const { words, named, scenario, toggle } = view;
  const isOut = scenario.out.includes(id);
  return (
    <Toggle
      isOn={isOut}
      label={(isOut ? words.restoreOne : words.failOne)(named(id))}
      text={isOut ? words.restore : words.fail}
      onClick={() => {
        toggle(id);
      }}
    />
  );
}
