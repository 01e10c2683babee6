import { useMemo } from 'react';
import { useStore } from 'zustand';
import { plainName, type Survey } from '#engine/discover/survey.ts';
import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';
import { leaveDiscover } from '#state/discover.ts';
import { interactiveIds } from '#state/document.ts';
import { useDocumentState } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { today } from '#state/today.ts';
import { Button } from '#ui/Button.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { add, takeFacts } from './add.ts';
import { type Addition, additionOf, nameTrouble, unmapped } from './addition.ts';
import type { TableChoice } from './choice.ts';
import { fittingTables } from './match.ts';
import { type Preview, previewOf } from './preview.ts';
import { choose, leaveOut, putInto, sessionStore } from './session.ts';
import { additionWords } from './words.ts';

const NEW = 'new';
const LEFT = 'left';

/** Tables the data may be of: those that have its columns, and the one that was chosen. */
function targetsOf(document: Document, survey: Survey, file: number, choice: TableChoice) {
  const table = survey.tables[file];
  if (table === undefined) return [];
  const names = table.profiles.map((profile) => profile.name);
  const fits = fittingTables(document, names, plainName(table.name));
  const options = fits.map(({ table: { id, name }, matched }) => ({
    value: id,
    label: name,
    hint: `${matched} of ${names.length} columns`,
  }));
  const chosen = choice.target === undefined ? undefined : recordIn(document, 'tables', choice.target);
  if (chosen !== undefined && !options.some((one) => one.value === chosen.id)) {
    const matched = names.length - unmapped(document, table, chosen).length;
    options.push({ value: chosen.id, label: chosen.name, hint: `${matched} of ${names.length} columns` });
  }
  const left = survey.tables.length > 1 ? [{ value: LEFT, label: 'Not added', hint: 'only looked at' }] : [];
  return [{ value: NEW, label: 'New table', hint: '' }, ...options, ...left];
}

/** The normal form that would be reached, and what breaks the next one. */
function Outcome({ preview, addition }: { readonly preview: Preview; readonly addition: Addition }) {
  const { problem, verdict, breach } = preview;
  if (problem !== undefined) {
    return (
      <p role="alert" className="min-w-0 truncate text-bad text-xs" title={problem}>
        {problem}
      </p>
    );
  }
  if (verdict === undefined) return null;
  if (verdict.byAssumption && addition.dependencies === 0) {
    return <p className="min-w-0 truncate text-ink-3 text-xs">Accept what is a rule: the normal form follows from it.</p>;
  }
  return (
    <p className="flex min-w-0 items-center gap-2 text-xs" aria-live="polite">
      <Pill tone={breach === undefined ? 'ok' : 'warn'}>{verdict.highest}</Pill>
      <span className="min-w-0 truncate text-ink-2" title={breach}>
        {breach === undefined ? 'with what is accepted' : `because of ${breach}`}
      </span>
    </p>
  );
}

/** Where it goes, what it would come to, and the button that does it. */
export function Footer({ survey }: { readonly survey: Survey }) {
  const document = useDocumentState((state) => state.document);
  const readOnly = useDocumentState((state) => state.readOnly);
  const { choices, file } = useStore(sessionStore);
  const choice = choices.tables[file];
  const addition = useMemo(() => additionOf(document, survey, choices, interactiveIds(), today()), [document, survey, choices]);
  const preview = useMemo(() => {
    // A tenth of a second is what a click may take.
    const end = performance.now() + 100;
    return previewOf(document, addition, file, { shouldStop: () => performance.now() > end });
  }, [document, addition, file]);
  if (choice === undefined) return null;
  const targets = targetsOf(document, survey, file, choice);
  const left = choice.left === true;
  const isNew = !left && (choice.target === undefined || recordIn(document, 'tables', choice.target) === undefined);
  const trouble = choices.tables
    .filter((one) => one.target === undefined && one.left !== true)
    .map((one) => nameTrouble(one.columns))
    .find((one) => one !== undefined);
  const nothing = addition.made.length === 0 && addition.calls.length === 0;
  const problem = readOnly ?? trouble ?? preview.problem;
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      {targets.length > 1 ? (
        <Select
          label="Table it goes to"
          value={left ? LEFT : isNew ? NEW : (choice.target ?? NEW)}
          options={targets}
          className="max-w-44"
          onValueChange={(target) => (target === LEFT ? leaveOut() : putInto(target === NEW ? undefined : target))}
        />
      ) : null}
      {isNew ? (
        <TextField
          label="Name of the new table"
          hideLabel
          mono
          boxClassName="w-44"
          value={choice.name}
          onCommit={(name) => choose(() => ({ name: name.trim() }))}
        />
      ) : null}
      <span className="min-w-0 flex-1">
        <Outcome preview={problem === undefined ? preview : { problem }} addition={addition} />
      </span>
      <Button onClick={leaveDiscover}>Cancel</Button>
      {isNew || left ? null : (
        <Button
          title="Distinct values, NULLs, ranges and frequent values become facts of the table"
          onClick={() => takeFacts(survey, choices)}
        >
          Take facts …
        </Button>
      )}
      <Button
        variant="primary"
        disabled={nothing || problem !== undefined}
        onClick={() => {
          const done = add(addition, survey);
          if (!done.ok) notify({ tone: 'bad', text: done.problem.message });
        }}
      >
        {additionWords(addition, survey.tables.length)}
      </Button>
    </div>
  );
}
