import type { Patch } from '#model/patch.ts';
import type { CheckConstraint, Exclusion, Key } from '#model/table-parts.ts';
import type { Document, Table } from '#model/types.ts';
import { orNull, setPart } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ColumnsRow } from '../fields/ColumnsRow.tsx';
import { Disclosure } from '../fields/Disclosure.tsx';
import { ElementList } from '../fields/ElementList.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { ParametersRow } from '../fields/ParametersRow.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { DEFERRALS, METHODS, withValue } from '../logic/choices.ts';
import { rename } from '../name.ts';

interface PartProps<P> {
  readonly document: Document;
  readonly table: Table;
  readonly part: P;
}

const BY_ENGINE = 'named by PostgreSQL';

/** The name of a constraint or index, which may be left to the engine. */
export function NameRow(props: {
  readonly owner: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly onClear: () => string | undefined;
}) {
  const { owner, id, name, onClear } = props;
  return (
    <TextRow
      label="Name"
      value={name}
      mono
      placeholder={BY_ENGINE}
      onCommit={(text) => (text.trim() === '' ? onClear() : rename({ record: owner, part: id }, text))}
    />
  );
}

export function KeyFields({ document, table, part }: PartProps<Key>) {
  const set = (patch: Patch<Key>) => setPart(table.id, 'keys', part.id, patch);
  return (
    <>
      <SelectRow
        label="Kind"
        value={part.kind}
        options={[
          { value: 'primary', label: 'Primary key' },
          { value: 'unique', label: 'Unique' },
        ]}
        onCommit={(kind) => set({ kind })}
      />
      <ColumnsRow
        label="Columns"
        document={document}
        table={table}
        columns={part.columns}
        required="A key needs a column."
        onCommit={(columns) => set({ columns })}
      />
      <NameRow owner={table.id} id={part.id} name={part.name} onClear={() => set({ name: null })} />
      {part.kind === 'unique' ? (
        <CheckRow
          label="Nulls are equal (NULLS NOT DISTINCT)"
          checked={part.nullsNotDistinct === true}
          hint="Without it rows with a null never count as equal."
          onCommit={(on) => set({ nullsNotDistinct: on ? true : null })}
        />
      ) : null}
      <SelectRow
        label="Deferral"
        value={part.deferral ?? 'none'}
        options={DEFERRALS}
        onCommit={(value) => set({ deferral: value === 'none' ? null : value })}
      />
      <Disclosure label="Index and comment">
        <ColumnsRow
          label="Include"
          document={document}
          table={table}
          columns={part.include ?? []}
          placeholder="no further columns"
          onCommit={(include) => set({ include: include.length === 0 ? null : include })}
        />
        <CheckRow
          label="Without overlaps (PostgreSQL 18)"
          checked={part.withoutOverlaps === true}
          onCommit={(on) => set({ withoutOverlaps: on ? true : null })}
        />
        <ParametersRow parameters={part.parameters} onCommit={(parameters) => set({ parameters })} />
        <TextRow
          label="Tablespace"
          value={part.tablespace}
          mono
          placeholder="of the database"
          onCommit={(text) => set({ tablespace: orNull(text) })}
        />
        <AreaRow label="Comment" value={part.comment} onCommit={(text) => set({ comment: orNull(text) })} />
      </Disclosure>
    </>
  );
}

export function CheckFields({ table, part }: PartProps<CheckConstraint>) {
  const set = (patch: Patch<CheckConstraint>) => setPart(table.id, 'checks', part.id, patch);
  return (
    <>
      <SqlRow
        label="Condition"
        value={part.expression}
        onCommit={(text) =>
          text.trim() === '' ? 'A check needs its condition; to be rid of it, delete the check.' : set({ expression: text.trim() })
        }
      />
      <NameRow owner={table.id} id={part.id} name={part.name} onClear={() => set({ name: null })} />
      <CheckRow
        label="Not valid: rows of before are not checked"
        checked={part.notValid === true}
        onCommit={(on) => set({ notValid: on ? true : null })}
      />
      <CheckRow
        label="Not enforced (PostgreSQL 18)"
        checked={part.notEnforced === true}
        onCommit={(on) => set({ notEnforced: on ? true : null })}
      />
      <CheckRow
        label="Not for inheriting tables (NO INHERIT)"
        checked={part.noInherit === true}
        onCommit={(on) => set({ noInherit: on ? true : null })}
      />
      <AreaRow label="Comment" value={part.comment} onCommit={(text) => set({ comment: orNull(text) })} />
    </>
  );
}

export function ExclusionFields({ document, table, part }: PartProps<Exclusion>) {
  const set = (patch: Patch<Exclusion>) => setPart(table.id, 'exclusions', part.id, patch);
  const method = part.method ?? 'btree';
  return (
    <>
      <SelectRow
        label="Method"
        value={method}
        options={withValue(METHODS, method)}
        onCommit={(value) => set({ method: value === 'btree' ? null : value })}
      />
      <FieldRow label="No two rows where" stacked>
        <ElementList
          document={document}
          table={table}
          elements={part.elements}
          ordered={false}
          make={(element) => ({ ...element, operator: '=' })}
          onCommit={(elements) => set({ elements })}
          extra={(element, change) => (
            <input
              aria-label="Operator"
              className="h-7 w-14 shrink-0 rounded-md border border-line-strong bg-surface px-1.5 text-center font-mono text-[11.5px]"
              defaultValue={element.operator}
              key={element.operator}
              list="exclusion-operators"
              onBlur={(event) => event.target.value.trim() !== '' && change({ ...element, operator: event.target.value.trim() })}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            />
          )}
        />
        <datalist id="exclusion-operators">
          {['=', '&&', '<>', '-|-', '~='].map((operator) => (
            <option key={operator} value={operator} />
          ))}
        </datalist>
      </FieldRow>
      <SqlRow label="Where" value={part.where} placeholder="all rows" onCommit={(text) => set({ where: orNull(text) })} />
      <NameRow owner={table.id} id={part.id} name={part.name} onClear={() => set({ name: null })} />
      <SelectRow
        label="Deferral"
        value={part.deferral ?? 'none'}
        options={DEFERRALS}
        onCommit={(value) => set({ deferral: value === 'none' ? null : value })}
      />
      <ColumnsRow
        label="Include"
        document={document}
        table={table}
        columns={part.include ?? []}
        placeholder="no further columns"
        onCommit={(include) => set({ include: include.length === 0 ? null : include })}
      />
      <ParametersRow parameters={part.parameters} onCommit={(parameters) => set({ parameters })} />
      <AreaRow label="Comment" value={part.comment} onCommit={(text) => set({ comment: orNull(text) })} />
    </>
  );
}
