import '@xyflow/react/dist/base.css';
import './canvas.css';
import { ReactFlowProvider } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { listenToPointer } from './pointer.ts';
import { Surface } from './Surface.tsx';
import { stage } from './stage.ts';

/** The diagram: tables, relationships, areas and notes, drawn and edited in place. */
export function Canvas() {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const canvas = element.current;
    if (canvas === null) return;
    stage.element = canvas;
    const off = listenToPointer(canvas);
    return () => {
      off();
      stage.element = undefined;
    };
  }, []);
  return (
    <section
      ref={element}
      aria-label="Canvas"
      data-pane="canvas"
      className="canvas"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas takes keys of its own
      tabIndex={0}
    >
      <ReactFlowProvider>
        <Surface />
      </ReactFlowProvider>
    </section>
  );
}
