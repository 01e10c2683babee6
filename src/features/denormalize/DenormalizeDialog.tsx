import { useStore } from 'zustand';
import { denormalizeStore } from '#state/denormalize.ts';
import { documentStore } from '#state/document.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Segments } from '#ui/Segments.tsx';
import { TextField } from '#ui/TextField.tsx';
import { accept, dismiss, takeBack } from './apply.ts';
import { LoadGrid } from './LoadGrid.tsx';
import { ProposalDetail } from './ProposalDetail.tsx';
import { ProposalList } from './ProposalList.tsx';
import { useAdvice } from './use-advice.ts';
import { KEPT_BY } from './words.ts';

const close = () => openDialog(undefined);

type Work = ReturnType<typeof useAdvice>;

/** How the chosen proposal is kept, and why. */
function Settle({ work }: { readonly work: Work }) {
  const { proposal, choice, settle, noSlots } = work;
  if (proposal === undefined || choice === undefined) return null;
  const marked = proposal.idea.kind === 'mark';
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 border-line border-t bg-sunken/50 px-5 py-2.5">
      {marked ? null : (
        <div className="flex flex-col gap-1">
          <span className="text-xs text-ink-2">Kept by</span>
          <Segments
            label="Kept by"
            value={choice.keeper}
            segments={proposal.keepers.map(({ keeper, refused }) => ({
              value: keeper,
              label: KEPT_BY[keeper],
              disabled: refused !== undefined,
              ...(refused === undefined ? {} : { title: refused }),
            }))}
            onValueChange={(keeper) => settle({ keeper })}
          />
        </div>
      )}
      {proposal.idea.kind !== 'counter' ? null : (
        <span title={noSlots} className="pb-1.5">
          <Checkbox
            label="In slots"
            checked={choice.slots === true && noSlots === undefined}
            disabled={noSlots !== undefined}
            onCheckedChange={(slots) => settle({ slots })}
          />
        </span>
      )}
      <TextField
        label="Reason"
        boxClassName="min-w-44 flex-1"
        placeholder="Shown on every page, changes seldom"
        value={choice.reason}
        onChange={(reason) => settle({ reason })}
      />
      {choice.keeper === 'trigger' || marked ? null : (
        <TextField
          label="May lag behind by"
          boxClassName="w-32"
          placeholder="not at all"
          value={choice.staleness ?? ''}
          onChange={(staleness) => settle({ staleness })}
        />
      )}
    </div>
  );
}

function Nothing({ given }: { readonly given: boolean }) {
  return given ? (
    <EmptyState
      icon="CircleCheck"
      title="Nothing pays"
      text="By these figures every copy would cost more than it spares. The tables are fine as they are."
    />
  ) : (
    <EmptyState
      icon="Copy"
      title="No advice without a reason"
      text="Say how often tables are read and written, and how often they are read together. Copies are proposed where they spare much more than they cost."
    />
  );
}

/** Redundancy that would pay: the figures, the proposals, and one of them in full. */
export function DenormalizeDialog() {
  const document = useStore(documentStore, (state) => state.document);
  const table = useStore(denormalizeStore, (state) => state.table);
  const given = useStore(denormalizeStore, (state) => state.given);
  const work = useAdvice(document);
  const { proposal, planned, choice } = work;
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const problem = planned?.ok === false ? planned.problem.message : undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title="Denormalize"
      description="Copies that spare more than they cost, each with what keeps it equal and a query that finds what is not: one undo step."
      size="2xl"
      flush
    >
      <div className="flex min-h-0 flex-1">
        <LoadGrid
          document={document}
          load={work.load}
          said={work.said}
          table={table}
          onTable={(id) => denormalizeStore.setState({ table: id })}
        />
        {work.open.length + work.dismissed.length === 0 ? null : (
          <ProposalList
            proposals={work.open}
            chosen={proposal?.id}
            dismissed={work.dismissed}
            onChoose={work.choose}
            onTakeBack={takeBack}
          />
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          {proposal === undefined ? (
            <Nothing given={Object.keys(given.tables).length + given.joins.length > 0} />
          ) : (
            <>
              <ProposalDetail
                key={proposal.id}
                proposal={proposal}
                dialect={dialect}
                planned={planned}
                byTriggers={choice?.keeper === 'trigger'}
              />
              <Settle work={work} />
            </>
          )}
        </div>
      </div>
      <footer className="flex items-center justify-end gap-2 border-line border-t px-5 py-3">
        <p role="status" className="mr-auto min-w-0 truncate text-xs text-ink-2" title={problem}>
          {problem ?? `${work.open.length} ${work.open.length === 1 ? 'proposal' : 'proposals'}`}
        </p>
        {proposal === undefined ? null : <Button onClick={() => dismiss(proposal, choice?.reason ?? '')}>Dismiss</Button>}
        <Button onClick={close}>Close</Button>
        <Button variant="primary" disabled={planned?.ok !== true} onClick={() => planned?.ok === true && accept(planned.value)}>
          Accept
        </Button>
      </footer>
    </Dialog>
  );
}
