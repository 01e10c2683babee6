import { Canvas } from '#features/canvas/index.ts';
import { Inspector } from '#features/inspector/index.ts';
import { Navigator } from '#features/navigator/index.ts';
import { DdlPane } from '#features/sql/index.ts';

/** The studio: regions as drawn in the design, each a feature's own component. */
export function App() {
  return (
    <main className="grid h-full grid-cols-[260px_1fr_340px] grid-rows-[1fr_280px]">
      <Navigator />
      <Canvas />
      <Inspector />
      <DdlPane />
    </main>
  );
}
