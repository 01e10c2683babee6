import { useDeferredValue, useMemo, useState } from 'react';
import { seenOn } from '#model/derive/level.ts';
import { lookOf } from '#model/derive/look.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Menu } from '#ui/Menu.tsx';
import { ModelTree } from './ModelTree.tsx';
import { addItems } from './row-menu.ts';
import { treeOf } from './tree.ts';
import { rowsOf } from './tree-rows.ts';

function Filter({
  value,
  onChange,
  count,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly count: number;
}) {
  return (
    <div className="mx-2.5 mb-1.5 flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-line bg-sunken px-2 text-ink-3 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
      <Icon name="Search" size={13} />
      <input
        type="search"
        aria-label="Filter the model"
        placeholder={`Filter ${count} ${count === 1 ? 'table' : 'tables'}`}
        className="h-full min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            onChange('');
            event.stopPropagation();
          } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.currentTarget.closest('section')?.querySelector<HTMLElement>('[role=tree]')?.focus();
            event.preventDefault();
          }
        }}
      />
      {value === '' ? null : (
        <IconButton icon="X" label="Clear the filter" size="sm" className="-mr-1.5" onClick={() => onChange('')} />
      )}
    </div>
  );
}

/** The model as a tree: the full equivalent of the canvas for keyboard and screen reader. */
export function Navigator() {
  const document = useDocumentState((state) => state.document);
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const [filter, setFilter] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  // What is closed among the matches, as long as these are shown.
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [renaming, setRenaming] = useState<string | undefined>();
  const typed = useDeferredValue(filter);
  const diagram = useView((view) => view.diagram);
  const seen = seenOn(document, diagram);
  const { schemas, types, sequences, routines, triggers, areas, notes } = document;
  const { tables, views, relationships, hierarchies } = seen;
  const { level } = lookOf(seen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: moving things on the canvas makes no new tree
  const nodes = useMemo(
    () => treeOf(seen, document),
    [schemas, tables, views, types, sequences, routines, triggers, relationships, areas, notes, hierarchies, level],
  );
  const filtering = typed.trim() !== '';
  const folds = filtering ? closed : toggled;
  const rows = useMemo(() => rowsOf(nodes, folds, typed), [nodes, folds, typed]);
  const count = Object.keys(tables).length;
  const find = (text: string) => {
    setFilter(text);
    setClosed(new Set());
  };
  const edit = (key: string) => {
    find('');
    setRenaming(key);
  };
  return (
    <div className="flex h-full flex-col border-line border-r bg-surface">
      <div className="flex h-9 shrink-0 items-center pr-2 pl-3">
        <h2 className="flex-1 text-xs font-semibold text-ink-2">Model</h2>
        <Menu
          align="end"
          items={() => addItems(edit)}
          trigger={<IconButton icon="Plus" label="Add to the model" disabled={readOnly} />}
        />
      </div>
      <Filter value={filter} onChange={find} count={count} />
      {rows.length === 0 ? (
        <EmptyState icon="Search" title="Nothing matches" text="No table, column or type has these letters in this order." />
      ) : (
        <ModelTree
          rows={rows}
          nodes={nodes}
          toggled={folds}
          onToggled={filtering ? setClosed : setToggled}
          renaming={renaming}
          onRenaming={setRenaming}
          filtering={filtering}
        />
      )}
    </div>
  );
}
