import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef } from 'react';
import { sameRef } from '#state/view.ts';
import { ContextMenu } from '#ui/ContextMenu.tsx';
import { addItems, rowItems } from './row-menu.ts';
import { TreeRowView } from './TreeRowView.tsx';
import { type ModelTreeProps, ROW_HEIGHT, useBadges, useModelTree } from './use-model-tree.ts';
import { onTreeKey } from './use-tree-keys.ts';

/** Opens the context menu of a row as a right click would. */
function openMenuAt(id: string): void {
  const element = document.getElementById(id);
  const place = element?.getBoundingClientRect();
  if (element === null || place === undefined) return;
  const at = { clientX: place.left + 24, clientY: place.bottom };
  element.dispatchEvent(new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }));
}

/** The tree itself: rows in view only, one focus for all of them. */
export function ModelTree(props: ModelTreeProps) {
  const { rows, renaming, onRenaming } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<(index: number) => void>(() => {});
  const tree = useModelTree(props, scrollTo);
  const { active, selection, menuRow } = tree;
  const badges = useBadges();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // The active row is always there, so that assistive technology can name it.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active])].filter((at) => at < rows.length).sort((a, b) => a - b),
  });
  scrollTo.current = (index) => virtual.scrollToIndex(index, { align: 'auto' });
  return (
    <ContextMenu
      items={() =>
        menuRow === undefined ? addItems(onRenaming) : rowItems(menuRow.node, { onRename: tree.rename, onAdded: onRenaming })
      }
    >
      <div
        ref={box}
        role="tree"
        tabIndex={0}
        data-pane-focus=""
        aria-label="Model"
        aria-multiselectable="true"
        aria-activedescendant={rows[active] === undefined ? undefined : `${id}-${rows[active].node.key}`}
        className="group/tree relative min-h-0 flex-1 overflow-y-auto outline-none"
        onClick={tree.onClick}
        onDoubleClick={tree.onDoubleClick}
        onContextMenu={tree.onContextMenu}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
          onTreeKey(
            event,
            tree.keys(page, ({ node }) => openMenuAt(`${id}-${node.key}`)),
          );
        }}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const { ref, key } = row.node;
            return (
              <TreeRowView
                key={key}
                id={`${id}-${key}`}
                row={row}
                top={item.start}
                selected={ref !== undefined && selection.some((one) => sameRef(one, ref))}
                active={item.index === active}
                renaming={renaming === key}
                {...badges(row)}
                onToggle={() => tree.toggle(row)}
                onRenamed={() => {
                  onRenaming(undefined);
                  box.current?.focus();
                }}
              />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}
