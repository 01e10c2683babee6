import { useState } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { type ImportState, previewImport } from '#state/import.ts';
import { Button } from '#ui/Button.tsx';
import { TextField } from '#ui/TextField.tsx';

type Ask = Extract<ImportState, { stage: 'ask' }>;

/** What the placeholders of a script stand for, asked before it is read. */
export function AskStage({ ask, onBack }: { readonly ask: Ask; readonly onBack: () => void }) {
  const { given, looked, placeholders } = ask;
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(placeholders.map(({ name, value }) => [name, value ?? ''])),
  );
  const read = (chosen: Readonly<Record<string, string>>) =>
    void previewImport({ ...given, dialect: looked.dialect, values: chosen });
  // What is left empty stays as it stands, but for schemas: those may be left out.
  const filled = () =>
    Object.fromEntries(
      placeholders.flatMap(({ name, qualifies }) => {
        const value = (values[name] ?? '').trim();
        return value === '' && !qualifies ? [] : [[name, value] as const];
      }),
    );
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        read(filled());
      }}
    >
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        <h3 className="font-semibold">
          {placeholders.length === 1 ? 'A place' : `${placeholders.length} places`} in this {TRAITS[looked.dialect].label} script{' '}
          {placeholders.length === 1 ? 'is' : 'are'} to be filled in
        </h3>
        <p className="mt-1 max-w-[64ch] text-ink-2">
          Whoever runs it gives values for them. Left empty, one stays as it stands; a schema that is left empty is left out.
        </p>
        <ul className="mt-4 grid max-w-[720px] gap-3">
          {placeholders.map(({ name, mark, count, value }, at) => (
            <li key={name} className="grid grid-cols-[minmax(0,14rem)_minmax(0,1fr)] items-center gap-3">
              <span className="min-w-0">
                <code className="block font-mono text-xs leading-4.5 [overflow-wrap:anywhere]">{mark}</code>
                <span className="text-[11.5px] text-ink-3">
                  {count} {count === 1 ? 'time' : 'times'}
                  {value === undefined ? '' : ', set in the script'}
                </span>
              </span>
              <TextField
                label={`Value of ${mark}`}
                hideLabel
                mono
                autoFocus={at === 0}
                value={values[name] ?? ''}
                onChange={(text) => setValues((before) => ({ ...before, [name]: text }))}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className="flex shrink-0 items-center gap-3 border-line border-t px-4 py-2.5">
        <span className="flex-1" />
        <Button onClick={onBack}>Back</Button>
        <Button onClick={() => read({})}>Leave them as they are</Button>
        <Button variant="primary" type="submit">
          Read it
        </Button>
      </div>
    </form>
  );
}
