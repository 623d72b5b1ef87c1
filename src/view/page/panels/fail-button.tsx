/** Fails an element, or brings it back. */
import type { View } from "../view.js";

export function FailButton({ view, id }: { readonly view: View; readonly id: string }) {
  const { words, named, scenario, toggle } = view;
  const isOut = scenario.out.includes(id);
  return (
    <button
      type="button"
      aria-pressed={isOut}
      aria-label={(isOut ? words.restoreOne : words.failOne)(named(id))}
      onClick={() => {
        toggle(id);
      }}
    >
      {isOut ? words.restore : words.fail}
    </button>
  );
}
