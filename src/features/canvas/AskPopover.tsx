import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { SuggestInput } from '#features/inspector/index.ts';
import { nameOf } from '#model/commands/lookup.ts';
import { documentStore } from '#state/document.ts';
import { Button } from '#ui/Button.tsx';
import { Popover } from '#ui/Popover.tsx';
import { type Ask, type Asked, answer, askedText } from './asks.ts';
import { focusNode } from './focus-node.ts';
import { overlayStore } from './overlay.ts';
import { onScreen } from './RelationPicker.tsx';

const TITLES: Record<Ask, string> = { comment: 'Comment', schema: 'Schema', values: 'Values, one a line' };
const HINTS: Record<Ask, string> = {
  comment: 'Enter keeps it, Shift Enter begins a line',
  schema: 'Enter moves it; a new name makes a schema',
  values: 'Enter begins a line, Ctrl Enter keeps them',
};

function close({ ref }: Asked): void {
  overlayStore.setState({ asked: undefined });
  focusNode(ref.record);
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

interface FieldProps {
  readonly asked: Asked;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly keep: (text: string) => void;
}

function Lines({ asked, text, onText, keep }: FieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    const mod = event.ctrlKey || event.metaKey;
    if (asked.ask === 'comment' ? event.shiftKey : !mod) return;
    event.preventDefault();
    keep(text);
  };
  return (
    <textarea
      aria-label={TITLES[asked.ask]}
      // biome-ignore lint/a11y/noAutofocus: it was asked for by a key
      autoFocus
      rows={asked.ask === 'comment' ? 3 : 6}
      className="w-full resize-y rounded-md border border-line-strong bg-surface px-2 py-1 outline-accent"
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}

function SchemaField({ asked, text, onText, keep }: FieldProps) {
  const { document } = documentStore.getState();
  const names = Object.values(document.schemas).map(({ name }) => name);
  return (
    <SuggestInput
      label="Schema"
      text={text}
      commitChoice
      inputRef={focusOnce}
      suggest={(typed) => {
        const query = typed === askedText(document, asked) ? '' : typed.trim().toLowerCase();
        const options = names.filter((name) => name.toLowerCase().includes(query));
        return { start: 0, end: typed.length, options: options.map((name) => ({ text: name })) };
      }}
      onChange={onText}
      onCommit={keep}
      onCancel={() => close(asked)}
    />
  );
}

function Form({ asked }: { readonly asked: Asked }) {
  const [text, setText] = useState(() => askedText(documentStore.getState().document, asked) ?? '');
  const [failed, setFailed] = useState<string | undefined>();
  const keep = (text: string) => {
    const problem = answer(asked, text);
    setFailed(problem);
    if (problem === undefined) close(asked);
  };
  const field = { asked, text, onText: setText, keep };
  return (
    <div className="flex w-72 flex-col gap-1.5">
      {asked.ask === 'schema' ? <SchemaField {...field} /> : <Lines {...field} />}
      {failed === undefined ? null : (
        <p role="alert" className="text-bad text-xs">
          {failed}
        </p>
      )}
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-[11px] text-ink-3">{HINTS[asked.ask]}</p>
        <Button size="sm" onClick={() => keep(text)}>
          Keep
        </Button>
      </div>
    </div>
  );
}

/** Beside a table: its comment, its schema, or the values of a column's enum, typed where one is. */
export function AskPopover() {
  const asked = useStore(overlayStore, (state) => state.asked);
  if (asked === undefined) return null;
  const { document } = documentStore.getState();
  return (
    <Popover
      open
      side="right"
      anchor={onScreen(asked.ref.record)}
      label={`${TITLES[asked.ask]} of ${nameOf(document, asked.ref.record)}`}
      onOpenChange={(open) => (open ? undefined : close(asked))}
    >
      <Form key={`${asked.ask}/${asked.ref.record}/${asked.ref.part ?? ''}`} asked={asked} />
    </Popover>
  );
}
