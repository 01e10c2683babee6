import { goBack, goForward } from '#state/places.ts';

/** The two buttons on the side of a mouse, as browsers number them. */
const BACK = 3;
const FORWARD = 4;

/** Takes the buttons that would leave the page: they go back and forward through the places. Returns how to stop. */
export function listenToSideButtons(): () => void {
  const onButton = (event: MouseEvent) => {
    if (event.button !== BACK && event.button !== FORWARD) return;
    event.preventDefault();
    if (event.type !== 'mouseup' || document.querySelector('[data-modal]') !== null) return;
    if (event.button === BACK) goBack();
    else goForward();
  };
  const kinds = ['mousedown', 'mouseup', 'auxclick'] as const;
  for (const kind of kinds) window.addEventListener(kind, onButton, true);
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, onButton, true);
  };
}
