import { useLayoutEffect, useRef } from 'react';
import { LAYERS, type LineLabel, NO_DRAWING } from '#paint/notation/line.ts';
import { pathStore } from '#state/query-path.ts';
import { viewStore } from '#state/view.ts';
import { edgeView, type Paths } from './edge-view.ts';
import { stage } from './stage.ts';

const LOOKS = ['plain', 'warn', 'hot', 'live'] as const;

/** Writes the words of lines; elements that are there are used again. */
function writeLabels(group: SVGGElement, labels: readonly LineLabel[]): void {
  while (group.children.length > labels.length) group.lastChild?.remove();
  while (group.children.length < labels.length) {
    group.append(document.createElementNS('http://www.w3.org/2000/svg', 'text'));
  }
  for (const [at, { x, y, text, anchor, minor }] of labels.entries()) {
    const element = group.children[at] as SVGTextElement;
    element.setAttribute('x', String(x));
    element.setAttribute('y', String(y));
    element.setAttribute('text-anchor', anchor);
    element.setAttribute('class', minor === true ? 'minor' : '');
    if (element.textContent !== text) element.textContent = text;
  }
}

function write(group: SVGGElement, paths: Paths): void {
  for (const [at, layer] of LAYERS.entries()) group.children[at]?.setAttribute('d', paths[layer]);
  writeLabels(group.children[LAYERS.length] as SVGGElement, paths.labels);
}

/** Keeps the paths in step with view, scene, drag and selection, at most once a frame and without React. */
function connect(svg: SVGSVGElement): () => void {
  const groups = new Map(LOOKS.map((look, at) => [look, svg.children[at] as SVGGElement]));
  let frame = 0;
  let rest = true;
  let colours = true;
  const draw = () => {
    frame = 0;
    if ((rest || edgeView.stale()) && !stage.lingers) {
      edgeView.rest();
      colours = true;
      rest = false;
    }
    edgeView.follow();
    show();
    stage.drew();
  };
  let shown = true;
  const show = () => {
    const hidden = stage.far && !stage.lingers;
    if (hidden && !shown) return;
    if (colours || hidden !== !shown) {
      const paths = hidden ? undefined : edgeView.paths();
      for (const look of ['plain', 'warn', 'hot'] as const) write(groups.get(look) as SVGGElement, paths?.[look] ?? NO_DRAWING);
      colours = false;
    }
    shown = !hidden;
    write(groups.get('live') as SVGGElement, hidden || edgeView.live.length === 0 ? NO_DRAWING : edgeView.livePaths());
  };
  const ask = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const offs = [
    stage.on('view', () => {
      if (edgeView.stale()) ask();
    }),
    stage.on('mode', ask),
    stage.on('scene', (change) => {
      if (change === undefined || edgeView.hear(change)) rest = true;
      ask();
    }),
    stage.on('moving', () => {
      rest = true;
      ask();
    }),
    viewStore.subscribe((now, before) => {
      if (now.selection === before.selection && now.hovered === before.hovered) return;
      colours = true;
      ask();
    }),
    pathStore.subscribe(() => {
      colours = true;
      ask();
    }),
  ];
  ask();
  return () => {
    cancelAnimationFrame(frame);
    for (const off of offs) off();
  };
}

/** The relationships: one group of paths for each look, under the tables. */
export function EdgeLayer() {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => (svg.current === null ? undefined : connect(svg.current)), []);
  return (
    <svg ref={svg} className="canvas-edges" aria-hidden="true">
      {LOOKS.map((look) => (
        <g key={look} className={look}>
          {LAYERS.map((layer) => (
            <path key={layer} className={layer} />
          ))}
          <g />
        </g>
      ))}
    </svg>
  );
}
