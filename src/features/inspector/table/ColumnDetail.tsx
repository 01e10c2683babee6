import { columnCell } from '#engine/facts/cells.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { collationSql } from '#lib/identifiers.ts';
import type { Classification, Column } from '#model/column-types.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Patch } from '#model/patch.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { sayFacts } from '#state/facts.ts';
import { reveal } from '#state/view.ts';
import { orNull, setPart } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { Disclosure } from '../fields/Disclosure.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SequenceFields } from '../fields/SequenceFields.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { CLASSIFICATIONS } from '../logic/choices.ts';
import { DEFAULT_KIND, readDefault, usualDefaults } from '../logic/default-text.ts';
import { dialectOf } from '../logic/listed-type.ts';
import { titleOf } from '../logic/subject.ts';
import { typeText } from '../logic/type-text.ts';
import { sourcePatch, VALUE_SOURCES, valueSource } from '../logic/value-source.ts';

interface DetailProps {
  readonly document: Document;
  readonly table: Table;
  readonly column: Column;
}

type Set = (patch: Patch<Column>) => string | undefined;

function ValueFields({ document, table, column, set }: DetailProps & { readonly set: Set }) {
  const source = valueSource(column);
  const { identity, generated } = column;
  return (
    <>
      <SelectRow label="Value from" value={source} options={VALUE_SOURCES} onCommit={(next) => set(sourcePatch(column, next))} />
      {identity !== undefined || generated !== undefined ? null : (
        <SqlRow
          label="Default"
          value={column.default?.sql}
          placeholder={usualDefaults(typeText(document, column.type, table.schema), dialectOf(document))[0] ?? 'none'}
          hint={column.default === undefined ? undefined : DEFAULT_KIND[column.default.kind]}
          onCommit={(text) => set({ default: readDefault(text) ?? null })}
        />
      )}
      {generated === undefined ? null : (
        <SqlRow
          label="Expression"
          value={generated.expression}
          onCommit={(text) =>
            text.trim() === ''
              ? 'A computed column needs its expression.'
              : set({ generated: { ...generated, expression: text.trim() } })
          }
        />
      )}
      {identity === undefined ? null : (
        <Disclosure
          label="Identity options"
          note={identity.options === undefined ? 'usual' : 'set'}
          initiallyOpen={identity.options !== undefined}
        >
          <TextRow
            label="Sequence"
            value={identity.sequenceName}
            mono
            placeholder="named by PostgreSQL"
            onCommit={(text) => {
              const { sequenceName: _, ...rest } = identity;
              const name = text.trim();
              return set({ identity: name === '' ? rest : { ...rest, sequenceName: name } });
            }}
          />
          <SequenceFields
            options={identity.options ?? {}}
            onCommit={(options) => {
              const { options: _, ...rest } = identity;
              return set({ identity: Object.keys(options).length === 0 ? rest : { ...rest, options } });
            }}
          />
        </Disclosure>
      )}
    </>
  );
}

const FACTS = [
  { fact: 'distinct', label: 'Distinct', example: '12k, 50 % or unique' },
  { fact: 'nullFraction', label: 'Null share', example: '10 %' },
  { fact: 'averageWidth', label: 'Bytes', example: 'average width' },
  { fact: 'correlation', label: 'Correlation', example: '-1 to 1, with the row order' },
] as const;

function FactFields({ document, table, column }: DetailProps) {
  const known = knownFacts(document)
    .get(table.id)
    ?.columns.find((one) => one.id === column.id);
  if (known === undefined) return null;
  return FACTS.map(({ fact, label, example }) => {
    const cell = columnCell(known, column.facts, fact);
    return (
      <TextRow
        key={fact}
        label={label}
        value={cell.declared ? cell.exact : undefined}
        placeholder={cell.shown === '' ? example : `≈ ${cell.shown}${cell.guess === undefined ? '' : `: ${cell.guess}`}`}
        inputMode="decimal"
        onCommit={(text) => sayFacts([{ table: table.id, column: column.id, fact, text }])[0]?.message}
      />
    );
  });
}

