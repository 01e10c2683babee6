import { useEffect, useMemo, useRef, useState } from 'react';
import { GridHelp } from '#features/columns/GridHelp.tsx';
import type { Action } from '#state/actions.ts';
import { resetKeys, unbindKeys } from '#state/bindings.ts';
import { useActions, usePreferences, useView } from '#state/hooks.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Kbd } from '#ui/Kbd.tsx';
import { IS_MAC, keyText } from '#ui/keys.ts';
import { TextField } from '#ui/TextField.tsx';
import { KeyRecorder } from './shortcuts/KeyRecorder.tsx';
import { onCanvasOnly, sheetOf } from './shortcuts/sheet.ts';

interface RowProps {
  readonly action: Action;
  readonly changed: boolean;
  readonly recording: boolean;
  readonly onRecord: (id: string | undefined) => void;
}

function Row({ action, changed, recording, onRecord }: RowProps) {
  const key = useRef<HTMLButtonElement>(null);
  const keys = action.keys ?? [];
  const said = keys.length === 0 ? 'none' : keys.map((one) => keyText(one)).join(' or ');
  return (
    <li className="border-line border-b py-0.5">
      <div className="group flex min-h-7 items-center gap-1.5">
        <span className="min-w-0 flex-1 py-0.5 leading-4.5">{action.label}</span>
        {onCanvasOnly(action) ? <span className="shrink-0 text-xs text-ink-3">on the canvas</span> : null}
        {changed ? (
          <IconButton
            icon="RotateCcw"
            size="sm"
            label={`Give ${action.label} its own key back`}
            onClick={() => {
              resetKeys(action.id);
              key.current?.focus();
            }}
          />
        ) : null}
        {keys.length === 0 ? null : (
          <IconButton
            icon="X"
            size="sm"
            label={`Take the key of ${action.label} away`}
            className="sr-only group-hover:not-sr-only focus-visible:not-sr-only"
            onClick={() => {
              unbindKeys(action.id);
              key.current?.focus();
            }}
          />
        )}
        <button
          ref={key}
          type="button"
          aria-label={`Key of ${action.label}: ${said}. Change`}
          className="flex min-h-6 shrink-0 items-center gap-1 rounded-md px-1 hover:bg-sunken"
          onClick={() => onRecord(recording ? undefined : action.id)}
        >
          {keys.length === 0 ? <span className="px-1 text-xs text-ink-3">add</span> : null}
          {keys.map((one) => (
            <Kbd key={one} keys={one} />
          ))}
        </button>
      </div>
      {recording ? (
        <KeyRecorder
          action={action}
          onDone={() => {
            onRecord(undefined);
            key.current?.focus();
          }}
        />
      ) : null}
    </li>
  );
}

/** Every key there is, from the same list that the keys themselves come from; each can be changed by pressing another. */
export function ShortcutsDialog() {
  const actions = useActions();
  const bindings = usePreferences((state) => state.bindings);
  const subject = useView((state) => state.dialogSubject);
  const asked = actions.find((one) => one.id === subject);
  const [filter, setFilter] = useState(asked?.label ?? '');
  const [all, setAll] = useState(false);
  const [recording, setRecording] = useState<string | undefined>(asked?.id);
  const groups = useMemo(() => sheetOf(actions, filter, all, IS_MAC), [actions, filter, all]);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked === undefined) field.current?.focus();
  }, [asked]);
  const changed = Object.keys(bindings).length;
  return (
    <Dialog
      open
      onOpenChange={() => openDialog(undefined)}
      title="Keyboard shortcuts"
      description="Press a key to change it. Bare letters and digits act with the focus on the canvas."
      size="lg"
      footer={
        <>
          <Checkbox label="Also what has no key" checked={all} onCheckedChange={setAll} />
          <span className="flex-1" />
          <Button icon="RotateCcw" disabled={changed === 0} onClick={() => resetKeys()}>
            Reset all{changed === 0 ? '' : ` (${changed} changed)`}
          </Button>
        </>
      }
    >
      <TextField
        ref={field}
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
          <section key={group} aria-label={group} className="mb-4">
            <h3 className="mb-1 break-after-avoid text-xs font-semibold text-ink-2">{group}</h3>
            <ul>
              {list.map((action) => (
                <Row
                  key={action.id}
                  action={action}
                  changed={Object.hasOwn(bindings, action.id)}
                  recording={recording === action.id}
                  onRecord={setRecording}
                />
              ))}
            </ul>
          </section>
        ))}
        {filter === '' ? <GridHelp /> : null}
      </div>
      {groups.length === 0 ? <p className="py-4 text-center text-ink-2">No shortcut matches.</p> : null}
    </Dialog>
  );
}
