import type { ReactNode } from 'react';
import type { BreachFact, Comparison, HomeFact } from '#engine/decompose/comparison-types.ts';
import { lostDependencySql } from '#engine/decompose/lost-sql.ts';
import { AnomalyList, EvidenceRows } from '#features/inspector/index.ts';
import type { Document, Table } from '#model/types.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Tableau } from './Tableau.tsx';
import type { Chosen } from './use-choice.ts';
import { breachTitle, breachWords, factText, homeWords, listed, type NameOf, setText } from './words.ts';

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="text-[13px] font-semibold">{title}</h3>
      {children}
    </section>
  );
}

interface BreachProps {
  readonly document: Document;
  readonly table: Table;
  readonly breach: BreachFact;
  readonly nameOf: NameOf;
  readonly first: boolean;
}

function Breach({ document, table, breach, nameOf, first }: BreachProps) {
  const fourth = breach.form === '4NF';
  return (
    <article className="rounded-lg border border-line bg-surface px-3 py-2.5 text-xs leading-[19px]">
      <h4 className="mb-1 flex flex-wrap items-center gap-2 font-semibold">
        {breachTitle(breach)}
        <span className="font-mono font-normal text-ink-2">{factText(breach, nameOf, fourth ? '↠' : '→')}</span>
        {breach.accepted === true ? <Pill tone="ok">accepted</Pill> : null}
      </h4>
      <p className="font-mono text-[11.5px] [overflow-wrap:anywhere]">
        {setText(breach.determinant, nameOf)}⁺ = {setText(breach.closure, nameOf)}
        {breach.derivation.length === 0 ? null : (
          <span className="text-ink-3"> by {breach.derivation.map((one) => factText(one, nameOf)).join(', then ')}</span>
        )}
      </p>
      {breachWords(breach, nameOf).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div className="mt-1.5 flex flex-col gap-2 border-line border-t pt-1.5">
        <AnomalyList anomaly={breach.anomaly} />
        {fourth ? null : (
          <EvidenceRows
            document={document}
            table={table}
            determinant={breach.determinant}
            dependent={breach.dependent}
            open={first}
          />
        )}
      </div>
    </article>
  );
}

interface HomesProps {
  readonly document: Document;
  readonly table: Table;
  readonly chosen: Chosen;
}

function LostSql({ document, table, chosen, home }: HomesProps & { readonly home: HomeFact }) {
  const sql = lostDependencySql(document, table, chosen.plan.proposal, chosen.names, home);
  if (sql === undefined) return null;
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-accent">Triggers that keep it</summary>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too
        tabIndex={0}
        className="mt-1 max-h-64 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-[11px] leading-[17px]"
      >
        {sql}
      </pre>
    </details>
  );
}

function Homes(props: HomesProps) {
  const { nameOf, names, plan } = props.chosen;
  return (
    <table className="w-full table-fixed border-collapse overflow-hidden rounded-lg border border-line bg-surface text-xs">
      <thead className="bg-sunken text-left text-ink-2">
        <tr>
          <th scope="col" className="w-[34%] px-3 py-1 font-medium">
            Dependency
          </th>
          <th scope="col" className="px-3 py-1 font-medium">
            Checked
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.homes.map((home) => (
          <tr key={factText(home, nameOf)} className="border-line border-t align-top">
            <th scope="row" className="px-3 py-1.5 text-left font-mono text-[11.5px] font-normal [overflow-wrap:anywhere]">
              {factText(home, nameOf)}
            </th>
            <td className="px-3 py-1.5">
              <span className="flex items-start gap-1.5">
                <Icon
                  name={home.kind === 'lost' ? 'TriangleAlert' : 'Check'}
                  size={13}
                  className={`mt-0.5 shrink-0 ${home.kind === 'lost' ? 'text-warn' : 'text-ok'}`}
                />
                {homeWords(home, names, nameOf)}
              </span>
              {home.kind === 'lost' ? <LostSql {...props} home={home} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Merges({ chosen }: { readonly chosen: Chosen }) {
  const { plan, nameOf } = chosen;
  return (
    <ol className="ml-5 flex list-decimal flex-col gap-1 text-xs leading-[18px]">
      {plan.join.merges.map(({ one, other, shared }) => (
        <li key={`${one.join()}/${other.join()}`}>
          {setText(one, nameOf)} and {setText(other, nameOf)} join by {listed(shared.map(nameOf)) || 'nothing'}: for one such value
          the rest of the one combines freely with the rest of the other, so the join adds no rows.
        </li>
      ))}
    </ol>
  );
}

interface ProofViewProps extends Omit<HomesProps, 'chosen'> {
  readonly comparison: Comparison;
  readonly chosen: Chosen | undefined;
  readonly nameOf: NameOf;
}

/** Why the table is not in a higher form; why the chosen plan loses no rows; where each dependency is checked after it. */
export function ProofView({ document, table, comparison, chosen, nameOf }: ProofViewProps) {
  const { breaches, columns, open } = comparison;
  return (
    <div className="flex flex-col gap-5">
      {open === undefined ? null : <p className="text-xs text-warn">Not everything was worked out: {open}.</p>}
      <Part title={`What is wrong with ${table.name}`}>
        {breaches.length === 0 ? (
          <p className="text-xs text-ink-2">Nothing that is declared breaks a normal form.</p>
        ) : (
          breaches.map((breach, at) => (
            <Breach
              key={`${breach.form}/${factText(breach, nameOf)}`}
              document={document}
              table={table}
              breach={breach}
              nameOf={nameOf}
              first={at === 0}
            />
          ))
        )}
      </Part>
      {chosen === undefined ? null : (
        <>
          <Part title="The join gives back the old rows">
            {chosen.plan.join.merges.length > 0 ? (
              <Merges chosen={chosen} />
            ) : (
              <Tableau key={chosen.kind} join={chosen.plan.join} columns={columns} names={chosen.names} nameOf={nameOf} />
            )}
          </Part>
          <Part title="Where each dependency is checked">
            <Homes document={document} table={table} chosen={chosen} />
          </Part>
        </>
      )}
    </div>
  );
}
