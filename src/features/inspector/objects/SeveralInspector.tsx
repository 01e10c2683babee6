import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Ref } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { requestDeletion } from '#state/deletion.ts';
import { useActions } from '#state/hooks.ts';
import { select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { isIconName } from '#ui/icons.ts';
import { edit, setPartCall, setRecordCall } from '../edit.ts';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { TypeRow } from '../fields/TypeRow.tsx';
import { CLASSIFICATIONS } from '../logic/choices.ts';
import { common, kindsOf, selectedColumns, titleOfRef } from '../logic/subject.ts';
import { typeText } from '../logic/type-text.ts';
import { count } from '../logic/words.ts';

interface SeveralProps {
  readonly document: Document;
  readonly refs: readonly Ref[];
}

const MIXED = 'mixed' as const;

/** What several columns have in common, and a change for all of them. */
export function ColumnsBulk({ document, refs }: SeveralProps) {
  const columns = selectedColumns(document, refs);
  const first = columns[0];
  if (first === undefined) return null;
  const all = (patch: Parameters<typeof setPartCall<'columns'>>[3]): string | undefined => {
    const calls = columns.map(({ table, column }) => setPartCall(table.id, 'columns', column.id, patch));
    return edit(calls, `Change ${count(columns.length, 'column')}`);
  };
  const type = common(columns.map(({ table, column }) => typeText(document, column.type, table.schema)));
  const nullable = common(columns.map(({ column }) => column.nullable));
  const classification = common(columns.map(({ column }) => column.classification ?? 'unknown'));
  const mixedType: ColumnType = { kind: 'other', name: 'mixed' };
  return (
    <Section title={count(columns.length, 'column')}>
      <TypeRow
        label="Type"
        document={document}
        type={type === undefined ? mixedType : first.column.type}
        schema={first.table.schema}
        onCommit={(next) => all({ type: next })}
      />
      <SelectRow
        label="Null"
        value={nullable === undefined ? MIXED : nullable ? 'nullable' : 'not null'}
        options={[
          ...(nullable === undefined ? [{ value: MIXED, label: 'mixed', disabled: true }] : []),
          { value: 'nullable' as const, label: 'may be null' },
          { value: 'not null' as const, label: 'not null' },
        ]}
        onCommit={(value) => all({ nullable: value === 'nullable' })}
      />
      <SelectRow
        label="Sensitive"
        value={classification ?? MIXED}
        options={[...(classification === undefined ? [{ value: MIXED, label: 'mixed', disabled: true }] : []), ...CLASSIFICATIONS]}
        onCommit={(value) => (value === MIXED ? undefined : all({ classification: value === 'unknown' ? null : value }))}
      />
    </Section>
  );
}

/** What several tables and other objects have in common. */
function RecordsBulk({ document, refs }: SeveralProps) {
  const tables = refs.flatMap((ref) => (ref.part === undefined ? (recordIn(document, 'tables', ref.record) ?? []) : []));
  const views = refs.flatMap((ref) => (ref.part === undefined ? (recordIn(document, 'views', ref.record) ?? []) : []));
  const both = [...tables, ...views];
  if (both.length === 0) return null;
  const all = (make: (id: string, collection: 'tables' | 'views') => CommandCall): string | undefined =>
    edit(
      [...tables.map((one) => make(one.id, 'tables')), ...views.map((one) => make(one.id, 'views'))],
      `Change ${count(both.length, 'object')}`,
    );
  const schema = common(both.map((one) => one.schema));
  const owner = common(both.map((one) => one.owner));
  const security = common(tables.map((one) => one.rowSecurity ?? 'off'));
  return (
    <Section title={count(both.length, 'object with a schema', 'objects with a schema')}>
      <SelectRow
        label="Schema"
        value={schema ?? MIXED}
        options={[
          ...(schema === undefined ? [{ value: MIXED as string, label: 'mixed', disabled: true }] : []),
          ...Object.values(document.schemas).map((one) => ({ value: one.id, label: one.name })),
        ]}
        onCommit={(value) => all((id, collection) => setRecordCall(collection, id, { schema: value }))}
      />
      <TextRow
        label="Owner"
        value={owner ?? ''}
        mono
        placeholder={owner === undefined && both.some((one) => one.owner !== undefined) ? 'mixed' : 'who runs the script'}
        onCommit={(text) =>
          all((id, collection) => setRecordCall(collection, id, { owner: text.trim() === '' ? null : text.trim() }))
        }
      />
      {tables.length < 2 ? null : (
        <SelectRow
          label="Row security"
          value={security ?? MIXED}
          options={[
            ...(security === undefined ? [{ value: MIXED, label: 'mixed', disabled: true }] : []),
            { value: 'off' as const, label: 'off' },
            { value: 'enabled' as const, label: 'by policy' },
            { value: 'forced' as const, label: 'forced' },
          ]}
          onCommit={(value) =>
            edit(
              tables.map((one) =>
                setRecordCall('tables', one.id, { rowSecurity: value === 'enabled' || value === 'forced' ? value : null }),
              ),
              `Change ${count(tables.length, 'table')}`,
            )
          }
        />
      )}
    </Section>
  );
}

/** The canvas's own ways to arrange what is selected. */
function Arrange() {
  const actions = useActions().filter((action) => /^canvas\.(align|distribute)/.test(action.id) && (action.when?.() ?? true));
  if (actions.length === 0) return null;
  return (
    <Section title="Arrange">
      <div className="flex flex-wrap gap-1">
        {actions.map((action) => (
          <Button
            key={action.id}
            size="sm"
            icon={isIconName(action.icon) ? action.icon : undefined}
            onClick={() => perform(action.id)}
          >
            {action.label}
          </Button>
        ))}
      </div>
    </Section>
  );
}

const SHOWN = 40;

/** Several things at once: what they share, and what can be done to all. */
export function SeveralInspector({ document, refs }: SeveralProps) {
  return (
    <div className="@container min-h-0 flex-1 overflow-y-auto">
      <ColumnsBulk document={document} refs={refs} />
      <RecordsBulk document={document} refs={refs} />
      <Arrange />
      <Section title="Selected">
        <ul className="flex min-w-0 flex-col">
          {refs.slice(0, SHOWN).map((ref) => (
            <li key={`${ref.record}/${ref.part ?? ''}`} className="min-w-0">
              <button
                type="button"
                className="h-6 max-w-full truncate rounded text-left text-[12.5px] text-accent hover:underline"
                onClick={() => select([ref])}
              >
                {titleOfRef(document, ref)}
              </button>
            </li>
          ))}
          {refs.length > SHOWN ? <li className="text-xs text-ink-3">and {refs.length - SHOWN} more</li> : null}
        </ul>
        <Button variant="danger" size="sm" icon="Trash2" className="self-start" onClick={() => requestDeletion(refs)}>
          Delete all
        </Button>
      </Section>
    </div>
  );
}

/** How many of each kind, in words. */
export function severalWords({ document, refs }: SeveralProps): string {
  return kindsOf(document, refs)
    .map(({ word, many }) =>
      count(many, word, word.endsWith('x') ? `${word}es` : word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`),
    )
    .join(', ');
}