function StorageFields({ document, table, column, set }: DetailProps & { readonly set: Set }) {
  const word = (value: string | undefined) => value?.toLowerCase() ?? 'default';
  const options = (values: readonly string[], now: string) =>
    [...new Set(['default', ...values, now])].map((value) => ({
      value,
      label: value === 'default' ? 'as the type has it' : value,
    }));
  const choose = (value: string) => (value === 'default' ? null : value);
  return (
    <>
      <TextRow
        label="Collation"
        value={column.collation}
        mono
        placeholder="of the database"
        onCommit={(text) => set({ collation: collationSql(text) })}
      />
      <SelectRow
        label="Storage"
        value={word(column.storage)}
        options={options(['plain', 'external', 'extended', 'main'], word(column.storage))}
        onCommit={(value) => set({ storage: choose(value) })}
      />
      <SelectRow
        label="Compression"
        value={word(column.compression)}
        options={options(['pglz', 'lz4'], word(column.compression))}
        onCommit={(value) => set({ compression: choose(value) })}
      />
      <TextRow
        label="Statistics"
        value={column.statistics?.toString()}
        placeholder="of the database"
        inputMode="numeric"
        onCommit={(text) => {
          if (text.trim() === '') return set({ statistics: null });
          const number = Number(text);
          return Number.isInteger(number) && number >= 0 && number <= 10_000
            ? set({ statistics: number })
            : 'A whole number from 0 to 10,000 is needed.';
        }}
      />
      {column.nullable ? null : (
        <TextRow
          label="NOT NULL name"
          value={column.notNullName}
          mono
          placeholder="named by PostgreSQL"
          onCommit={(text) => set({ notNullName: orNull(text) })}
        />
      )}
      <FactFields document={document} table={table} column={column} />
    </>
  );
}

function References({ document, table, column }: DetailProps) {
  const found = (linksOf(document).byChild.get(table.id) ?? []).filter((one) => one.childColumns.includes(column.id));
  if (found.length === 0) return null;
  const jump = (record: Id) => reveal({ record }, 'inspector');
  return (
    <FieldRow label="Refers to">
      <div className="flex min-w-0 flex-wrap gap-x-2 pt-0.5">
        {found.map((one) => (
          <button
            key={one.id}
            type="button"
            className="min-w-0 truncate rounded text-accent hover:underline"
            onClick={() => jump(one.parent)}
          >
            {titleOf(document, 'tables', document.tables[one.parent] ?? table)}
          </button>
        ))}
      </div>
    </FieldRow>
  );
}

/** Everything about a column that the grid's row has no room for. */
export function ColumnDetail({ document, table, column }: DetailProps) {
  const set: Set = (patch) => setPart(table.id, 'columns', column.id, patch);
  const stored = [column.collation, column.storage, column.compression, column.statistics, column.notNullName, column.facts];
  const said = stored.filter((one) => one !== undefined).length;
  return (
    <>
      <ValueFields document={document} table={table} column={column} set={set} />
      <References document={document} table={table} column={column} />
      <AreaRow
        label="Comment"
        value={column.comment}
        placeholder="what it means"
        onCommit={(text) => set({ comment: orNull(text) })}
      />
      <SelectRow
        label="Sensitive"
        value={column.classification ?? 'unknown'}
        options={CLASSIFICATIONS}
        onCommit={(value) => set({ classification: value === 'unknown' ? null : (value as Classification) })}
      />
      <Disclosure label="Storage and statistics" note={said === 0 ? undefined : `${said} set`}>
        <StorageFields document={document} table={table} column={column} set={set} />
      </Disclosure>
      {column.residue === undefined ? null : (
        <FieldRow label="Kept as SQL">
          <p className="pt-1 font-mono text-[11.5px] text-ink-2">{column.residue.join(' ')}</p>
        </FieldRow>
      )}
    </>
  );
}
