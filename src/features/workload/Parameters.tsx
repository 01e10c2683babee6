import { useState } from 'react';
import type { ParameterValue, QueryParameter, WorkloadQuery } from '#model/query-types.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { TextField } from '#ui/TextField.tsx';
import { literalProblem, readShare, setQuery, sharesProblem, shareText, withParameter } from './edit.ts';

interface ValueRowProps {
  readonly name: string;
  readonly value: ParameterValue;
  readonly at: number;
  /** @returns why it cannot be taken. */
  readonly onChange: (value: ParameterValue) => string | undefined;
  readonly onRemove: () => void;
}

function ValueRow({ name, value, at, onChange, onRemove }: ValueRowProps) {
  const [bad, setBad] = useState<{ readonly field: 'sql' | 'share'; readonly why: string }>();
  const label = (what: string) => `${what} ${at + 1} of ${name}`;
  const take = (field: 'sql' | 'share', next: ParameterValue | string) => {
    const why = typeof next === 'string' ? next : onChange(next);
    setBad(why === undefined ? undefined : { field, why });
  };
  return (
    <li className="flex items-start gap-1.5">
      <TextField
        label={label('Value')}
        hideLabel
        mono
        boxClassName="min-w-0 flex-1"
        value={value.sql}
        error={bad?.field === 'sql' ? bad.why : undefined}
        onCommit={(text) => take('sql', literalProblem(text) ?? { ...value, sql: text.trim() })}
      />
      <TextField
        label={label('Share')}
        hideLabel
        boxClassName="w-24"
        className="text-right"
        placeholder="share"
        value={shareText(value.share)}
        error={bad?.field === 'share' ? bad.why : undefined}
        onCommit={(text) => {
          const share = readShare(text);
          if (share === 'bad') take('share', 'A share such as 80 %.');
          else take('share', { sql: value.sql, ...(share === undefined ? {} : { share }) });
        }}
      />
      <IconButton icon="X" label={`Remove ${value.sql} of ${name}`} onClick={onRemove} />
    </li>
  );
}

function Parameter({ query, parameter }: { readonly query: WorkloadQuery; readonly parameter: QueryParameter }) {
  const { name, values } = parameter;
  const [typed, setTyped] = useState('');
  const [bad, setBad] = useState<string>();
  const put = (next: readonly ParameterValue[]): string | undefined => {
    const changed = { name, values: next };
    const why = sharesProblem(changed);
    if (why !== undefined) return why;
    return setQuery(query.id, { parameters: withParameter(query.parameters, changed) }) ? undefined : 'It was not taken.';
  };
  const add = () => {
    const why = literalProblem(typed) ?? put([...values, { sql: typed.trim() }]);
    setBad(why);
    if (why === undefined) setTyped('');
  };
  const known = values.reduce((total, { share = 0 }) => total + share, 0);
  return (
    <fieldset className="flex gap-2">
      <legend className="sr-only">Values of {name}</legend>
      <span className="w-16 shrink-0 truncate pt-1 font-mono text-xs" title={name}>
        {name}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {values.length === 0 ? null : (
          <ul className="flex flex-col gap-1">
            {values.map((value, at) => (
              <ValueRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the same value may stand there twice
                key={at}
                name={name}
                value={value}
                at={at}
                onChange={(next) => put(values.map((one, n) => (n === at ? next : one)))}
                onRemove={() => put(values.filter((_, n) => n !== at))}
              />
            ))}
          </ul>
        )}
        <div className="flex items-start gap-1.5">
          <TextField
            label={`New value of ${name}`}
            hideLabel
            mono
            boxClassName="min-w-0 flex-1"
            placeholder={values.length === 0 ? "a value, such as 42 or 'open'" : 'another value'}
            value={typed}
            error={bad}
            onChange={(text) => {
              setBad(undefined);
              setTyped(text);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <Button size="sm" icon="Plus" disabled={typed.trim() === ''} className="h-7" onClick={add}>
            Add
          </Button>
        </div>
        {known > 0 && known < 1 - 1e-9 ? (
          <p className="text-xs text-ink-3">Of the other {shareText(1 - known)} of the calls the value is not known.</p>
        ) : null}
      </div>
    </fieldset>
  );
}

/** What parameters of a query are given: samples, and shares of the calls. */
export function Parameters({ query, names }: { readonly query: WorkloadQuery; readonly names: readonly string[] }) {
  const known = new Map(query.parameters?.map((one) => [one.name, one]));
  // What is known of a parameter that the text no longer has can be seen, and removed.
  const all = [...names, ...[...known.keys()].filter((name) => !names.includes(name))];
  if (all.length === 0) return null;
  return (
    <section aria-label="Parameters" className="flex flex-col gap-2">
      <h4 className="text-xs font-semibold">Parameters</h4>
      <p className="text-xs leading-4.5 text-ink-2">
        Plans are for any value unless you give some. An index for a part of the rows is proposed only for values with a share.
      </p>
      {all.map((name) => (
        <Parameter key={name} query={query} parameter={known.get(name) ?? { name, values: [] }} />
      ))}
    </section>
  );
}
