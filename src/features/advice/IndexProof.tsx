import { useStore } from 'zustand';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import type { MeasuredProof, ProofSet, ProofVerdict, QueryProof } from '#engine/indexes/advise/proof.ts';
import { many, shortNumber } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { cancelProof, measureAdvice, proofStore } from '#state/proof.ts';
import { Button } from '#ui/Button.tsx';
import { Pill, type PillProps } from '#ui/Pill.tsx';
import { Progress } from '#ui/Progress.tsx';
import { Failed } from './Begin.tsx';
import { CostBar, type SetName } from './CostBar.tsx';
import { type CostScale, shareScale } from './cost-scale.ts';
import { Block } from './IndexDetail.tsx';
import { type AnyIndex, indexNames, queryName, tableName } from './words.ts';

const VERDICTS: Readonly<Record<ProofVerdict, { readonly tone: PillProps['tone']; readonly label: string }>> = {
  agrees: { tone: 'ok', label: 'measured: agrees' },
  disagrees: { tone: 'bad', label: 'measured: disagrees' },
  'too-small': { tone: 'assume', label: 'measured: too small to tell' },
  'not-run': { tone: 'plain', label: 'not measured' },
};

const TONE_OF: Readonly<Record<ProofSet['kind'], SetName>> = { now: 'now', advised: 'advised', loser: 'none' };

/** The proofs that say something of an index: of the queries that it serves, or would have. */
function proofsOf({ queries, sets }: MeasuredProof, index: AnyIndex): readonly QueryProof[] {
  const served = new Set(index.reasons.flatMap(({ query }) => query ?? []));
  if (Object.hasOwn(index, 'gains'))
    for (const { query } of (index as { gains: readonly { query: string }[] }).gains) served.add(query);
  const own = new Set(sets.filter(({ loser }) => loser === index.id).map(({ id }) => id));
  return queries.filter(
    ({ query, runs }) => served.has(query) || runs.some(({ set, uses }) => own.has(set) || uses.includes(index.id)),
  );
}

/** The verdict over all queries of an index, the worst counting most. */
function overall(proofs: readonly QueryProof[]): ProofVerdict {
  return (['disagrees', 'agrees', 'too-small'] as const).find((one) => proofs.some(({ verdict }) => verdict === one)) ?? 'not-run';
}

interface RunsProps {
  readonly one: QueryProof;
  readonly proof: MeasuredProof;
  readonly names: ReadonlyMap<string, string>;
  readonly scale: CostScale;
}

/** Pages that a query touched with one set of indexes and another. */
function Runs({ one, proof, names, scale }: RunsProps) {
  return one.runs.map(({ set, buffers }) => {
    const of = proof.sets.find(({ id }) => id === set);
    if (of === undefined) return null;
    const label =
      of.kind === 'now'
        ? 'Existing'
        : of.kind === 'advised'
          ? 'Advised'
          : `With ${names.get(of.loser ?? '') ?? 'the closest loser'}`;
    return <CostBar key={set} set={TONE_OF[of.kind]} label={label} labelClass="w-40 truncate" cost={buffers} scale={scale} />;
  });
}

function Measured({
  document,
  advice,
  index,
  proof,
}: Omit<IndexProofProps, 'index'> & { readonly index: AnyIndex; readonly proof: MeasuredProof }) {
  const names = indexNames(advice);
  const proofs = proofsOf(proof, index);
  const rows = proof.sample.filter(({ table }) => table === index.table);
  if (proofs.length === 0)
    return <p className="text-xs text-ink-2">None of the queries that were run has to do with this index.</p>;
  return (
    <div className="flex flex-col gap-3 text-xs leading-[18px]">
      {proofs.map((one) => (
        <div key={one.query} className="flex flex-col gap-1">
          <span className="flex items-center gap-2">
            <span className="min-w-0 truncate font-medium">{queryName(document, one.query)}</span>
            <Pill tone={VERDICTS[one.verdict].tone}>{VERDICTS[one.verdict].label}</Pill>
            <span className="ml-auto shrink-0 text-[11px] text-ink-3">pages touched</span>
          </span>
          <Runs one={one} proof={proof} names={names} scale={shareScale(Math.max(1, ...one.runs.map(({ buffers }) => buffers)))} />
          <p className="text-ink-2">{one.words}</p>
          {one.values.length === 0 ? null : (
            <p className="text-ink-3">{one.values.map(({ name, sql, words }) => `${name} = ${sql} (${words})`).join(', ')}</p>
          )}
        </div>
      ))}
      <p className="text-ink-3">
        PostgreSQL {proof.version}, on generated rows
        {rows.map(
          ({ table, rows: made, declared }) => `: ${shortNumber(made)} of ${tableName(document, table)}’s ${shortNumber(declared)}`,
        )}
        {proof.left.length === 0 ? '' : `; ${many(proof.left.length, 'table')} stayed empty`}.
      </p>
    </div>
  );
}

export interface IndexProofProps {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly index: AnyIndex;
}

/** What running the queries on generated rows says of an index, and how to have it run. */
export function IndexProof({ document, advice, index }: IndexProofProps) {
  const { of, working, proof, problem } = useStore(proofStore);
  const mine = of === advice;
  const verdict = mine && proof !== undefined ? VERDICTS[overall(proofsOf(proof, index))] : undefined;
  const canMeasure = advice.basis.kind === 'planner';
  return (
    <Block
      icon="Calculator"
      title="Measured"
      end={
        <>
          {verdict === undefined ? null : <Pill tone={verdict.tone}>{verdict.label}</Pill>}
          {!canMeasure || (mine && working !== undefined) ? null : (
            <Button size="sm" onClick={() => void measureAdvice()}>
              {mine && proof !== undefined ? 'Measure again' : 'Measure'}
            </Button>
          )}
        </>
      }
    >
      {mine && working !== undefined ? (
        <div className="flex items-center gap-3 text-xs">
          <span className="w-52 truncate first-letter:uppercase" aria-live="polite">
            {working.what} …
          </span>
          <Progress done={working.done} label="Measuring" />
          <Button size="sm" variant="ghost" onClick={cancelProof}>
            Cancel
          </Button>
        </div>
      ) : mine && problem !== undefined ? (
        <Failed problem={problem} />
      ) : mine && proof !== undefined ? (
        <Measured document={document} advice={advice} index={index} proof={proof} />
      ) : (
        <p className="text-xs leading-[18px] text-ink-2">
          {canMeasure
            ? 'Costs are estimates. Measuring makes rows that are like the facts, runs every query with and without the advice, and counts the pages it touches.'
            : 'No engine of this database runs in a browser: costs cannot be measured here.'}
        </p>
      )}
    </Block>
  );
}
