import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { DocumentBanners } from '#features/documents/DocumentBanners.tsx';
import { Arrival } from '#features/import/Arrival.tsx';
import { DropTarget } from '#features/import/DropTarget.tsx';
import { StartCards } from '#features/import/StartCards.tsx';
import { useDocumentState, useNotices, usePanes, usePreferences } from '#state/hooks.ts';
import { importStore } from '#state/import.ts';
import { dismissNotice } from '#state/notices.ts';
import { panesStore, type SidePane, setNarrow, setPaneOpen } from '#state/panes.ts';
import { DEFAULT_PREFERENCES, PANE_LIMITS, setPreferences } from '#state/preferences.ts';
import { SplitHandle } from '#ui/SplitHandle.tsx';
import { Toasts } from '#ui/Toasts.tsx';
import { TooltipProvider } from '#ui/Tooltip.tsx';
import { Announcer } from './Announcer.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Dock } from './Dock.tsx';
import { Fixing } from './Fixing.tsx';
import { Pane } from './Pane.tsx';
import { Rail } from './Rail.tsx';
import { RightPane } from './RightPane.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

// Asked for at once, so that they travel while the frame is drawn; none of them holds it up.
// The canvas comes with what can be done on it.
const canvas = Promise.all([import('./deeds.ts'), import('#features/canvas/Canvas.tsx')]).then(([{ startDeeds }, parts]) => {
  startDeeds();
  return parts;
});
const navigator = import('#features/navigator/Navigator.tsx');
const Canvas = lazy(() => canvas.then(({ Canvas: pane }) => ({ default: pane })));
const Navigator = lazy(() => navigator.then(({ Navigator: pane }) => ({ default: pane })));
const ColumnDialogs = lazy(() =>
  import('#features/columns/ColumnDialogs.tsx').then(({ ColumnDialogs: part }) => ({ default: part })),
);
const DeleteDialog = lazy(() => import('./DeleteDialog.tsx').then(({ DeleteDialog: part }) => ({ default: part })));

const NARROW = '(max-width: 899px)';

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const media = window.matchMedia(query);
    const apply = () => setMatches(media.matches);
    apply();
    media.addEventListener('change', apply);
    return () => media.removeEventListener('change', apply);
  }, [query]);
  return matches;
}

/** Keeps the panes beside each other, or one at a time over the canvas, as the window allows. */
function useNarrow(): boolean {
  const narrow = useMedia(NARROW);
  useEffect(() => setNarrow(narrow), [narrow]);
  return usePanes((state) => state.narrow);
}

const COMPACT = '(max-width: 1199px), (max-height: 759px)';
const COMPACT_SIZE = { navigator: 220, inspector: 290, dock: 230 } as const;
const SIZE = { navigator: 'navigatorWidth', inspector: 'inspectorWidth', dock: 'dockHeight' } as const;
const EDGE = { navigator: 'right', inspector: 'left', dock: 'top' } as const;
const LABEL = { navigator: 'Navigator', inspector: 'Inspector', dock: 'Dock' } as const;
const OPEN = { navigator: 'navigatorOpen', inspector: 'inspectorOpen', dock: 'dockOpen' } as const;

function Side({ pane, children }: { readonly pane: SidePane; readonly children: React.ReactNode }) {
  const narrow = usePanes((state) => state.narrow);
  const overlay = usePanes((state) => state.overlay);
  const wide = usePreferences((state) => state[OPEN[pane]]);
  const kept = usePreferences((state) => state[SIZE[pane]]);
  const compact = useMedia(COMPACT);
  if (!(narrow ? overlay === pane : wide)) return null;
  // Where little room is and nobody chose a size, the canvas gets more of it.
  const size = compact && kept === DEFAULT_PREFERENCES[SIZE[pane]] ? COMPACT_SIZE[pane] : kept;
  const limits = PANE_LIMITS[SIZE[pane]];
  const dimension = pane === 'dock' ? { height: `min(${size}px, 70%)` } : { width: `min(${size}px, 100%)` };
  const place = {
    navigator: 'inset-y-0 left-0 z-30 shadow-pop',
    inspector: 'inset-y-0 right-0 z-30 shadow-pop',
    dock: 'inset-x-0 bottom-0 z-30 shadow-pop',
  } as const;
  return (
    <Pane
      name={pane}
      floating={narrow}
      label={LABEL[pane]}
      className={`shrink-0 ${narrow ? place[pane] : ''}`}
      style={dimension}
      edge={
        <SplitHandle
          label={`Size of the ${LABEL[pane].toLowerCase()}`}
          edge={EDGE[pane]}
          value={size}
          {...limits}
          initial={DEFAULT_PREFERENCES[SIZE[pane]]}
          onResize={(value) => setPreferences({ [SIZE[pane]]: value })}
          onCollapse={() => setPaneOpen(pane, false)}
        />
      }
    >
      {children}
    </Pane>
  );
}

/** In a narrow window a press beside the open pane closes it. */
function Scrim() {
  const shown = usePanes((state) => state.narrow && state.overlay !== undefined);
  if (!shown) return null;
  return (
    <button
      type="button"
      aria-label="Close the pane"
      className="absolute inset-0 z-20 bg-[rgb(10_14_20/0.25)]"
      onClick={() => panesStore.setState({ overlay: undefined })}
    />
  );
}

function Stage({ children }: { readonly children: React.ReactNode }) {
  const empty = useDocumentState(
    ({ document }) =>
      Object.keys(document.tables).length + Object.keys(document.views).length + Object.keys(document.types).length === 0 &&
      Object.keys(document.notes).length + Object.keys(document.areas).length === 0,
  );
  const arriving = useStore(importStore, (state) => state.import.stage === 'arriving');
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Pane name="canvas" label="Canvas" className="flex-1 overflow-hidden bg-canvas">
        <Suspense fallback={null}>
          <Canvas />
        </Suspense>
        {empty && !arriving ? <StartCards /> : null}
        <Arrival />
      </Pane>
      {children}
    </div>
  );
}

/** The studio: regions as drawn in the design, each a feature's own component. */
export function App() {
  const narrow = useNarrow();
  const notices = useNotices();
  const dock = (
    <Side pane="dock">
      <Dock />
    </Side>
  );
  return (
    <TooltipProvider>
      <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[44px_auto_minmax(0,1fr)_auto]">
        <Pane name="top" label="Document">
          <TopBar />
        </Pane>
        <DocumentBanners />
        <div className="relative flex min-h-0">
          <Pane name="rail" label="Parts of the studio" className="shrink-0">
            <Rail />
          </Pane>
          <div className="relative flex min-h-0 min-w-0 flex-1">
            <Side pane="navigator">
              <Suspense fallback={<div className="h-full border-line border-r bg-surface" />}>
                <Navigator />
              </Suspense>
            </Side>
            <Stage>{narrow ? null : dock}</Stage>
            <Side pane="inspector">
              <RightPane />
            </Side>
            {narrow ? dock : null}
            <Scrim />
          </div>
        </div>
        <Pane name="status" label="Status">
          <StatusBar />
        </Pane>
      </div>
      <Dialogs />
      <Suspense fallback={null}>
        <DeleteDialog />
        <ColumnDialogs />
      </Suspense>
      <Fixing />
      <DropTarget />
      <Announcer />
      <Toasts items={notices} onDismiss={dismissNotice} />
    </TooltipProvider>
  );
}
