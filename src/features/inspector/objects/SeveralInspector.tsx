import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Ref, Table } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { requestDeletion } from '#state/deletion.ts';
import { useActions, useView } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { isIconName } from '#ui/icons.ts';
import { edit, orNull, setRecordCall } from '../edit.ts';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { common, kindsOf, titleOfRef } from '../logic/subject.ts';
import { count } from '../logic/words.ts';
import { TINTS } from '../tint.ts';
import { hintFor, MIXED, mixedChoice } from './mixed.ts';
import { ColumnsBulk } from './SeveralColumns.tsx';

interface SeveralProps {
  readonly document: Document;
  readonly refs: readonly Ref[];
}

/** Persistence and row security, which tables alone have. */
function TableRows({ tables }: { readonly tables: readonly Table[] }) {
  if (tables.length === 0) return null;
  const all = (patch: Parameters<typeof setRecordCall<'tables'>>[2]): string | undefined =>
    edit(
      tables.map((one) => setRecordCall('tables', one.id, patch)),
      `Change ${count(tables.length, 'table')}`,
    );
  const security = common(tables.map((one) => one.rowSecurity ?? 'off'));
  const persistence = common(tables.map((one) => one.persistence ?? 'logged'));
  return (
    <>
      <SelectRow
        label="Persistence"
        value={persistence ?? MIXED}
        options={[
          ...mixedChoice(persistence),
          { value: 'logged', label: 'logged' },
          { value: 'unlogged', label: 'unlogged' },
          { value: 'temporary', label: 'temporary' },
        ]}
        onCommit={(value) => all({ persistence: value === 'unlogged' || value === 'temporary' ? value : null })}
      />
      <SelectRow
        label="Row security"
        value={security ?? MIXED}
        options={[
          ...mixedChoice(security),
          { value: 'off', label: 'off' },
          { value: 'enabled', label: 'by policy' },
          { value: 'forced', label: 'forced' },
        ]}
        onCommit={(value) => all({ rowSecurity: value === 'enabled' || value === 'forced' ? value : null })}
      />
      <TagRows tables={tables} />
    </>
  );
}

/** Tags that all have, to be taken away; tags that some have are said; a new one goes to all. */
function TagRows({ tables }: { readonly tables: readonly Table[] }) {
  const [first] = tables;
  const shared = (first?.tags ?? []).filter((tag) => tables.every((table) => table.tags?.includes(tag) === true));
  const some = [...new Set(tables.flatMap((table) => table.tags ?? []))].filter((tag) => !shared.includes(tag));
  return (
    <ChipsRow
      label="Tags"
      chips={shared.map((tag) => ({ id: tag, label: tag }))}
      {...(some.length === 0 ? {} : { hint: `Some have ${some.join(', ')}.` })}
      onCommit={(next) => {
        const calls = tables.map((table) => {
          const kept = (table.tags ?? []).filter((tag) => !shared.includes(tag) || next.includes(tag));
          const tags = [...new Set([...kept, ...next])];
          return setRecordCall('tables', table.id, { tags: tags.length === 0 ? null : tags });
        });
        return edit(calls, `Tag ${count(tables.length, 'table')}`);
      }}
    />
  );
}

/** The colour of several things on the diagram. */
function TintRow({ document, ids }: { readonly document: Document; readonly ids: readonly string[] }) {
  const diagram = useView((state) => state.diagram);
  const placed = ids.filter((id) => recordIn(document, 'placements', placementId(diagram, id)) !== undefined);
  if (placed.length === 0) return null;
  const tint = common(placed.map((id) => String(recordIn(document, 'placements', placementId(diagram, id))?.tint ?? 'none')));
  return (
    <SelectRow
      label="Colour"
      value={tint ?? MIXED}
      options={[
        ...mixedChoice(tint),
        { value: 'none', label: 'of the schema' },
        ...TINTS.map((name, at) => ({ value: String(at), label: name })),
      ]}
      onCommit={(value) =>
        edit(
          { name: 'markPlacements', args: { diagram, objects: placed, tint: value === 'none' ? null : Number(value) } },
          `Colour ${count(placed.length, 'object')}`,
        )
      }
    />
  );
}

/** Moves to another schema, with the SQL that names what moves. */
async function moveAll(ids: readonly string[], schema: string): Promise<void> {
  const { moveToSchema } = await import('#state/move-schema.ts');
  const moved = await moveToSchema(ids, schema);
  if (!moved.ok) notify({ tone: 'bad', text: moved.problem.message });
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
  const owners = both.map((one) => one.owner ?? '');
  const comments = both.map((one) => one.comment ?? '');
  const ids = both.map((one) => one.id);
  return (
    <Section title={count(both.length, 'object with a schema', 'objects with a schema')}>
      <SelectRow
        label="Schema"
        value={schema ?? MIXED}
        options={[...mixedChoice(schema), ...Object.values(document.schemas).map((one) => ({ value: one.id, label: one.name }))]}
        onCommit={(value) => {
          void moveAll(ids, value);
          return undefined;
        }}
      />
      <TextRow
        label="Owner"
        value={common(owners) ?? ''}
        mono
        placeholder={hintFor(owners, common(owners), 'who runs the script')}
        onCommit={(text) => all((id, collection) => setRecordCall(collection, id, { owner: orNull(text) }))}
      />
      <TextRow
        label="Comment"
        value={common(comments) ?? ''}
        placeholder={hintFor(comments, common(comments), 'none')}
        onCommit={(text) => all((id, collection) => setRecordCall(collection, id, { comment: orNull(text) }))}
      />
      <TintRow document={document} ids={ids} />
      <TableRows tables={tables} />
      <div className="flex flex-wrap gap-1">
        <Button size="sm" icon="Replace" onClick={() => perform('refactor.rename')}>
          Rename them …
        </Button>
        {tables.length === 0 ? null : (
          <Button size="sm" icon="History" onClick={() => perform('refactor.standard')}>
            Add audit columns …
          </Button>
        )}
      </div>
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
