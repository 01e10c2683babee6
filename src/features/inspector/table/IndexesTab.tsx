import { columnNames } from '#model/derive/columns.ts';
import type { Patch } from '#model/patch.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { Pill } from '#ui/Pill.tsx';
import { addPart, movePart, orNull, removePart, setPart } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ColumnsRow } from '../fields/ColumnsRow.tsx';
import { Disclosure } from '../fields/Disclosure.tsx';
import { ElementList } from '../fields/ElementList.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { ParametersRow } from '../fields/ParametersRow.tsx';
import { PartList } from '../fields/PartList.tsx';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { METHODS, withValue } from '../logic/choices.ts';
import { elementText } from '../logic/element-text.ts';
import { NameRow } from './constraint-fields.tsx';
import { WorkloadSection } from './WorkloadSection.tsx';

export interface IndexesProps {
  readonly document: Document;
  /** A table, or a materialized view. */
  readonly owner: Table | View;
  readonly part: Id | undefined;
}

interface IndexFieldsProps {
  readonly document: Document;
  readonly owner: Table | View;
  readonly index: Index;
}

function asTable(owner: Table | View): Table | undefined {
  return 'keys' in owner ? owner : undefined;
}

function IndexFields({ document, owner, index }: IndexFieldsProps) {
  const table = asTable(owner);
  const set = (patch: Patch<Index>) => setPart(owner.id, 'indexes', index.id, patch);
  const method = index.method ?? 'btree';
  return (
    <>
      <FieldRow label="Elements" stacked>
        <ElementList
          document={document}
          table={table}
          elements={index.elements}
          ordered={method === 'btree'}
          make={(element) => element}
          onCommit={(elements) => set({ elements })}
        />
      </FieldRow>
      <SelectRow
        label="Method"
        value={method}
        options={withValue(METHODS, method)}
        onCommit={(value) => set({ method: value === 'btree' ? null : value })}
      />
      <CheckRow
        label="Unique"
        checked={index.unique === true}
        onCommit={(on) => set(on ? { unique: true } : { unique: null, nullsNotDistinct: null })}
      />
      {index.unique === true ? (
        <CheckRow
          label="Nulls are equal (NULLS NOT DISTINCT)"
          checked={index.nullsNotDistinct === true}
          onCommit={(on) => set({ nullsNotDistinct: on ? true : null })}
        />
      ) : null}
      <SqlRow label="Where" value={index.where} placeholder="all rows" onCommit={(text) => set({ where: orNull(text) })} />
      {table === undefined ? null : (
        <ColumnsRow
          label="Include"
          document={document}
          table={table}
          columns={index.include ?? []}
          placeholder="no further columns"
          onCommit={(include) => set({ include: include.length === 0 ? null : include })}
        />
      )}
      <NameRow owner={owner.id} id={index.id} name={index.name} onClear={() => set({ name: null })} />
      <AreaRow
        label="Comment"
        value={index.comment}
        placeholder="which query it serves"
        onCommit={(text) => set({ comment: orNull(text) })}
      />
      <Disclosure label="Storage">
        <ParametersRow parameters={index.parameters} onCommit={(parameters) => set({ parameters })} />
        <TextRow
          label="Tablespace"
          value={index.tablespace}
          mono
          placeholder="of the database"
          onCommit={(text) => set({ tablespace: orNull(text) })}
        />
        <CheckRow
          label="Not for the partitions (ON ONLY)"
          checked={index.only === true}
          onCommit={(on) => set({ only: on ? true : null })}
        />
        <CheckRow
          label="The table is clustered by it"
          checked={index.clustered === true}
          onCommit={(on) => set({ clustered: on ? true : null })}
        />
        <CheckRow
          label="Identifies rows in replication"
          checked={index.replicaIdentity === true}
          onCommit={(on) => set({ replicaIdentity: on ? true : null })}
        />
      </Disclosure>
      {index.residue === undefined ? null : (
        <FieldRow label="Kept as SQL">
          <p className="pt-1 font-mono text-[11.5px] text-ink-2">{index.residue.join(' ')}</p>
        </FieldRow>
      )}
    </>
  );
}

/** Indexes of a table or materialized view. */
export function IndexesTab({ document, owner, part }: IndexesProps) {
  const table = asTable(owner);
  const name = (id: Id) => (table === undefined ? undefined : columnNames(document, table, [id])[0]);
  const words = (index: Index) =>
    index.elements.map((element) => `${elementText(element, name)}${element.order === 'desc' ? ' desc' : ''}`).join(', ');
  const add = () => {
    const indexed = new Set(table?.indexes.map((index) => index.elements[0]?.column));
    const column = table?.columns.find((one) => !indexed.has(one.id)) ?? table?.columns[0];
    if (table !== undefined && column === undefined) return undefined;
    return addPart(owner.id, 'indexes', {
      elements: [column === undefined ? { columnName: 'column_name' } : { column: column.id }],
    });
  };
  return (
    <>
      <Section title="Indexes">
        <PartList
          parts={owner.indexes}
          noun="index"
          focus={part}
          empty="No index of its own; keys bring theirs."
          title={(index) => `${index.unique === true ? 'unique ' : ''}index ${index.name ?? ''} on ${words(index)}`}
          summary={(index) => (
            <>
              <span className="min-w-0 truncate font-mono text-[11.5px]">{words(index)}</span>
              <span className="ml-auto flex shrink-0 gap-1">
                {index.where === undefined ? null : <Pill tone="plain">partial</Pill>}
                {index.unique === true ? <Pill tone="accent">unique</Pill> : null}
                {index.method === undefined ? null : <Pill tone="plain">{index.method}</Pill>}
              </span>
            </>
          )}
          detail={(index) => <IndexFields document={document} owner={owner} index={index} />}
          onAdd={add}
          onMove={(index, to) => movePart(owner.id, 'indexes', index.id, to)}
          onRemove={(index) => removePart(owner.id, 'indexes', index.id)}
        />
      </Section>
      {table === undefined ? null : <WorkloadSection document={document} table={table.id} />}
    </>
  );
}
