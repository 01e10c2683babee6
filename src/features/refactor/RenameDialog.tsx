import { useMemo, useState } from 'react';
import { documentStore, run } from '#state/document.ts';
import { sqlParser } from '#state/names-in-sql.ts';
import { notify } from '#state/notices.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { conflictsOf, type Proposal } from './names/conflicts.ts';
import { ProposalList } from './names/ProposalList.tsx';
import { RuleForm } from './names/RuleForm.tsx';
import { NO_RULE } from './names/rules.ts';
import { type NameKind, type Scope, targetsOf } from './names/targets.ts';
import { useProposals } from './names/use-proposals.ts';

/** Renames as one undo step, with every SQL text that names what is renamed. */
async function apply(proposals: readonly Proposal[]): Promise<void> {
  const label =
    proposals.length === 1 ? `Rename ${proposals[0]?.name} to ${proposals[0]?.to}` : `Rename ${proposals.length} things`;
  try {
    const [parser, { renameManyCalls }] = await Promise.all([sqlParser(), import('#engine/sql/expressions.ts')]);
    const { document } = documentStore.getState();
    const renames = proposals.map(({ ref, to }) => ({ ref, name: to }));
    const { calls, left } = renameManyCalls(document, parser, renames, label);
    const ran = run(calls, label);
    if (!ran.ok) {
      notify({ tone: 'bad', text: ran.problem.message });
      return;
    }
    openDialog(undefined);
    const said =
      left.length === 0
        ? ''
        : ` ${left.length === 1 ? 'One text' : `${left.length} texts`} may still say an old name. ${left[0]?.why ?? ''}`;
    notify({ tone: left.length === 0 ? 'ok' : 'warn', text: `${label}: done.${said}` });
  } catch (error) {
    notify({ tone: 'bad', text: `PostgreSQL's parser could not be loaded (${String(error)}): nothing was renamed.` });
  }
}

/** Names of many things at once: what is renamed and how on the left, old and new names on the right. */
export function RenameDialog() {
  const document = useMemo(() => documentStore.getState().document, []);
  const selection = useMemo(() => viewStore.getState().selection, []);
  const [scope, setScope] = useState<Scope>(() => ({ kind: selection.length > 0 ? 'selection' : 'all' }));
  const [kinds, setKinds] = useState<ReadonlySet<NameKind>>(() => new Set(['table', 'column']));
  const [rule, setRule] = useState(NO_RULE);
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(() => new Set());
  const targets = useMemo(() => targetsOf(document, { scope, kinds, selection }), [document, scope, kinds, selection]);
  const { proposals, problem, busy } = useProposals(targets, rule);
  const chosen = useMemo(
    () => new Set(proposals.filter((one) => !excluded.has(one.key)).map((one) => one.key)),
    [proposals, excluded],
  );
  const conflicts = useMemo(() => conflictsOf(document, proposals, chosen), [document, proposals, chosen]);
  const ready = proposals.filter((one) => chosen.has(one.key) && !conflicts.has(one.key));
  const blocked = proposals.filter((one) => chosen.has(one.key) && conflicts.has(one.key)).length;
  const exclude = (key: string, out: boolean) => {
    const next = new Set(excluded);
    if (out) next.add(key);
    else next.delete(key);
    setExcluded(next);
  };
  const said = `${proposals.length} of ${targets.length} names change${blocked === 0 ? '' : `, ${blocked} in conflict are left out`}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) openDialog(undefined);
      }}
      title="Rename many"
      description="What refers to a name follows it, inside SQL too: one undo step."
      size="xl"
      flush
      footer={
        <>
          <span role="status" className="mr-auto text-xs text-ink-2">
            {said}
          </span>
          <Button onClick={() => openDialog(undefined)}>Cancel</Button>
          <Button variant="primary" disabled={ready.length === 0} onClick={() => void apply(ready)}>
            {ready.length === 0 ? 'Rename' : `Rename ${ready.length}`}
          </Button>
        </>
      }
    >
      <form
        className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[minmax(0,auto)_minmax(0,1fr)] min-[860px]:grid-cols-[320px_minmax(0,1fr)] min-[860px]:grid-rows-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready.length > 0) void apply(ready);
        }}
      >
        <div className="flex min-h-0 flex-col gap-4 overflow-y-auto border-line border-r px-5 py-4">
          <RuleForm
            document={document}
            hasSelection={selection.length > 0}
            scope={scope}
            onScope={setScope}
            kinds={kinds}
            onKinds={setKinds}
            rule={rule}
            onRule={setRule}
            problem={problem?.message}
          />
        </div>
        <div className="flex min-h-0 flex-col bg-surface">
          {busy ? (
            <div className="grid h-24 place-items-center">
              <Spinner label="Looking for the expression" size={18} />
            </div>
          ) : proposals.length === 0 ? (
            <p className="px-4 py-6 text-center text-xs text-ink-3">No name changes yet: say on the left how they should.</p>
          ) : (
            <ProposalList proposals={proposals} conflicts={conflicts} excluded={excluded} onExclude={exclude} />
          )}
        </div>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
