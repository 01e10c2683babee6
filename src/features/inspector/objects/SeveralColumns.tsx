import type { ColumnType } from '#model/column-types.ts';
import type { Document, Ref } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { Button } from '#ui/Button.tsx';
import { edit, orNull, setPartCall } from '../edit.ts';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { TypeRow } from '../fields/TypeRow.tsx';
import { CLASSIFICATIONS } from '../logic/choices.ts';
import { readDefault, usualDefaults } from '../logic/default-text.ts';
import { dialectOf } from '../logic/listed-type.ts';
import { common, selectedColumns } from '../logic/subject.ts';
import { typeText } from '../logic/type-text.ts';
import { count } from '../logic/words.ts';
import { hintFor, MIXED, mixedChoice } from './mixed.ts';

interface ColumnsProps {
  readonly document: Document;
  readonly columns: ReturnType<typeof selectedColumns>;
}

type ColumnPatch = Parameters<typeof setPartCall<'columns'>>[3];

/** One change for all selected columns, as one undo step. */
function changeAll({ columns }: ColumnsProps, patch: ColumnPatch): string | undefined {
  const calls = columns.map(({ table, column }) => setPartCall(table.id, 'columns', column.id, patch));
  return edit(calls, `Change ${count(columns.length, 'column')}`);
}

/** Type, nullability and default of several columns. */
function ValueRows(props: ColumnsProps) {
  const { document, columns } = props;
  const [first] = columns;
  if (first === undefined) return null;
  const type = common(columns.map(({ table, column }) => typeText(document, column.type, table.schema)));
  const nullable = common(columns.map(({ column }) => column.nullable));
  const defaults = columns.map(({ column }) => column.default?.sql ?? '');
  const same = common(defaults);
  const mixedType: ColumnType = { kind: 'other', name: 'mixed' };
  return (
    <>
      <TypeRow
        label="Type"
        document={document}
        type={type === undefined ? mixedType : first.column.type}
        schema={first.table.schema}
        onCommit={(next) => changeAll(props, { type: next })}
      />
      <SelectRow
        label="Null"
        value={nullable === undefined ? MIXED : nullable ? 'nullable' : 'not null'}
        options={[...mixedChoice(nullable), { value: 'nullable', label: 'may be null' }, { value: 'not null', label: 'not null' }]}
        onCommit={(value) => changeAll(props, { nullable: value === 'nullable' })}
      />
      <TextRow
        label="Default"
        value={same ?? ''}
        mono
        placeholder={hintFor(defaults, same, 'none')}
        suggestions={usualDefaults(type ?? '', dialectOf(props.document))}
        onCommit={(text) => changeAll(props, { default: readDefault(text) ?? null })}
      />
    </>
  );
}

/** What several columns have in common, and a change for all of them. */
export function ColumnsBulk({ document, refs }: { readonly document: Document; readonly refs: readonly Ref[] }) {
  const columns = selectedColumns(document, refs);
  const props = { document, columns };
  if (columns.length === 0) return null;
  const collations = columns.map(({ column }) => column.collation ?? '');
  const comments = columns.map(({ column }) => column.comment ?? '');
  const classification = common(columns.map(({ column }) => column.classification ?? 'unknown'));
  return (
    <Section title={count(columns.length, 'column')}>
      <ValueRows {...props} />
      <TextRow
        label="Collation"
        value={common(collations) ?? ''}
        mono
        placeholder={hintFor(collations, common(collations), "the type's own")}
        onCommit={(text) => changeAll(props, { collation: orNull(text) })}
      />
      <SelectRow
        label="Sensitive"
        value={classification ?? MIXED}
        options={[...mixedChoice(classification), ...CLASSIFICATIONS]}
        onCommit={(value) =>
          value === MIXED
            ? undefined
            : changeAll(props, {
                classification: value === 'unknown' ? null : ((value as Exclude<typeof classification, 'unknown'>) ?? null),
              })
        }
      />
      <TextRow
        label="Comment"
        value={common(comments) ?? ''}
        placeholder={hintFor(comments, common(comments), 'none')}
        onCommit={(text) => changeAll(props, { comment: orNull(text) })}
      />
      <Button size="sm" icon="Replace" className="self-start" onClick={() => perform('refactor.rename')}>
        Rename them …
      </Button>
    </Section>
  );
}
