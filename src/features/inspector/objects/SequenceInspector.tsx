import { recordIn } from '#model/collections.ts';
import type { Patch } from '#model/patch.ts';
import type { Document, Sequence } from '#model/types.ts';
import { setRecord } from '../edit.ts';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SequenceFields } from '../fields/SequenceFields.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { readOwnedBy } from '../logic/owned-by.ts';
import { StatedFields } from './common.tsx';
import { SchemaRow } from './SchemaRow.tsx';

/** A sequence of its own. */
export function SequenceInspector({ document, sequence }: { readonly document: Document; readonly sequence: Sequence }) {
  const set = (patch: Patch<Sequence>) => setRecord('sequences', sequence.id, patch);
  const owner = sequence.ownedBy === undefined ? undefined : recordIn(document, 'tables', sequence.ownedBy.table);
  const column = owner?.columns.find((one) => one.id === sequence.ownedBy?.column);
  const owned = owner === undefined ? undefined : `${owner.name}.${column?.name ?? '?'}`;
  return (
    <>
      <Section title="Numbers">
        <SequenceFields typed options={sequence.options} onCommit={(options) => set({ options })} />
        <TextRow
          label="Owned by"
          value={owned}
          mono
          placeholder="table.column; none"
          hint="It goes when its column goes."
          onCommit={(text) => {
            if (text.trim() === '') return set({ ownedBy: null });
            const read = readOwnedBy(document, text, sequence.schema);
            return read.ok ? set({ ownedBy: read.value }) : read.problem.message;
          }}
        />
        <SelectRow
          label="Persistence"
          value={sequence.persistence ?? 'logged'}
          options={[
            { value: 'logged', label: 'permanent' },
            { value: 'unlogged', label: 'unlogged' },
            { value: 'temporary', label: 'temporary' },
          ]}
          onCommit={(value) => set({ persistence: value === 'logged' ? null : value })}
        />
        <SchemaRow document={document} collection="sequences" record={sequence} />
      </Section>
      <StatedFields collection="sequences" record={sequence} />
    </>
  );
}
