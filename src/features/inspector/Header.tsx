import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Ref } from '#model/types.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { INPUT } from './fields/styles.ts';
import { useField } from './fields/use-field.ts';
import { rename } from './name.ts';
import { showProblems } from './show-problems.ts';

export interface HeaderProps {
  /** What it is: `Table`, `Enum` ... */
  readonly kind: string;
  readonly name: string;
  /** What to rename; absent when it has no name to change. */
  readonly target?: Ref | undefined;
  /** Where else it is named; shown in place of an empty name. */
  readonly tint?: string | undefined;
  readonly subtitle: string;
  readonly findings?: { readonly bad: number; readonly warn: number } | undefined;
  readonly badge?: ReactNode;
}

function NameField({ name, target, onDone }: { readonly name: string; readonly target: Ref; readonly onDone: () => void }) {
  const note = useId();
  const input = useRef<HTMLInputElement>(null);
  const field = useField(name, (text) => (text.trim() === name ? undefined : rename(target, text)));
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finish = () => {
    if (field.commit()) onDone();
  };
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <input
        ref={input}
        aria-label="Name"
        aria-invalid={field.problem !== undefined}
        aria-describedby={field.problem === undefined ? undefined : note}
        className={`${INPUT} h-7 w-full text-[15px] font-semibold`}
        value={field.text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => field.change(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') finish();
          else if (event.key === 'Escape') {
            field.restore();
            onDone();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {field.problem === undefined ? null : (
        <span id={note} role="alert" className="text-[11.5px] leading-4 text-bad">
          {field.problem}
        </span>
      )}
    </span>
  );
}

/** What is looked at: kind, name (click or F2 renames), how it stands. */
export function Header({ kind, name, target, tint, subtitle, findings, badge }: HeaderProps) {
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const many = (findings?.bad ?? 0) + (findings?.warn ?? 0);
  const done = () => {
    setRenaming(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <header className="border-line border-b px-3.5 pt-2.5 pb-2">
      <div className="flex min-h-7 min-w-0 items-center gap-2">
        {tint === undefined ? null : <span aria-hidden className="size-2.5 shrink-0 rounded-[3px]" style={{ background: tint }} />}
        {renaming && target !== undefined ? (
          <NameField name={name} target={target} onDone={done} />
        ) : (
          <h2 className="min-w-0 flex-1 text-base leading-[22px] font-[650] tracking-[-0.01em]">
            {target === undefined ? (
              <span className="block truncate">{name}</span>
            ) : (
              <button
                ref={button}
                type="button"
                className="group/name flex max-w-full items-center gap-1 rounded text-left"
                title="Click or F2 renames it"
                data-inspector-name
                onClick={() => setRenaming(true)}
                onKeyDown={(event) => {
                  if (event.key !== 'F2') return;
                  event.preventDefault();
                  event.stopPropagation();
                  setRenaming(true);
                }}
              >
                <span className="truncate">{name}</span>
                <Icon
                  name="Pencil"
                  size={12}
                  className="text-ink-3 opacity-0 group-hover/name:opacity-100 group-focus-visible/name:opacity-100"
                />
              </button>
            )}
          </h2>
        )}
        {many === 0 ? null : (
          <button type="button" className="shrink-0 rounded-full" aria-label={`${many} problems: show them`} onClick={showProblems}>
            <Pill tone={(findings?.bad ?? 0) > 0 ? 'bad' : 'warn'}>
              <Icon name="TriangleAlert" size={10} />
              {many}
            </Pill>
          </button>
        )}
        {badge}
      </div>
      <p className="truncate text-xs text-ink-2" title={`${kind} · ${subtitle}`}>
        {kind}
        {subtitle === '' ? '' : ` · ${subtitle}`}
      </p>
    </header>
  );
}
