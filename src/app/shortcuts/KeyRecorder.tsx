import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Action, actionsStore } from '#state/actions.ts';
import { bindKeys, conflictsOf } from '#state/bindings.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IS_MAC, keyText } from '#ui/keys.ts';
import { browserKey } from '../browser-keys.ts';
import { combinationOf } from '../keys.ts';

/** A combination that was pressed but needs a word first. */
interface Doubt {
  readonly keys: string;
  readonly others: readonly Action[];
  readonly browser: string | undefined;
}

function doubtOf(action: Action, keys: string): Doubt | undefined {
  const others = conflictsOf(actionsStore.getState().actions, action.id, keys);
  const browser = browserKey(keys, IS_MAC)?.says;
  return others.length === 0 && browser === undefined ? undefined : { keys, others, browser };
}

/** Says whose key it is, and lets a person swap, take or leave it. */
function Decide({ action, doubt, onDone }: { readonly action: Action; readonly doubt: Doubt; readonly onDone: () => void }) {
  const first = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => first.current?.focus(), []);
  const { keys, others, browser } = doubt;
  const decide = (how: 'swap' | 'take' | 'keep') => {
    bindKeys(action.id, keys, how);
    onDone();
  };
  const free = action.keys?.[0];
  return (
    <div
      role="alertdialog"
      aria-labelledby={id}
      data-escape=""
      className="my-1 rounded-md border border-warn bg-warn-soft p-2.5"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <p id={id} className="flex gap-2 text-xs leading-4.5">
        <Icon name="TriangleAlert" size={14} className="mt-0.5 text-warn" />
        <span>
          {others.length === 0 ? null : (
            <>
              {keyText(keys)} is the key of “{others.map((one) => one.label).join('”, “')}”.{' '}
            </>
          )}
          {browser}
        </span>
      </p>
      <div className="mt-2 flex flex-wrap justify-end gap-1.5">
        {others.length > 0 && free !== undefined ? (
          <Button ref={first} size="sm" onClick={() => decide('swap')}>
            Swap: it gets {keyText(free)}
          </Button>
        ) : null}
        <Button
          ref={others.length > 0 && free !== undefined ? undefined : first}
          size="sm"
          onClick={() => decide(others.length > 0 ? 'take' : 'keep')}
        >
          {others.length > 0 ? 'Take it away there' : 'Use it anyway'}
        </Button>
        <Button size="sm" variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** Waits for a combination to be pressed and binds it; asks first where somebody else has it. */
export function KeyRecorder({ action, onDone }: { readonly action: Action; readonly onDone: () => void }) {
  const [doubt, setDoubt] = useState<Doubt | undefined>();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  if (doubt !== undefined) return <Decide action={action} doubt={doubt} onDone={onDone} />;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') {
      onDone();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      onDone();
      return;
    }
    const keys = combinationOf(event.nativeEvent);
    if (keys === undefined) return;
    const asks = doubtOf(action, keys);
    if (asks !== undefined) {
      setDoubt(asks);
      return;
    }
    bindKeys(action.id, keys);
    onDone();
  };
  return (
    <input
      ref={box}
      readOnly
      value=""
      placeholder={`Press the keys for “${action.label}” · Esc leaves it`}
      aria-label={`Press the new key of ${action.label}. Escape leaves it as it is.`}
      data-escape=""
      className="my-1 h-8 w-full rounded-md border border-accent border-dashed bg-accent-soft px-2.5 text-center text-xs text-accent outline-none placeholder:text-accent"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        // The question that may follow takes the focus itself.
        if (event.relatedTarget !== null) onDone();
      }}
    />
  );
}
