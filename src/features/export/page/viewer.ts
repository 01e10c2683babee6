/**
 * The script of the read-only page: moving about in the diagram, finding, and going between diagram and dictionary. It is
 * compiled and put into the page whole; the page allows no other script and no network. Names are read from the page and
 * written as text only.
 */

export {};

interface View {
  x: number;
  y: number;
  zoom: number;
}

interface Entry {
  readonly text: string;
  readonly lower: string;
  readonly anchor: string;
}

const MOST = 4;
/** Below this rows are a grey felt that costs time. */
const READABLE = 0.28;
const STEP = 60;
const FINDINGS = 40;
const CLICK = 4;

function need<E extends Element>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}

const stage = need<HTMLElement>('#stage');
const svg = need<SVGSVGElement>('#stage svg');
const book = need<HTMLElement>('#book');
const field = need<HTMLInputElement>('#find');
const found = need<HTMLUListElement>('#found');
const size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
const origin = { x: svg.viewBox.baseVal.x, y: svg.viewBox.baseVal.y };
const view: View = { x: 0, y: 0, zoom: 1 };
const sections = [...document.querySelectorAll<HTMLElement>('section[data-of]')];
const nodes = new Map([...svg.querySelectorAll<SVGGElement>('g[role][data-id]')].map((node) => [node.dataset['id'] ?? '', node]));

interface Part {
  readonly node: SVGGElement;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
  out: boolean;
}

/** Everything with a place of its own: what is out of view is not drawn. */
const parts: readonly Part[] = [...svg.querySelectorAll<SVGGElement>('g[data-box]')].map((node) => {
  const [x = 0, y = 0, width = 0, height = 0] = (node.dataset['box'] ?? '').split(' ').map(Number);
  return { node, x: x - origin.x, y: y - origin.y, right: x - origin.x + width, bottom: y - origin.y + height, out: false };
});

/** Leaves out what lies more than half a screen beyond the view: moving by less shows nothing new. */
function cull(): void {
  const { clientWidth: width, clientHeight: height } = stage;
  const left = (-view.x - width / 2) / view.zoom;
  const top = (-view.y - height / 2) / view.zoom;
  const right = (-view.x + width * 1.5) / view.zoom;
  const bottom = (-view.y + height * 1.5) / view.zoom;
  for (const part of parts) {
    const out = part.x > right || part.y > bottom || part.right < left || part.bottom < top;
    if (out === part.out) continue;
    part.out = out;
    part.node.classList.toggle('out', out);
  }
}

let asked = 0;

function show(): void {
  if (asked !== 0) return;
  asked = requestAnimationFrame(() => {
    asked = 0;
    svg.style.setProperty('--view', `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`);
    stage.classList.toggle('far', view.zoom < READABLE);
    cull();
  });
}

function fitZoom(): number {
  return Math.min(1, stage.clientWidth / size.width, stage.clientHeight / size.height);
}

function showAll(): void {
  view.zoom = fitZoom();
  view.x = (stage.clientWidth - size.width * view.zoom) / 2;
  view.y = (stage.clientHeight - size.height * view.zoom) / 2;
  show();
}

/** Zooms so that the point of the stage stays where it is. */
function zoomAt(x: number, y: number, factor: number): void {
  const zoom = Math.min(MOST, Math.max(fitZoom() / 2, view.zoom * factor));
  view.x = x - ((x - view.x) * zoom) / view.zoom;
  view.y = y - ((y - view.y) * zoom) / view.zoom;
  view.zoom = zoom;
  show();
}

function zoomMiddle(factor: number): void {
  zoomAt(stage.clientWidth / 2, stage.clientHeight / 2, factor);
}

let lit: Element | undefined;

function light(node: Element | undefined): void {
  lit?.classList.remove('lit');
  lit = node;
  lit?.classList.add('lit');
}

/** Brings a table into the middle of the stage, large enough to read. */
function centre(node: SVGGElement): void {
  const [x = 0, y = 0, width = 0, height = 0] = (node.dataset['box'] ?? '').split(' ').map(Number);
  const box = { x, y, width, height };
  view.zoom = Math.max(view.zoom, 0.8);
  view.x = stage.clientWidth / 2 - (box.x - origin.x + box.width / 2) * view.zoom;
  view.y = stage.clientHeight / 2 - (box.y - origin.y + Math.min(box.height, 300) / 2) * view.zoom;
  light(node);
  show();
}

/** Goes where the address says: the section, and its table in the diagram. */
function follow(): void {
  const section = location.hash === '' ? null : document.getElementById(location.hash.slice(1));
  const node = nodes.get(section?.dataset['of'] ?? '');
  if (section === null) return;
  section.scrollIntoView({ block: 'start' });
  if (node !== undefined) centre(node);
}

function go(anchor: string): void {
  if (location.hash === `#${anchor}`) follow();
  else location.hash = anchor;
}

// --- Moving ----------------------------------------------------------------------------------------------------------

const pointers = new Map<number, { x: number; y: number }>();
let moved = 0;

function spread(): number {
  const [a, b] = [...pointers.values()];
  return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
}

