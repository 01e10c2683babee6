import { useState } from 'react';
import type { Patch } from '#model/patch.ts';
import type { Document, Id, View } from '#model/types.ts';
import { orNull, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { ParametersRow } from '../fields/ParametersRow.tsx';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { InspectorTabs } from '../InspectorTabs.tsx';
import { IndexesTab } from '../table/IndexesTab.tsx';
import { StatedFields } from './common.tsx';
import { SchemaRow } from './SchemaRow.tsx';
import { SqlPanel } from './SqlPanel.tsx';

export interface ViewInspectorProps {
  readonly document: Document;
  readonly view: View;
  readonly part: Id | undefined;
}

type Set = (patch: Patch<View>) => string | undefined;

function Definition({ document, view, set }: { readonly document: Document; readonly view: View; readonly set: Set }) {
  return (
    <Section title="Definition">
      <SqlRow
        label="Query"
        stacked
        kind="query"
        rows={6}
        value={view.query}
        onCommit={(text) => (text.trim() === '' ? 'A view needs its query.' : set({ query: text.trim().replace(/;\s*$/, '') }))}
      />
      <ChipsRow
        label="Column names"
        ordered
        chips={(view.columns ?? []).map((name) => ({ id: name, label: name }))}
        placeholder="those of the query"
        onCommit={(columns) => set({ columns: columns.length === 0 ? null : columns })}
      />
      <SchemaRow document={document} collection="views" record={view} />
    </Section>
  );
}

function Options({ view, set }: { readonly view: View; readonly set: Set }) {
  const materialized = view.materialized === true;
  return (
    <Section title="Options">
      <CheckRow
        label="Materialized: the rows are stored"
        checked={materialized}
        onCommit={(on) =>
          set(
            on
              ? { materialized: true, recursive: null, temporary: null, checkOption: null }
              : { materialized: null, withNoData: null, accessMethod: null, tablespace: null, facts: null },
          )
        }
      />
      {materialized ? (
        <>
          <CheckRow
            label="Created empty (WITH NO DATA)"
            checked={view.withNoData === true}
            onCommit={(on) => set({ withNoData: on ? true : null })}
          />
          <TextRow
            label="Access method"
            value={view.accessMethod}
            mono
            placeholder="heap"
            onCommit={(text) => set({ accessMethod: orNull(text) })}
          />
          <TextRow
            label="Tablespace"
            value={view.tablespace}
            mono
            placeholder="of the database"
            onCommit={(text) => set({ tablespace: orNull(text) })}
          />
        </>
      ) : (
        <>
          <CheckRow label="Recursive" checked={view.recursive === true} onCommit={(on) => set({ recursive: on ? true : null })} />
          <CheckRow label="Temporary" checked={view.temporary === true} onCommit={(on) => set({ temporary: on ? true : null })} />
          <SelectRow
            label="Check option"
            value={view.checkOption ?? 'none'}
            options={[
              { value: 'none', label: 'none' },
              { value: 'local', label: 'local', hint: 'rows it shows' },
              { value: 'cascaded', label: 'cascaded', hint: 'and those below' },
            ]}
            onCommit={(value) => set({ checkOption: value === 'none' ? null : value })}
          />
        </>
      )}
      <ParametersRow
        label="Options"
        parameters={view.options}
        placeholder={materialized ? 'fillfactor=90' : 'security_invoker=true'}
        onCommit={(options) => set({ options })}
      />
    </Section>
  );
}

function ColumnComments({ view, set }: { readonly view: View; readonly set: Set }) {
  const known = view.columnComments ?? [];
  const names = [...new Set([...(view.columns ?? []), ...known.map((one) => one.column)])];
  if (names.length === 0) return null;
  const put = (column: string, text: string) => {
    const rest = known.filter((one) => one.column !== column);
    const next = text.trim() === '' ? rest : [...rest, { column, comment: text.trim() }];
    return set({ columnComments: next.length === 0 ? null : next });
  };
  return (
    <Section title="Columns">
      {names.map((name) => (
        <AreaRow
          key={name}
          label={name}
          value={known.find((one) => one.column === name)?.comment}
          onCommit={(text) => put(name, text)}
        />
      ))}
    </Section>
  );
}

/** A view or materialized view. */
export function ViewInspector({ document, view, part }: ViewInspectorProps) {
  const [tab, setTab] = useState<'view' | 'indexes' | 'sql'>('view');
  const set: Set = (patch) => setRecord('views', view.id, patch);
  const indexes =
    view.materialized === true
      ? [{ value: 'indexes' as const, label: 'Indexes', panel: () => <IndexesTab document={document} owner={view} part={part} /> }]
      : [];
  return (
    <InspectorTabs
      label={`View ${view.name}`}
      value={tab}
      onChange={setTab}
      tabs={[
        {
          value: 'view',
          label: 'View',
          panel: () => (
            <>
              <Definition document={document} view={view} set={set} />
              <Options view={view} set={set} />
              <ColumnComments view={view} set={set} />
              <StatedFields collection="views" record={view} />
            </>
          ),
        },
        ...indexes,
        { value: 'sql', label: 'SQL', panel: () => <SqlPanel record={view.id} /> },
      ]}
    />
  );
}
