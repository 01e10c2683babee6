import { useState } from 'react';
import { useStore } from 'zustand';
import { readDependency } from '#engine/normalize/dependency-text.ts';
import { DependencyInput } from '#features/inspector/index.ts';
import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import { documentStore, run } from '#state/document.ts';
import { useDocumentState } from '#state/hooks.ts';
import { viewStore } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Popover } from '#ui/Popover.tsx';
import { Segments } from '#ui/Segments.tsx';
import { declareCalls, dependencyWords, withArrow } from './dependency-draft.ts';
import { focusNode } from './focus-node.ts';
import { type OverlayState, overlayStore } from './overlay.ts';
import { onScreen } from './RelationPicker.tsx';

type Asked = NonNullable<OverlayState['dependency']>;

const ARROWS = [
  { value: '->', label: 'Determines', title: 'One value of the left side has one value of the right side' },
  { value: '->>', label: 'Determines a set', title: 'The right side’s values combine freely with everything else (multivalued)' },
] as const;

function close({ table }: Asked): void {
  overlayStore.setState({ dependency: undefined });
  focusNode(table);
}

/** The caret stands at the end: what is missing is typed there. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}

function take(table: Table, dependency: Omit<Dependency, 'id'>): string | undefined {
  const now = recordIn(documentStore.getState().document, 'tables', table.id) ?? table;
  const calls = declareCalls(now, dependency);
  if (calls.length === 0) return 'This is declared already.';
  const ran = run(calls, `Declare a dependency of ${now.name}`);
  if (!ran.ok) return ran.problem.message;
  // What comes of it stands there.
  viewStore.setState({ inspectorTab: 'dependencies' });
  return undefined;
}

function Form({ asked, document, table }: { readonly asked: Asked; readonly document: Document; readonly table: Table }) {
  const [text, setText] = useState(asked.text);
  const columns = columnsOf(document, table);
  const read = readDependency(text, columns);
  const nameOf = (id: string) => columns.find((column) => column.id === id)?.name ?? '?';
  const { wire } = asked;
  const commit = () => {
    if (!read.ok) return;
    if (take(table, read.dependency) === undefined) close(asked);
  };
  return (
    <div className="flex w-80 flex-col gap-2.5">
      <p className="text-xs text-ink-2">What holds in every row of {table.name}</p>
      <DependencyInput
        document={document}
        table={table}
        label={`Dependency of ${table.name}`}
        held={[text, setText]}
        inputRef={focusOnce}
        onTaken={(dependency) => take(table, dependency)}
        onClose={() => close(asked)}
      />
      <Segments
        label="Which dependency"
        value={read.ok && read.dependency.multivalued === true ? '->>' : '->'}
        segments={ARROWS}
        onValueChange={(arrow) => setText(withArrow(text, arrow))}
      />
      <p className="min-h-4 text-xs leading-4 text-ink-2">{read.ok ? dependencyWords(read.dependency, nameOf) : ''}</p>
      <div className="flex items-center justify-end gap-2">
        {wire === undefined ? null : (
          <Button
            size="sm"
            variant="ghost"
            className="mr-auto"
            onClick={() => overlayStore.setState({ dependency: undefined, proposal: wire })}
          >
            Foreign key instead …
          </Button>
        )}
        <Button size="sm" onClick={() => close(asked)}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" disabled={!read.ok} onClick={commit}>
          Declare
        </Button>
      </div>
    </div>
  );
}

/** Says which columns determine others: from a drag within a table, or from the columns that are selected. */
export function DependencyPopover() {
  const asked = useStore(overlayStore, (state) => state.dependency);
  const document = useDocumentState((state) => state.document);
  const table = asked === undefined ? undefined : recordIn(document, 'tables', asked.table);
  if (asked === undefined || table === undefined) return null;
  return (
    <Popover
      open
      side="right"
      anchor={onScreen(table.id)}
      label={`Dependency of ${table.name}`}
      onOpenChange={(open) => (open ? undefined : close(asked))}
    >
      <Form key={`${asked.table}/${asked.text}`} asked={asked} document={document} table={table} />
    </Popover>
  );
}
