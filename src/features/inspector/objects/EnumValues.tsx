import { type KeyboardEvent, useRef, useState } from 'react';
import type { EnumType } from '#model/types.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { edit, editAloud } from '../edit.ts';
import { FieldRow } from '../fields/FieldRow.tsx';
import { Section } from '../fields/Section.tsx';
import { INPUT, MONO } from '../fields/styles.ts';
import { useField } from '../fields/use-field.ts';

interface ValueProps {
  readonly type: EnumType;
  readonly value: string;
  readonly at: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function Value({ type, value, at, onMove, onRemove }: ValueProps) {
  const field = useField(value, (text) =>
    text === ''
      ? 'A value has at least one character.'
      : edit({ name: 'setEnumValue', args: { id: type.id, from: value, to: text } }),
  );
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.altKey && event.key === 'ArrowUp') onMove(-1);
    else if (event.altKey && event.key === 'ArrowDown') onMove(1);
    else return field.onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li className="group flex min-w-0 flex-col">
      <div className="flex min-w-0 items-center gap-1">
        <span className="w-5 shrink-0 text-right text-[11px] text-ink-3">{at + 1}</span>
        <input
          aria-label={`Value ${at + 1}`}
          data-value={at}
          className={`${INPUT} ${MONO} h-7 flex-1`}
          value={field.text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={field.problem !== undefined}
          onChange={(event) => field.change(event.target.value)}
          onBlur={() => field.commit()}
          onKeyDown={onKeyDown}
        />
        <IconButton icon="ArrowUp" size="sm" label={`Move ${value} up`} disabled={at === 0} onClick={() => onMove(-1)} />
        <IconButton
          icon="ArrowDown"
          size="sm"
          label={`Move ${value} down`}
          disabled={at === type.values.length - 1}
          onClick={() => onMove(1)}
        />
        <IconButton icon="Trash2" size="sm" tone="bad" label={`Remove ${value}`} onClick={onRemove} />
      </div>
      {field.problem === undefined ? null : (
        <p role="alert" className="pl-6 text-[11.5px] leading-4 text-bad">
          {field.problem}
        </p>
      )}
    </li>
  );
}

/** The values of an enum, in their order. */
export function EnumValues({ type }: { readonly type: EnumType }) {
  const list = useRef<HTMLOListElement>(null);
  const lines = type.values.map((value, at) => ({ value, at }));
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const move = (value: string, at: number) => {
    if (at < 0 || at >= type.values.length) return;
    if (!editAloud({ name: 'setEnumValue', args: { id: type.id, from: value, to: value, at } })) return;
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-value="${at}"]`)?.focus());
  };
  const add = () => {
    if (text === '') return;
    const why = edit({ name: 'setEnumValue', args: { id: type.id, to: text } });
    setProblem(why);
    if (why === undefined) setText('');
  };
  return (
    <Section title="Values, in order">
      <ol ref={list} className="flex min-w-0 flex-col gap-1">
        {lines.map(({ value, at }) => (
          <Value
            key={at}
            type={type}
            value={value}
            at={at}
            onMove={(by) => move(value, at + by)}
            onRemove={() => editAloud({ name: 'setEnumValue', args: { id: type.id, from: value } })}
          />
        ))}
      </ol>
      <FieldRow label="New value" problem={problem} hint="Enter adds it. Alt with an arrow moves a value.">
        <input
          aria-label="New value"
          className={`${INPUT} ${MONO} h-7`}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
      </FieldRow>
    </Section>
  );
}
