import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import { useActions, useDocumentState, usePreferences } from '#state/hooks.ts';
import { noteRecentAction } from '#state/preferences.ts';
import { openDialog, reveal } from '#state/view.ts';
import { Icon } from '#ui/Icon.tsx';
import { Kbd } from '#ui/Kbd.tsx';
import { type Entry, entriesFor } from './entries.ts';

function choose(entry: Entry): void {
  openDialog(undefined);
  if (entry.ref !== undefined) reveal(entry.ref, 'palette');
  if (entry.action === undefined) return;
  noteRecentAction(entry.action.id);
  entry.action.run();
}

function Line({ entry }: { readonly entry: Entry }) {
  return (
    <Command.Item
      value={entry.key}
      onSelect={() => choose(entry)}
      className="flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent"
    >
      <Icon name={entry.icon} size={15} className="text-ink-3" />
      <span className={`min-w-0 flex-1 truncate ${entry.action === undefined ? 'font-mono text-xs' : ''}`}>{entry.label}</span>
      {entry.hint === undefined || entry.hint === '' ? null : (
        <span className="max-w-40 truncate text-xs text-ink-3">{entry.hint}</span>
      )}
      {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
    </Command.Item>
  );
}

/** Entries in runs of the same group, in the order given. */
function runs(entries: readonly Entry[]): readonly (readonly [Entry['group'], readonly Entry[]])[] {
  const groups = new Map<Entry['group'], Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}

/** One box to go to any table or column and to do anything there is. */
export function Palette() {
  const document = useDocumentState((state) => state.document);
  const actions = useActions();
  const recent = usePreferences((state) => state.recentActions);
  const [typed, setTyped] = useState('');
  const needle = useDeferredValue(typed);
  const entries = useMemo(() => entriesFor(document, actions, recent, needle), [document, actions, recent, needle]);
  const [active, setActive] = useState(entries[0]?.key ?? '');
  const [found, setFound] = useState(needle);
  // Other letters, another best answer: it is the one that Enter takes.
  if (found !== needle) {
    setFound(needle);
    setActive(entries[0]?.key ?? '');
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || typed === needle || event.nativeEvent.isComposing) return;
    // Typed faster than drawn: the answer is the one to what stands in the field.
    event.preventDefault();
    const best = entriesFor(document, actions, recent, typed)[0];
    if (best !== undefined) choose(best);
  };
  return (
    <Dialog.Root open onOpenChange={() => openDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/0.3)]" />
        <Dialog.Content
          data-modal=""
          aria-describedby={undefined}
          className="fixed top-[min(12vh,100px)] left-1/2 z-50 w-[620px] max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-raised shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">Find a table, column or action</Dialog.Title>
          <Command shouldFilter={false} loop label="Command box" value={active} onValueChange={setActive} onKeyDown={onKeyDown}>
            <div className="flex h-12 items-center gap-2.5 border-line border-b px-4">
              <Icon name="Search" className="text-ink-3" />
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder="Find a table, column or action"
                className="h-full min-w-0 flex-1 bg-transparent text-[15px] outline-none placeholder:text-ink-3"
              />
              <Kbd keys="escape" />
            </div>
            <Command.List
              aria-label="Found"
              className="max-h-[min(440px,60vh)] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
            >
              <Command.Empty className="p-6 text-center text-ink-2">Nothing has these letters in this order.</Command.Empty>
              {runs(entries).map(([group, list]) => (
                <Command.Group key={group} heading={group}>
                  {list.map((entry) => (
                    <Line key={entry.key} entry={entry} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
