import { useMemo, useState } from 'react';
import type { Action } from '#state/actions.ts';
import { useActions } from '#state/hooks.ts';
import { openDialog } from '#state/view.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Kbd } from '#ui/Kbd.tsx';
import { TextField } from '#ui/TextField.tsx';

const ORDER: readonly Action['group'][] = ['File', 'Edit', 'View', 'Canvas', 'Model', 'Go', 'Check', 'Help'];

function grouped(actions: readonly Action[], filter: string): readonly (readonly [Action['group'], readonly Action[]])[] {
  const needle = filter.trim().toLowerCase();
  const shown = actions.filter(
    (action) =>
      action.keys !== undefined &&
      (needle === '' || action.label.toLowerCase().includes(needle) || action.keys.some((keys) => keys.includes(needle))),
  );
  return ORDER.map((group) => [group, shown.filter((action) => action.group === group)] as const).filter(
    ([, list]) => list.length > 0,
  );
}

function Row({ action }: { readonly action: Action }) {
  return (
    <li className="flex min-h-7 items-center gap-2 border-line border-b py-1">
      <span className="min-w-0 flex-1">{action.label}</span>
      {action.where === 'canvas' ? <span className="text-xs text-ink-3">on the canvas</span> : null}
      {action.keys?.map((keys) => (
        <Kbd key={keys} keys={keys} />
      ))}
    </li>
  );
}

/** Every key there is, from the same list that the keys themselves come from. */
export function ShortcutsDialog() {
  const actions = useActions();
  const [filter, setFilter] = useState('');
  const groups = useMemo(() => grouped(actions, filter), [actions, filter]);
  return (
    <Dialog open onOpenChange={() => openDialog(undefined)} title="Keyboard shortcuts" size="lg">
      <TextField
        label="Filter"
        hideLabel
        placeholder="Filter by action or key"
        value={filter}
        onChange={setFilter}
        start={<Icon name="Search" size={14} className="text-ink-3" />}
        boxClassName="mb-3"
      />
      <div className="gap-8 sm:columns-2">
        {groups.map(([group, list]) => (
          <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-semibold text-ink-2">{group}</h3>
            <ul>
              {list.map((action) => (
                <Row key={action.id} action={action} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {groups.length === 0 ? <p className="py-4 text-center text-ink-2">No shortcut matches.</p> : null}
    </Dialog>
  );
}
