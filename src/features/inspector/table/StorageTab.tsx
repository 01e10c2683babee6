import { type TableFact, tableCell } from '#engine/facts/cells.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { recordIn } from '#model/collections.ts';
import { columnNames, columnsOf } from '#model/derive/columns.ts';
import type { Patch } from '#model/patch.ts';
import type { Partitioning } from '#model/table-parts.ts';
import type { Id, Table } from '#model/types.ts';
import { sayFacts } from '#state/facts.ts';
import { reveal } from '#state/view.ts';
import { edit, orNull, setRecord } from '../edit.ts';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { ParametersRow } from '../fields/ParametersRow.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { elementText, readElement } from '../logic/element-text.ts';
import { partitionsOf, usualBound } from '../logic/partitions.ts';
import { tableChoices } from '../logic/table-choices.ts';
import { AddPartition } from './AddPartition.tsx';
import type { TabProps } from './KeysTab.tsx';

type Set = (patch: Patch<Table>) => string | undefined;

function Facts({ document, table }: Pick<TabProps, 'document' | 'table'>) {
  const known = knownFacts(document).get(table.id);
  if (known === undefined) return null;
  const row = (fact: TableFact, label: string, example: string) => {
    const cell = tableCell(known, table.facts, fact);
    return (
      <TextRow
        label={label}
        value={cell.declared ? cell.exact : undefined}
        placeholder={cell.guess === undefined ? `unknown; ${example}` : `≈ ${cell.shown}: ${cell.guess}`}
        inputMode="decimal"
        onCommit={(text) => sayFacts([{ table: table.id, fact, text }])[0]?.message}
      />
    );
  };
  return (
    <Section title="Size">
      {row('rows', 'Rows', '4.2M')}
      {row('growth', 'Rows a month', '200k')}
      {row('bytes', 'Bytes', '40 GB')}
    </Section>
  );
}

function PartitionKey({ document, table, set }: Omit<TabProps, 'part'> & { readonly set: Set }) {
  const { partitioning } = table;
  const columns = columnsOf(document, table);
  const name = (id: Id) => columnNames(document, table, [id])[0];
  const first = columns[0];
  const strategy = (value: Partitioning['strategy'] | 'none') => {
    if (value === 'none') return set({ partitioning: null });
    if (partitioning !== undefined) return set({ partitioning: { ...partitioning, strategy: value } });
    return first === undefined
      ? 'Partitioning needs a column.'
      : set({ partitioning: { strategy: value, elements: [{ column: first.id }] } });
  };
  return (
    <>
      <SelectRow
        label="Partitioned"
        value={partitioning?.strategy ?? 'none'}
        options={[
          { value: 'none', label: 'no' },
          { value: 'range', label: 'by range', hint: 'dates, numbers' },
          { value: 'list', label: 'by list', hint: 'regions, tenants' },
          { value: 'hash', label: 'by hash', hint: 'even shares' },
        ]}
        onCommit={strategy}
      />
      {partitioning === undefined ? null : (
        <ChipsRow
          label="By"
          ordered
          chips={partitioning.elements.map((element, at) => ({
            id: elementText(element, name) || `?${at}`,
            label: elementText(element, name),
          }))}
          onCommit={(texts) => {
            const elements: Partitioning['elements'][number][] = [];
            for (const text of texts) {
              const known = partitioning.elements.find((element) => elementText(element, name) === text);
              const read = readElement(text, columns, false);
              if (known === undefined && !read.ok) return read.problem.message;
              elements.push(known ?? (read.ok ? read.value : {}));
            }
            return elements.length === 0
              ? 'Partitioning needs a column or an expression.'
              : set({ partitioning: { ...partitioning, elements } });
          }}
        />
      )}
    </>
  );
}

