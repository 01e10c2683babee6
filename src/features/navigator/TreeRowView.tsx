import { type DragEvent, useState } from 'react';
import type { Tally } from '#lib/tally.ts';
import { notify } from '#state/notices.ts';
import { OBJECTS_KIND, writeObjects } from '#state/object-drag.ts';
import { renameObject } from '#state/rename.ts';
import { viewStore } from '#state/view.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { Marked } from '#ui/Marked.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Eye } from './Eye.tsx';
import type { TreeRow } from './tree-rows.ts';
import { ROW_HEIGHT } from './use-model-tree.ts';

export interface TreeRowViewProps {
  readonly row: TreeRow;
  readonly id: string;
  readonly top: number;
  readonly selected: boolean;
  /** Has the keyboard's attention. */
  readonly active: boolean;
  readonly renaming: boolean;
  readonly problems?: Tally | undefined;
  readonly hint?: string | undefined;
  readonly onToggle: () => void;
  readonly onRenamed: () => void;
}

function NameEditor({ row, onDone }: { readonly row: TreeRow; readonly onDone: () => void }) {
  const [text, setText] = useState(row.node.label.split('.').at(-1) ?? row.node.label);
  const [closed, setClosed] = useState(false);
  const finish = (keep: boolean) => {
    if (closed) return;
    setClosed(true);
    onDone();
    if (!keep || row.node.ref === undefined || text.trim() === '') return;
    const ran = renameObject(row.node.ref, text);
    if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
  };
  return (
    <input
      aria-label={`New name of ${row.node.label}`}
      // biome-ignore lint/a11y/noAutofocus: the person just asked to type here
      autoFocus
      value={text}
      className="h-5.5 min-w-0 flex-1 rounded border border-accent bg-surface px-1 text-ink outline-none ring-1 ring-accent"
      spellCheck={false}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(true);
        else if (event.key === 'Escape') finish(false);
      }}
    />
  );
}

function Mark({ row, onToggle }: { readonly row: TreeRow; readonly onToggle: () => void }) {
  const { node, expanded } = row;
  return (
    <>
      {expanded === undefined ? (
        <span className="w-3.5 shrink-0" />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys open and close; this is the pointer's way
        // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys open and close
        <span
          className="-my-1.5 grid w-3.5 shrink-0 place-items-center py-1.5 text-ink-3 hover:text-ink"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <Icon name={expanded ? 'ChevronDown' : 'ChevronRight'} size={12} />
        </span>
      )}
      {node.tint === undefined ? null : (
        <span className="size-2 shrink-0 rounded-[3px]" style={{ background: `var(--s${node.tint})` }} />
      )}
      {node.icon === undefined ? null : <Icon name={node.icon} size={13} className="text-ink-3" />}
    </>
  );
}

/** Takes a table or view along, and with it the others that are selected when it is one of them. */
function dragObjects(event: DragEvent, { ref }: TreeRow['node']): void {
  if (ref === undefined) return;
  const selected = viewStore.getState().selection.map((one) => one.record);
  const ids = selected.includes(ref.record) ? [...new Set(selected)] : [ref.record];
  event.dataTransfer.setData(OBJECTS_KIND, writeObjects(ids));
  event.dataTransfer.effectAllowed = 'copy';
}

const PARTS: ReadonlySet<string> = new Set(['column', 'relationship', 'index']);

/** One line of the tree. */
export function TreeRowView(props: TreeRowViewProps) {
  const { row, id, top, selected, active, renaming, problems, hint, onToggle, onRenamed } = props;
  const { node, level } = row;
  const placeable = (node.kind === 'table' || node.kind === 'view') && !renaming;
  const heading = node.kind === 'schema' || node.kind === 'group';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree keeps the focus and names the active item
    <div
      id={id}
      role="treeitem"
      data-key={node.key}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={selected}
      {...(row.expanded === undefined ? {} : { 'aria-expanded': row.expanded })}
      className={cx(
        'group/row absolute right-1.5 left-1.5 flex items-center gap-1.5 rounded-[5px] pr-2',
        heading && 'text-xs font-semibold text-ink-2',
        PARTS.has(node.kind) && 'font-mono text-xs text-ink-2',
        selected ? 'bg-accent-soft font-medium text-accent' : 'hover:bg-sunken',
        active &&
          'group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-1 group-focus-visible/tree:outline-accent',
      )}
      {...(placeable ? { draggable: true, onDragStart: (event: DragEvent) => dragObjects(event, node) } : {})}
      style={{ top, height: ROW_HEIGHT, paddingLeft: 2 + (level - 1) * 14 }}
    >
      <Mark row={row} onToggle={onToggle} />
      {renaming ? (
        <NameEditor row={row} onDone={onRenamed} />
      ) : (
        <span className="min-w-0 flex-1 truncate">
          <Marked text={node.label} ranges={row.ranges} />
        </span>
      )}
      {node.says === undefined ? null : <span className="sr-only">, {node.says},</span>}
      {node.personal === true ? <Icon name="Shield" size={12} className="text-ink-3" label="holds personal data" /> : null}
      {node.tags === undefined ? null : (
        <span
          className="max-w-20 shrink-0 truncate rounded-full bg-sunken px-1.5 font-sans text-[11px] leading-4 text-ink-2"
          title={node.tags.join(', ')}
        >
          {node.tags[0]}
          {node.tags.length > 1 ? ` +${node.tags.length - 1}` : ''}
        </span>
      )}
      {problems === undefined ? null : (
        <Pill tone={problems.worst === 'error' ? 'bad' : 'warn'} title={`${problems.count} problems`}>
          <span aria-hidden="true">▲</span>
          {problems.count}
          <span className="sr-only"> {problems.count === 1 ? 'problem' : 'problems'}</span>
        </Pill>
      )}
      {hint === undefined || renaming ? null : (
        <span className="max-w-28 shrink-0 truncate font-sans text-[11.5px] font-normal text-ink-3">{hint}</span>
      )}
      {placeable && node.ref !== undefined ? <Eye id={node.ref.record} /> : null}
    </div>
  );
}
