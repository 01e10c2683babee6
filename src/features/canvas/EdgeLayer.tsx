import { useLayoutEffect, useRef } from 'react';
import { viewStore } from '#state/view.ts';
import { edgeView, type Paths } from './edge-view.ts';
import { stage } from './stage.ts';

const NOTHING: Paths = { solid: '', dashed: '', glyphs: '', circles: '' };
const LOOKS = ['plain', 'warn', 'hot', 'live'] as const;

function write(group: SVGGElement, paths: Paths): void {
  const [solid, dashed, glyphs, circles] = group.children;
  solid?.setAttribute('d', paths.solid);
  dashed?.setAttribute('d', paths.dashed);
  glyphs?.setAttribute('d', paths.glyphs);
  circles?.setAttribute('d', paths.circles);
}

/** Keeps the paths in step with view, scene, drag and selection, at most once a frame and without React. */
function connect(svg: SVGSVGElement): () => void {
  const groups = new Map(LOOKS.map((look, at) => [look, svg.children[at] as SVGGElement]));
  let frame = 0;
  let rest = true;
  let colours = true;
  const draw = () => {
    frame = 0;
    if (rest || edgeView.stale()) {
      edgeView.rest();
      colours = true;
      rest = false;
      svg.dispatchEvent(new CustomEvent('lines'));
    }
    edgeView.follow();
    if (colours) {
      const paths = edgeView.paths();
      for (const look of ['plain', 'warn', 'hot'] as const) write(groups.get(look) as SVGGElement, paths[look]);
      colours = false;
    }
    write(groups.get('live') as SVGGElement, edgeView.live.length === 0 ? NOTHING : edgeView.livePaths());
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
          <path />
          <path className="dashed" />
          <path />
          <path className="circle" />
        </g>
      ))}
    </svg>
  );
}
