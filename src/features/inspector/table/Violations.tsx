import type { ReactNode } from 'react';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { Pill } from '#ui/Pill.tsx';
import { Section } from '../fields/Section.tsx';
import { multivaluedProof, type Proof, proofOf } from '../logic/proof-words.ts';
import { AnomalyList, EvidenceRows } from './Anomalies.tsx';

interface ViolationsProps {
  readonly document: Document;
  readonly table: Table;
  readonly verdict: Verdict;
}

function ProofBox({
  proof,
  accepted,
  children,
}: {
  readonly proof: Proof;
  readonly accepted: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <Section title={proof.title} end={accepted ? <Pill tone="ok">accepted</Pill> : undefined}>
      <div className="rounded-[7px] border border-line bg-sunken px-2.5 py-2 text-xs leading-[19px] [overflow-wrap:anywhere]">
        <p className="font-mono text-[11.5px]">{proof.closure}</p>
        {proof.derivation.length === 0 ? null : (
          <p className="text-ink-2">
            by <span className="font-mono text-[11.5px]">{proof.derivation.join(', then ')}</span>
          </p>
        )}
        {proof.because.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <AnomalyList anomaly={proof.anomaly} />
      {children}
      <p className="text-xs leading-[18px] text-ink-2">
        {accepted ? 'This redundancy is accepted: it is no problem.' : proof.todo}
      </p>
    </Section>
  );
}

/** Each dependency that breaks a normal form, with its proof and what goes wrong, in words and in rows. */
export function Violations({ document, table, verdict }: ViolationsProps) {
  const name = (id: Id) => columnOf(document, table, id)?.name ?? '?';
  return (
    <>
      {verdict.violations.map((violation, at) => {
        const { form, determinant, dependent, accepted = false } = violation;
        return (
          <ProofBox
            key={`${form}/${determinant.join()}/${dependent.join()}`}
            proof={proofOf(table, verdict, violation, name)}
            accepted={accepted}
          >
            <EvidenceRows document={document} table={table} determinant={determinant} dependent={dependent} open={at === 0} />
          </ProofBox>
        );
      })}
      {(verdict.multivalued ?? []).map((one) => (
        <ProofBox key={one.dependency} proof={multivaluedProof(one, table, name)} accepted={false} />
      ))}
    </>
  );
}
