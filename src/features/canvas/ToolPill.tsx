import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { LensMenu } from '#features/lens/index.ts';
import { keysOf, perform } from '#state/actions.ts';
import { useActions, useView } from '#state/hooks.ts';
import type { Tool } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import type { IconName } from '#ui/icons.ts';
import { Menu } from '#ui/Menu.tsx';
import type { MenuItem } from '#ui/menu-items.ts';
import { Progress } from '#ui/Progress.tsx';
import { Tooltip } from '#ui/Tooltip.tsx';
import { actionLines } from './action-lines.ts';
import { stage } from './stage.ts';
import { tidyStore } from './tidy.ts';
import { TIDY_MENU } from './tidy-actions.ts';

const TOOLS: readonly { readonly tool: Tool; readonly icon: IconName; readonly label: string }[] = [
  { tool: 'select', icon: 'MousePointer2', label: 'Select and move' },
  { tool: 'table', icon: 'Table2', label: 'Table' },
  { tool: 'relationship', icon: 'Workflow', label: 'Relationship' },
  { tool: 'area', icon: 'Frame', label: 'Area' },
  { tool: 'note', icon: 'StickyNote', label: 'Note' },
];

const WORD = 'h-[30px] rounded-[7px] px-2.5 text-ink-2 hover:bg-sunken hover:text-ink';

function ZoomMenu() {
  const percent = useSyncExternalStore(
    (changed) => stage.on('view', changed),
    () => Math.max(1, Math.round(stage.viewport.zoom * 100)),
  );
  const actions = useActions();
  const item = (label: string, id: string) => ({ label, keys: keysOf(id, actions), onSelect: () => perform(id) });
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <button type="button" aria-label={`Zoom ${percent} %`} className={`${WORD} min-w-14 whitespace-nowrap tabular-nums`}>
          {percent} %
        </button>
      }
      items={[
        item('Fit the whole diagram', 'canvas.fit'),
        item('Fit the selection', 'canvas.fitSelection'),
        { kind: 'separator' },
        item('Zoom in', 'canvas.zoomIn'),
        item('Zoom out', 'canvas.zoomOut'),
        item('100 %', 'canvas.zoomReset'),
      ]}
    />
  );
}

function TidyProgress() {
  const running = useStore(tidyStore, (state) => state.running);
  if (running === undefined) return null;
  return (
    <div
      role="status"
      className="absolute bottom-16 left-1/2 z-8 flex w-72 -translate-x-1/2 flex-col gap-2 rounded-lg border border-line bg-raised p-3 shadow-pop"
      data-own=""
    >
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-ink-2">{running.what}</span>
        <Button size="sm" onClick={running.cancel}>
          Cancel
        </Button>
      </div>
      <Progress done={running.done} label="Arranging the diagram" />
    </div>
  );
}

function tidyLines(): readonly MenuItem[] {
  const lines = actionLines(TIDY_MENU);
  return lines.length > 0 ? lines : [{ label: 'There is nothing to arrange yet', disabled: true, onSelect: () => {} }];
}

/** The tools of the canvas, at its foot. */
export function ToolPill() {
  const tool = useView((view) => view.tool);
  const actions = useActions();
  return (
    <>
      <TidyProgress />
      <div
        data-own=""
        role="toolbar"
        aria-label="Canvas tools"
        className="absolute bottom-3.5 left-1/2 z-8 flex h-10 pointer-coarse:h-12 w-max -translate-x-1/2 items-center gap-0.5 rounded-[11px] border border-line bg-raised px-[5px] shadow-pop"
      >
        {TOOLS.map((one) => (
          <IconButton
            key={one.tool}
            icon={one.icon}
            label={one.label}
            keys={keysOf(`canvas.tool.${one.tool}`, actions)}
            size="lg"
            tone="accent"
            tooltipSide="top"
            pressed={tool === one.tool}
            onClick={() => perform(`canvas.tool.${one.tool}`)}
          />
        ))}
        <span className="mx-1 h-5 w-px bg-line" />
        <Tooltip text="Arrange the selection, or everything" keys={keysOf('canvas.tidy', actions)} side="top">
          <button type="button" className={WORD} onClick={() => perform('canvas.tidy')}>
            Tidy
          </button>
        </Tooltip>
        <Menu
          side="top"
          align="center"
          trigger={<IconButton icon="ChevronUp" label="More ways to arrange" tooltipSide="top" size="lg" className="-ml-2" />}
          items={tidyLines}
        />
        <LensMenu className={`${WORD} data-[on=true]:bg-accent-soft data-[on=true]:text-accent`} />
        <span className="mx-1 h-5 w-px bg-line" />
        <ZoomMenu />
      </div>
    </>
  );
}
