import type { ReactNode } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { tintOf } from '#paint/face.ts';
import { useResults } from '#state/hooks.ts';
import { chooseDatabase } from '#state/move.ts';
import { reveal } from '#state/view.ts';
import { Pill } from '#ui/Pill.tsx';
import { setRecord } from '../edit.ts';
import { Nothing, Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { countsOf, formHistogram, schemaCounts, severities } from '../logic/summary.ts';
import { showProblems } from '../show-problems.ts';
import { tintColour } from '../tint.ts';

const DIALECTS = (Object.keys(TRAITS) as Dialect[]).map((value) => ({ value, label: TRAITS[value].label }));

function Counts({ document }: { readonly document: Document }) {
  const counts = countsOf(document);
  if (counts.length === 0) return <Nothing>Nothing yet: draw a table on the canvas, or drop SQL on it.</Nothing>;
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(88px,1fr))] gap-x-3 gap-y-2">
      {counts.map(({ one, many, number }) => (
        <div key={one} className="flex min-w-0 flex-col-reverse justify-end">
          <dt className="text-[11.5px] leading-4 text-ink-2">{number === 1 ? one : (many ?? `${one}s`)}</dt>
          <dd className="text-[15px] leading-5 font-semibold tabular-nums">{number.toLocaleString('en-US')}</dd>
        </div>
      ))}
    </dl>
  );
}

function Findings() {
  const findings = useResults((state) => state.findings);
  const { error, warning, info } = severities(findings);
  if (error + warning + info === 0) return <Nothing>No problem found.</Nothing>;
  return (
    <button
      type="button"
      className="flex min-h-6 flex-wrap items-center gap-1.5 self-start rounded-md pointer-coarse:min-h-8"
      onClick={showProblems}
      aria-label="Show the problems"
    >
      {error > 0 ? <Pill tone="bad">{`${error} ${error === 1 ? 'error' : 'errors'}`}</Pill> : null}
      {warning > 0 ? <Pill tone="warn">{`${warning} ${warning === 1 ? 'warning' : 'warnings'}`}</Pill> : null}
      {info > 0 ? <Pill tone="plain">{`${info} hints`}</Pill> : null}
    </button>
  );
}

function Forms({ tables: count }: { readonly tables: number }) {
  const verdicts = useResults((state) => state.normalForms);
  const bars = formHistogram(verdicts);
  const most = Math.max(1, ...bars.map((bar) => bar.tables));
  if (count === 0) return <Nothing>No table to judge yet.</Nothing>;
  if (bars.length === 0) return <Nothing>Not worked out yet.</Nothing>;
  return (
    <dl className="grid grid-cols-[44px_minmax(0,1fr)] items-center gap-x-2 gap-y-1 text-xs">
      {bars.map(({ form, tables, assumed }) => (
        <Bar
          key={form}
          label={form}
          share={tables / most}
          note={
            assumed === 0 ? String(tables) : assumed === tables ? `${tables} by assumption` : `${tables}, ${assumed} by assumption`
          }
        />
      ))}
    </dl>
  );
}

function Bar({ label, share, note }: { readonly label: string; readonly share: number; readonly note: ReactNode }) {
  return (
    <>
      <dt className="font-semibold text-ink-2">{label}</dt>
      <dd className="flex min-w-0 items-center gap-2">
        <span
          aria-hidden
          className="h-2 shrink-0 rounded-full bg-accent/70"
          style={{ width: `${Math.max(3, Math.round(share * 45))}%` }}
        />
        <span className="truncate text-ink-2" title={typeof note === 'string' ? note : undefined}>
          {note}
        </span>
      </dd>
    </>
  );
}

function Schemas({ document }: { readonly document: Document }) {
  return (
    <ul className="flex min-w-0 flex-col">
      {schemaCounts(document).map(({ schema, tables }) => (
        <li key={schema.id} className="min-w-0">
          <button
            type="button"
            className="flex h-6.5 w-full min-w-0 items-center gap-2 rounded-md px-1 text-left text-[12.5px] hover:bg-sunken"
            onClick={() => reveal({ record: schema.id as Id }, 'inspector')}
          >
            <span
              aria-hidden
              className="size-2 shrink-0 rounded-[3px]"
              style={{ background: tintColour(tintOf(document, schema.id)) }}
            />
            <span className="min-w-0 truncate">{schema.name}</span>
            <span className="ml-auto text-xs text-ink-3">{tables}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the model is as a whole: shown when nothing is selected. */
export function ModelSummary({ document }: { readonly document: Document }) {
  const settings = document.settings['settings'];
  if (settings === undefined) return null;
  return (
    <div className="@container min-h-0 flex-1 overflow-y-auto">
      <Section title="Contents">
        <Counts document={document} />
      </Section>
      <Section title="Problems">
        <Findings />
      </Section>
      <Section title="Normal forms of the tables">
        <Forms tables={Object.keys(document.tables).length} />
      </Section>
      <Section title="Schemas">
        <Schemas document={document} />
      </Section>
      <Section title="Settings">
        <TextRow
          label="Name"
          value={settings.name}
          onCommit={(text) => (text.trim() === '' ? 'A name is needed.' : setRecord('settings', 'settings', { name: text.trim() }))}
        />
        <SelectRow
          label="Database"
          value={settings.dialect}
          options={DIALECTS}
          onCommit={(value) => {
            const dialect = value as Dialect;
            chooseDatabase(dialect, dialect === settings.dialect ? settings.version : DEFAULT_VERSION[dialect]);
            return undefined;
          }}
        />
        <SelectRow
          label="Version"
          value={String(settings.version)}
          options={[...new Set([...TRAITS[settings.dialect].versions, settings.version])]
            .sort((a, b) => b - a)
            .map((version) => ({ value: String(version), label: String(version) }))}
          onCommit={(version) => {
            chooseDatabase(settings.dialect, Number(version));
            return undefined;
          }}
        />
      </Section>
    </div>
  );
}
