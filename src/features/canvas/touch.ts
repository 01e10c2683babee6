import { viewStore } from '#state/view.ts';
import type { Spot } from './edits.ts';
import type { Gesture } from './gestures.ts';
import { type Fingers, pinched } from './pinch.ts';
import { click, doubleClick, gestureFor, isOwn, selectForDrag, selectForMenu, standsAt } from './pointer.ts';
import { stage } from './stage.ts';
import type { Viewport } from './viewport.ts';

/** Pixels a finger may tremble. */
const SLOP = 10;
/** A finger that rests so long on a table before it moves takes the table along; before, it moves the canvas. */
const HOLD_MS = 180;
/** A finger that rests so long opens the menu. */
const MENU_MS = 520;
const DOUBLE_MS = 320;
const DOUBLE_REACH = 28;

type What = 'pressed' | 'pan' | 'gesture' | 'pinch' | 'over';

interface Point {
  readonly x: number;
  readonly y: number;
}

function pointOf(event: PointerEvent): Point {
  return { x: event.clientX, y: event.clientY };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * Fingers on the canvas: one moves it, or what it rested on for a moment; two zoom and move it; a tap selects, two taps
 * edit, a long press opens the menu. Mouse and pen are {@link listenToPointer}'s.
 */
class Touch {
  readonly #element: HTMLElement;
  readonly #fingers = new Map<number, Point>();
  #what: What = 'over';
  #start: { readonly point: Point; readonly at: Spot; readonly event: PointerEvent } | undefined;
  #gesture: Gesture | undefined;
  /** Where the canvas and the fingers were when panning or pinching began. */
  #from: { readonly viewport: Viewport; readonly fingers: Fingers } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tapped: { readonly point: Point; readonly time: number } | undefined;
  #menuAt = Number.NEGATIVE_INFINITY;
  /** The mouse events that the browser makes of this touch would take the focus from the editor or menu it opened. */
  #swallow = false;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  #now(): Fingers {
    const corner = this.#element.getBoundingClientRect();
    return [...this.#fingers.values()].slice(0, 2).map(({ x, y }) => ({ x: x - corner.left, y: y - corner.top }));
  }

  #anchor(what: 'pan' | 'pinch'): void {
    this.#what = what;
    this.#from = { viewport: stage.viewport, fingers: this.#now() };
  }

  down = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch' || isOwn(event)) return;
    this.#fingers.set(event.pointerId, pointOf(event));
    // Nodes come and go while the canvas moves under the finger: the canvas itself follows it.
    this.#element.setPointerCapture(event.pointerId);
    clearTimeout(this.#timer);
    if (this.#fingers.size === 1) {
      this.#element.focus({ preventScroll: true });
      this.#swallow = false;
      this.#what = 'pressed';
      this.#start = { point: pointOf(event), at: stage.at(event), event };
      this.#timer = setTimeout(() => this.#longPress(), MENU_MS);
    } else if (this.#fingers.size === 2) {
      this.#gesture?.cancel();
      this.#gesture = undefined;
      this.#anchor('pinch');
    }
  };

  move = (event: PointerEvent): void => {
    if (!this.#fingers.has(event.pointerId)) return;
    this.#fingers.set(event.pointerId, pointOf(event));
    if (this.#what === 'pressed') this.#begin(event);
    if (this.#what === 'gesture') this.#gesture?.move(stage.at(event), event);
    else if ((this.#what === 'pan' || this.#what === 'pinch') && this.#from !== undefined) {
      stage.go(pinched(this.#from.viewport, this.#from.fingers, this.#now()), false);
    }
  };

  /** A pressed finger moves: it takes along what it rested on or draws with a tool, otherwise it moves the canvas. */
  #begin(event: PointerEvent): void {
    const start = this.#start;
    if (start === undefined || distance(start.point, pointOf(event)) < SLOP) return;
    clearTimeout(this.#timer);
    const held = event.timeStamp - start.event.timeStamp >= HOLD_MS;
    const drawing = viewStore.getState().tool !== 'select';
    if (drawing || (held && standsAt(start.at))) {
      selectForDrag(start.at);
      this.#gesture = gestureFor(start.at, start.event);
      this.#what = this.#gesture === undefined ? 'over' : 'gesture';
    } else {
      this.#what = 'pan';
      this.#from = { viewport: stage.viewport, fingers: [this.#inside(start.point)] };
    }
  }

  #inside({ x, y }: Point): Point {
    const corner = this.#element.getBoundingClientRect();
    return { x: x - corner.left, y: y - corner.top };
  }

  up = (event: PointerEvent): void => {
    if (!this.#fingers.delete(event.pointerId)) return;
    clearTimeout(this.#timer);
    if (this.#fingers.size > 0) {
      if (this.#what === 'pinch') this.#anchor(this.#fingers.size === 1 ? 'pan' : 'pinch');
      return;
    }
    const what = this.#what;
    this.#what = 'over';
    if (what === 'gesture') this.#gesture?.end(stage.at(event), event);
    else if (what === 'pressed') this.#tap(event);
    this.#gesture = undefined;
  };

  #tap(event: PointerEvent): void {
    const start = this.#start;
    if (start === undefined) return;
    const last = this.#tapped;
    const twice = last !== undefined && event.timeStamp - last.time < DOUBLE_MS && distance(last.point, start.point) < DOUBLE_REACH;
    this.#tapped = twice ? undefined : { point: start.point, time: event.timeStamp };
    if (!twice) {
      click(start.at, start.event);
      return;
    }
    this.#swallow = true;
    doubleClick(start.event);
  }

  #longPress(): void {
    const start = this.#start;
    if (this.#what !== 'pressed' || start === undefined) return;
    const { x, y } = start.point;
    const init = { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 2 };
    (start.event.target ?? this.#element).dispatchEvent(new MouseEvent('contextmenu', init));
  }

  /** The menu opens by our own patience or by the browser's, whichever ends first; once. */
  menu = (event: MouseEvent): void => {
    if (event.timeStamp - this.#menuAt < 1000) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (this.#fingers.size === 0 || this.#start === undefined) return;
    clearTimeout(this.#timer);
    this.#gesture?.cancel();
    this.#gesture = undefined;
    this.#menuAt = event.timeStamp;
    this.#what = 'over';
    this.#swallow = true;
    selectForMenu(this.#start.event);
  };

  cancel = (event?: PointerEvent): void => {
    if (event !== undefined && !this.#fingers.has(event.pointerId)) return;
    clearTimeout(this.#timer);
    this.#fingers.clear();
    this.#gesture?.cancel();
    this.#gesture = undefined;
    this.#what = 'over';
  };

  /** React Flow's own way with fingers would move the canvas a second time. */
  touchStart = (event: TouchEvent): void => {
    if (!isOwn(event)) event.stopPropagation();
  };

  touchEnd = (event: TouchEvent): void => {
    if (this.#swallow) event.preventDefault();
    this.#swallow = false;
  };
}

/** Listens to fingers on the canvas. Returns how to stop. */
export function listenToTouch(element: HTMLElement): () => void {
  const touch = new Touch(element);
  const off = new AbortController();
  const { signal } = off;
  element.addEventListener('pointerdown', touch.down, { signal });
  element.addEventListener('pointermove', touch.move, { signal });
  element.addEventListener('pointerup', touch.up, { signal });
  element.addEventListener('pointercancel', touch.cancel, { signal });
  element.addEventListener('contextmenu', touch.menu, { signal, capture: true });
  element.addEventListener('touchstart', touch.touchStart, { signal, capture: true, passive: true });
  element.addEventListener('touchend', touch.touchEnd, { signal, capture: true, passive: false });
  return () => {
    touch.cancel();
    off.abort();
  };
}
