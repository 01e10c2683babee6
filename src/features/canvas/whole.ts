import { leave } from '#state/places.ts';
import { viewStore } from '#state/view.ts';
import { stage } from './stage.ts';

/** Shows the whole diagram; one can go back to where one was. */
export function fitWhole(): void {
  leave();
  stage.fit();
}

/**
 * Shows the whole diagram each time that is wished for. With what led to the wish, panes and bars may have come or gone. They
 * are drawn with the next frame, which also measures the canvas: from the one after it on, there is the room that there
 * will be, however long the frames take. Who goes elsewhere before that stays there.
 * @param frame calls back with the next frame. @returns how to stop
 */
export function followWhole(frame: (then: () => void) => unknown = requestAnimationFrame): () => void {
  return viewStore.subscribe((wished, before) => {
    if (wished.whole === before.whole || wished.whole === undefined) return;
    const show = () => {
      const { whole, reveal, journey, diagram } = viewStore.getState();
      const elsewhere = reveal !== wished.reveal || journey !== wished.journey || diagram !== wished.diagram;
      if (whole === wished.whole && !elsewhere) fitWhole();
    };
    frame(() => frame(show));
  });
}
