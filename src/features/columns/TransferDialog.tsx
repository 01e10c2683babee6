import { useMemo, useState } from 'react';
import { SuggestInput, tableChoices } from '#features/inspector/index.ts';
import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { interactiveIds } from '#state/document.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { type PendingTransfer, stopAsking } from './asking.ts';
import { doTransfer } from './do-transfer.ts';
import { planTransfer } from './transfer.ts';

const SHOWN = 8;

function List({ title, lines, tone }: { readonly title: string; readonly lines: readonly string[]; readonly tone?: string }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={`text-xs font-semibold ${tone ?? 'text-ink-2'}`}>{title}</h3>
      <ul className="mt-0.5">
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line} className="truncate pl-2">
            {line}
          </li>
        ))}
        {lines.length > SHOWN ? <li className="pl-2 text-ink-3">and {lines.length - SHOWN} more</li> : null}
      </ul>
    </section>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

/** Asks which table columns go to, and says what comes along and what is given up before it is done. */
export function TransferDialog({ pending }: { readonly pending: PendingTransfer }) {
  const document = useDocumentState((state) => state.document);
  const [to, setTo] = useState<Id | undefined>(pending.to);
  const [text, setText] = useState('');
  const [failed, setFailed] = useState<string | undefined>();
  const from = recordIn(document, 'tables', pending.from);
  const plan = useMemo(
    () => (to === undefined ? undefined : planTransfer(document, { ...pending, to }, interactiveIds())),
    [document, pending, to],
  );
  const choices = useMemo(
    () => tableChoices(document, from?.schema ?? '').filter((one) => pending.copy || one.id !== pending.from),
    [document, from, pending],
  );
  const names = from?.columns.filter(({ id }) => pending.columns.includes(id)).map(({ name }) => name) ?? [];
  const verb = pending.copy ? 'Copy' : 'Move';
  const choose = (typed: string) => {
    const found = choices.find((one) => one.text === typed.trim());
    if (found === undefined) return setFailed(`There is no table ${typed.trim()} to choose.`);
    const planned = planTransfer(document, { ...pending, to: found.id }, interactiveIds());
    if (planned.ok && planned.value.lost.length === 0) return setFailed(doTransfer(found.id, planned.value));
    setFailed(planned.ok ? undefined : planned.problem.message);
    return setTo(found.id);
  };
  const problem = failed ?? (plan?.ok === false ? plan.problem.message : undefined);
  const target = to === undefined ? undefined : recordIn(document, 'tables', to)?.name;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : stopAsking())}
      size="sm"
      title={`${verb} ${names.length === 1 ? `column ${names[0]}` : `${names.length} columns`} to ${target ?? 'another table'}`}
      description={names.length === 1 ? `From ${from?.name ?? ''}.` : `From ${from?.name ?? ''}: ${names.join(', ')}.`}
      footer={
        <>
          <Button onClick={stopAsking}>Cancel</Button>
          <Button
            variant="primary"
            autoFocus={pending.to !== undefined}
            disabled={plan?.ok !== true}
            onClick={() => {
              if (to !== undefined && plan?.ok === true) setFailed(doTransfer(to, plan.value));
            }}
          >
            {plan?.ok === true && plan.value.lost.length > 0 ? `${verb} all the same` : verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {pending.to !== undefined ? null : (
          <SuggestInput
            label="Table they go to"
            text={text}
            commitChoice
            inputRef={focusOnce}
            invalid={problem !== undefined}
            placeholder="Type a table’s name"
            suggest={(typed) => {
              const query = typed.trim().toLowerCase();
              const options = choices.filter((one) => one.text.toLowerCase().includes(query));
              return { start: 0, end: typed.length, options: options.map((one) => ({ text: one.text, note: one.key })) };
            }}
            onChange={(next) => {
              setText(next);
              setFailed(undefined);
              setTo(choices.find((one) => one.text === next.trim())?.id);
            }}
            onCommit={choose}
            onCancel={stopAsking}
          />
        )}
        {problem === undefined ? null : (
          <p role="alert" className="text-bad text-xs">
            {problem}
          </p>
        )}
        {plan?.ok === true ? (
          <>
            <List title="Comes along" lines={plan.value.along} />
            <List title="Gets another name" lines={plan.value.renamed.map((one) => `${one.from} becomes ${one.to}`)} />
            <List title="Is given up" lines={plan.value.lost} tone="text-warn" />
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