stage.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  stage.setPointerCapture(event.pointerId);
  stage.classList.add('moving');
  moved = 0;
});
stage.addEventListener('pointermove', (event) => {
  const before = pointers.get(event.pointerId);
  if (before === undefined) return;
  const wide = spread();
  const now = { x: event.clientX, y: event.clientY };
  pointers.set(event.pointerId, now);
  moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
  view.x += (now.x - before.x) / pointers.size;
  view.y += (now.y - before.y) / pointers.size;
  if (pointers.size === 2 && wide > 0) {
    const box = stage.getBoundingClientRect();
    const [a, b] = [...pointers.values()] as [{ x: number; y: number }, { x: number; y: number }];
    zoomAt((a.x + b.x) / 2 - box.left, (a.y + b.y) / 2 - box.top, spread() / wide);
  }
  show();
});

function release(event: PointerEvent): void {
  if (!pointers.delete(event.pointerId)) return;
  if (pointers.size > 0) return;
  stage.classList.remove('moving');
  if (event.type !== 'pointerup' || moved > CLICK) return;
  const at = document.elementsFromPoint(event.clientX, event.clientY).find((one) => svg.contains(one));
  const id = at?.closest<SVGGElement>('g[role][data-id]')?.dataset['id'];
  const section = sections.find((one) => one.dataset['of'] === id);
  if (section === undefined) light(undefined);
  else {
    light(nodes.get(id ?? ''));
    history.replaceState(null, '', `#${section.id}`);
    section.scrollIntoView({ block: 'start' });
  }
}
stage.addEventListener('pointerup', release);
stage.addEventListener('pointercancel', release);

stage.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    const box = stage.getBoundingClientRect();
    if (event.shiftKey) {
      view.x -= event.deltaX + event.deltaY;
      show();
    } else zoomAt(event.clientX - box.left, event.clientY - box.top, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)));
  },
  { passive: false },
);

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => (view.x += STEP),
  ArrowRight: () => (view.x -= STEP),
  ArrowUp: () => (view.y += STEP),
  ArrowDown: () => (view.y -= STEP),
  '+': () => zoomMiddle(1.25),
  '=': () => zoomMiddle(1.25),
  '-': () => zoomMiddle(0.8),
  '0': showAll,
  f: showAll,
};
stage.addEventListener('keydown', (event) => {
  const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
  show();
});
need('#nearer').addEventListener('click', () => zoomMiddle(1.25));
need('#farther').addEventListener('click', () => zoomMiddle(0.8));
need('#fit').addEventListener('click', showAll);

// --- Finding ---------------------------------------------------------------------------------------------------------

const entries: Entry[] = sections.flatMap((section) => {
  const name = section.dataset['name'] ?? '';
  const columns = [...section.querySelectorAll<HTMLElement>('tr[data-column]')].map((row) => `${name}.${row.dataset['column']}`);
  return [name, ...columns].map((text) => ({ text, lower: text.toLowerCase(), anchor: section.id }));
});
let chosen = 0;
let hits: readonly Entry[] = [];

/** How well a text answers: the same, a beginning, a part, tables before columns; 0 = not at all. */
function rank({ lower, text }: Entry, wanted: string): number {
  const at = lower.indexOf(wanted);
  if (at < 0) return 0;
  const name = lower.slice(lower.lastIndexOf('.') + 1);
  return (name === wanted ? 8 : 0) + (name.startsWith(wanted) ? 4 : 0) + (at === 0 ? 2 : 0) + 1 - text.length / 1000;
}

function choose(at: number): void {
  chosen = hits.length === 0 ? 0 : (at + hits.length) % hits.length;
  for (const [index, item] of [...found.children].entries()) {
    const active = hits.length > 0 && index === chosen;
    item.setAttribute('aria-selected', String(active));
    if (active) {
      field.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    }
  }
}

function close(): void {
  found.hidden = true;
  field.setAttribute('aria-expanded', 'false');
  field.removeAttribute('aria-activedescendant');
}

function take(): void {
  const hit = hits[chosen];
  if (found.hidden || hit === undefined) return;
  close();
  go(hit.anchor);
}

function search(): void {
  const wanted = field.value.trim().toLowerCase();
  if (wanted === '') {
    close();
    return;
  }
  hits = entries
    .map((entry) => ({ entry, rank: rank(entry, wanted) }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, FINDINGS)
    .map((one) => one.entry);
  found.replaceChildren(
    ...(hits.length === 0 ? [{ text: 'Nothing is called so.' }] : hits).map(({ text }, at) => {
      const item = document.createElement('li');
      item.id = `hit${at}`;
      item.setAttribute('role', 'option');
      item.textContent = text;
      if (hits.length === 0) item.className = 'none';
      return item;
    }),
  );
  found.hidden = false;
  field.setAttribute('aria-expanded', 'true');
  choose(0);
}
field.addEventListener('input', search);
field.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') choose(chosen + 1);
  else if (event.key === 'ArrowUp') choose(chosen - 1);
  else if (event.key === 'Enter') take();
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
});
field.addEventListener('blur', () => setTimeout(close, 150));
found.addEventListener('pointerdown', (event) => {
  event.preventDefault();
  const at = [...found.children].indexOf((event.target as Element).closest('li') as Element);
  if (at < 0) return;
  chosen = at;
  take();
});
document.addEventListener('keydown', (event) => {
  const typing = event.target === field;
  if (typing || (event.key !== '/' && !((event.ctrlKey || event.metaKey) && event.key === 'k'))) return;
  event.preventDefault();
  field.focus();
  field.select();
});

window.addEventListener('hashchange', follow);
book.addEventListener('click', (event) => {
  const link = (event.target as Element).closest('a[href^="#"]');
  // Going where one is already brings it back into view.
  if (link !== null && link.getAttribute('href') === location.hash) follow();
});
showAll();
follow();