function Partitions({ document, table }: TabProps) {
  const parts = partitionsOf(document, table.id);
  return (
    <>
      {parts.length === 0 ? <Nothing>No partition yet: rows have nowhere to go.</Nothing> : null}
      <ul className="flex min-w-0 flex-col gap-1.5">
        {parts.map((one) => (
          <li key={one.id} className="min-w-0">
            <button
              type="button"
              className="max-w-full truncate rounded text-[12.5px] text-accent hover:underline"
              onClick={() => reveal({ record: one.id }, 'inspector')}
            >
              {one.name}
            </button>
            <SqlRow
              label="Bound"
              kind="fragment"
              value={one.partitionOf?.bound}
              placeholder={usualBound(table)}
              onCommit={(text) =>
                text.trim() === ''
                  ? 'A partition needs its bound.'
                  : setRecord('tables', one.id, { partitionOf: { parent: table.id, bound: text.trim() } })
              }
            />
          </li>
        ))}
      </ul>
      <AddPartition table={table} />
    </>
  );
}

function Ancestry({ document, table, set }: Omit<TabProps, 'part'> & { readonly set: Set }) {
  if (table.partitionOf !== undefined) {
    const { parent, bound } = table.partitionOf;
    return (
      <>
        <p className="text-xs leading-[18px] text-ink-2">
          A partition of{' '}
          <button
            type="button"
            className="rounded text-accent hover:underline"
            onClick={() => reveal({ record: parent }, 'inspector')}
          >
            {recordIn(document, 'tables', parent)?.name ?? '(missing table)'}
          </button>
          .
        </p>
        <SqlRow
          label="Bound"
          kind="fragment"
          value={bound}
          hint="Empty detaches it: the columns become its own."
          onCommit={(text) => set({ partitionOf: text.trim() === '' ? null : { parent, bound: text.trim() } })}
        />
      </>
    );
  }
  const choices = tableChoices(document, table.schema).filter((one) => one.id !== table.id);
  return (
    <ChipsRow
      label="Inherits"
      placeholder="nothing"
      ordered
      chips={(table.inherits ?? []).map((id) => ({ id, label: recordIn(document, 'tables', id)?.name ?? '?' }))}
      choices={choices.map((one) => ({ id: one.id, label: one.text }))}
      onCommit={(ids) => edit({ name: 'setTable', args: { id: table.id, patch: { inherits: ids.length === 0 ? null : ids } } })}
    />
  );
}

/** Where and how rows are kept, and how many there are. */
export function StorageTab(props: TabProps) {
  const { document, table } = props;
  const set: Set = (patch) => setRecord('tables', table.id, patch);
  return (
    <>
      <Facts document={document} table={table} />
      <Section title="Partitions and inheritance">
        <Ancestry document={document} table={table} set={set} />
        <PartitionKey document={document} table={table} set={set} />
        {table.partitioning === undefined ? null : <Partitions {...props} />}
      </Section>
      <Section title="Storage">
        <SelectRow
          label="Persistence"
          value={table.persistence ?? 'logged'}
          options={[
            { value: 'logged', label: 'permanent' },
            { value: 'unlogged', label: 'unlogged', hint: 'lost in a crash' },
            { value: 'temporary', label: 'temporary', hint: 'of a session' },
          ]}
          onCommit={(value) => set({ persistence: value === 'logged' ? null : value })}
        />
        <ParametersRow parameters={table.parameters} onCommit={(parameters) => set({ parameters })} />
        <TextRow
          label="Tablespace"
          value={table.tablespace}
          mono
          placeholder="of the database"
          onCommit={(text) => set({ tablespace: orNull(text) })}
        />
        <TextRow
          label="Access method"
          value={table.accessMethod}
          mono
          placeholder="heap"
          onCommit={(text) => set({ accessMethod: orNull(text) })}
        />
        <TextRow
          label="Replica identity"
          value={table.replicaIdentity}
          mono
          placeholder="DEFAULT"
          onCommit={(text) => set({ replicaIdentity: orNull(text) })}
        />
      </Section>
    </>
  );
}
