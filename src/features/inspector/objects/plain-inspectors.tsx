import type { Area, Note } from '#model/layout-types.ts';
import type { Document, Routine, Schema, Verbatim } from '#model/types.ts';
import { reveal } from '#state/view.ts';
import { setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { titleOfRef } from '../logic/subject.ts';
import { TINTS, tintColour } from '../tint.ts';
import { KeptText, StatedFields } from './common.tsx';
import { SchemaRow } from './SchemaRow.tsx';

/** A function, procedure or aggregate: its statement as SQL. */
export function RoutineInspector({ document, routine }: { readonly document: Document; readonly routine: Routine }) {
  return (
    <>
      <Section title="Definition">
        <SqlRow
          label={`CREATE ${routine.kind.toUpperCase()}`}
          stacked
          kind="statement"
          rows={10}
          value={routine.definition}
          hint="The whole statement, without the final semicolon."
          onCommit={(text) =>
            text.trim() === ''
              ? 'A function needs its definition.'
              : setRecord('routines', routine.id, { definition: text.trim().replace(/;\s*$/, '') })
          }
        />
        <TextRow
          label="Arguments"
          value={routine.signature}
          mono
          placeholder="none"
          onCommit={(text) => setRecord('routines', routine.id, { signature: text.trim() })}
        />
        <SchemaRow document={document} collection="routines" record={routine} />
      </Section>
      <StatedFields collection="routines" record={routine} />
    </>
  );
}

/** A schema and what it holds. */
export function SchemaInspector({ document, schema }: { readonly document: Document; readonly schema: Schema }) {
  const tables = Object.values(document.tables)
    .filter((table) => table.schema === schema.id)
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <Section title="Tables">
        {tables.length === 0 ? <Nothing>No table yet.</Nothing> : null}
        <ul className="flex min-w-0 flex-col">
          {tables.map((table) => (
            <li key={table.id} className="min-w-0">
              <button
                type="button"
                className="h-6 max-w-full truncate rounded text-[12.5px] text-accent hover:underline"
                onClick={() => reveal({ record: table.id }, 'inspector')}
              >
                {table.name}
              </button>
            </li>
          ))}
        </ul>
      </Section>
      <StatedFields collection="schemas" record={schema} />
    </>
  );
}

/** A statement the model does not know: its SQL. */
export function VerbatimInspector({ document, verbatim }: { readonly document: Document; readonly verbatim: Verbatim }) {
  return (
    <>
      <Section title="Statement">
        <SqlRow
          label="SQL"
          stacked
          kind="statement"
          rows={4}
          value={verbatim.sql}
          onCommit={(text) =>
            text.trim() === '' ? 'To be rid of the statement, delete it.' : setRecord('verbatim', verbatim.id, { sql: text.trim() })
          }
        />
        {verbatim.about === undefined ? null : (
          <FieldRow label="About">
            <button
              type="button"
              className="h-7 max-w-full self-start truncate rounded text-accent hover:underline"
              onClick={() => reveal({ record: verbatim.about ?? '' }, 'inspector')}
            >
              {titleOfRef(document, { record: verbatim.about })}
            </button>
          </FieldRow>
        )}
        <SelectRow
          label="Stands"
          value={verbatim.place}
          options={[
            { value: 'first', label: 'before everything' },
            { value: 'with', label: 'with what it is about' },
            { value: 'last', label: 'at the end' },
          ]}
          onCommit={(place) => setRecord('verbatim', verbatim.id, { place })}
        />
      </Section>
      <KeptText remarks={verbatim.remarks} residue={undefined} />
    </>
  );
}

interface TintRowProps {
  readonly id: string;
  readonly tint: number | undefined;
  /** What stands for no tint; absent = there always is one. */
  readonly none?: string;
  readonly onCommit: (tint: number | null) => void;
}

/** The tints to choose from, and none where that can be. */
function TintRow({ id, tint, none, onCommit }: TintRowProps) {
  const choices = [...(none === undefined ? [] : [{ name: none, value: null }]), ...TINTS.map((name, value) => ({ name, value }))];
  return (
    <fieldset className="flex min-w-0 gap-1.5">
      <legend className="float-left mr-2 w-[88px] pt-0.5 text-xs text-ink-2">Tint</legend>
      {choices.map(({ name, value }) => (
        <label
          key={name}
          className="relative grid size-6 cursor-default place-items-center rounded-md has-focus-visible:outline-2 has-focus-visible:outline-accent"
          title={name}
        >
          <input
            type="radio"
            name={`tint-${id}`}
            className="sr-only"
            aria-label={name}
            checked={(tint ?? null) === value}
            onChange={() => onCommit(value)}
          />
          <span
            aria-hidden
            className={`size-4 rounded-[5px] ${(tint ?? null) === value ? 'outline-2 outline-offset-2 outline-ink-2' : ''}`}
            style={{
              background: value === null ? 'var(--warn-soft)' : tintColour(value),
              border: value === null ? '1px solid var(--warn)' : 0,
            }}
          />
        </label>
      ))}
    </fieldset>
  );
}

/** An area of a diagram. */
export function AreaInspector({ area }: { readonly area: Area }) {
  return (
    <Section title="Look">
      <TintRow id={area.id} tint={area.tint} onCommit={(tint) => setRecord('areas', area.id, { tint: tint ?? 0 })} />
    </Section>
  );
}

/** A note of a diagram. */
export function NoteInspector({ note }: { readonly note: Note }) {
  return (
    <>
      <Section title="Text">
        <AreaRow
          label="Text"
          stacked
          value={note.text}
          hint="Markdown: # heading, **bold**, *italic*, `code`, - list, > quote"
          onCommit={(text) => setRecord('notes', note.id, { text })}
        />
      </Section>
      <Section title="Look">
        <TintRow id={note.id} tint={note.tint} none="Yellow" onCommit={(tint) => setRecord('notes', note.id, { tint })} />
      </Section>
    </>
  );
}
