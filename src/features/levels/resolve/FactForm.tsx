import { useEffect, useMemo, useState } from 'react';
import { Choices } from '#features/refactor/index.ts';
import { ok } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Id } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';
import { interactiveIds } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import { TextField } from '#ui/TextField.tsx';
import type { FormProps } from './HierarchyForm.tsx';
import { readAttributes } from './read-attributes.ts';
import type { Planner } from './use-resolution.ts';

/** Where the new table goes: between what it relates. */
function placeBetween(document: Document, ids: readonly Id[]): { place?: { diagram: Id; x: number; y: number } } {
  const { diagram } = viewStore.getState();
  const spots = ids.flatMap((id) => recordIn(document, 'placements', `${diagram}/${id}`) ?? []);
  if (spots.length < 2) return {};
  const x = spots.reduce((sum, one) => sum + one.x, 0) / spots.length;
  const y = spots.reduce((sum, one) => sum + one.y, 0) / spots.length;
  return spots.some((one) => Math.abs(one.x - x) < 240 && Math.abs(one.y - y) < 120) ? {} : { place: { diagram, x, y } };
}

function useOptionalName(): readonly [string, (name: string) => void, { readonly name?: string }] {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const given = useMemo(() => (trimmed === '' ? {} : { name: trimmed }), [trimmed]);
  return [name, setName, given];
}

function ManyToManyFields({ document, id, onPlan }: { document: Document; id: Id; onPlan: FormProps['onPlan'] }) {
  const [name, setName, given] = useOptionalName();
  const [attributes, setAttributes] = useState('');
  const fact = recordIn(document, 'relationships', id);
  const [left, right] = [fact?.child ?? '', fact?.parent ?? ''];
  useEffect(() => {
    const plan: Planner = () => {
      const read = readAttributes(document, attributes);
      if (!read.ok) return Promise.resolve(read);
      const args = { left, right, conceptual: id, ...given, ...placeBetween(document, [left, right]) };
      const more = read.value.length === 0 ? {} : { attributes: read.value };
      return Promise.resolve(ok<CommandCall[]>([{ name: 'addManyToMany', args: { ...args, ...more } }]));
    };
    onPlan(plan);
  }, [attributes, given, left, right, id, document, onPlan]);
  const names = [left, right].map((one) => entityIn(document, one)?.name ?? one);
  return (
    <>
      <p className="text-xs leading-4.5 text-ink-2">
        Each row of the table is one pair of {names[0]} and {names[1]}.
      </p>
      <TextField label="Name of the table" value={name} placeholder={names.join('_')} mono onChange={setName} />
      <label className="flex flex-col gap-1 text-xs text-ink-2">
        Attributes of the relationship, one a line (optional)
        <textarea
          className="h-24 rounded-md border border-line-strong bg-surface px-2 py-1.5 font-mono text-xs text-ink"
          placeholder={'quantity integer\nsince date'}
          value={attributes}
          onChange={(event) => setAttributes(event.target.value)}
        />
      </label>
    </>
  );
}

function AttributeFields({ document, id, onPlan }: { document: Document; id: Id; onPlan: FormProps['onPlan'] }) {
  const [name, setName, given] = useOptionalName();
  const fact = recordIn(document, 'attributes', id);
  const owner = entityIn(document, fact?.entity ?? '');
  const column = owner?.columns.find((one) => one.id === fact?.column)?.name ?? '';
  useEffect(() => {
    onPlan(() => Promise.resolve(ok<CommandCall[]>([{ name: 'resolveAttribute', args: { id, ...given } }])));
  }, [given, id, onPlan]);
  return (
    <>
      <p className="text-xs leading-4.5 text-ink-2">
        The column {column} of {owner?.name} becomes a table: one row for each value, with the key of its owner.
      </p>
      <TextField label="Name of the table" value={name} placeholder={`${owner?.name ?? ''}_${column}`} mono onChange={setName} />
    </>
  );
}

const WHEN = [
  { value: 'later', label: 'Only the concept, for now', hint: 'The column stays as it is.' },
  { value: 'now', label: 'Give the values a table', hint: 'One row for each value, with the key of its owner.' },
] as const;

function ColumnFields({
  document,
  table,
  column,
  onPlan,
}: {
  document: Document;
  table: Id;
  column: Id;
  onPlan: FormProps['onPlan'];
}) {
  const [id] = useState(() => interactiveIds().next('attr', 'multivalued'));
  const [when, setWhen] = useState<'later' | 'now'>('now');
  useEffect(() => {
    const calls: CommandCall[] = [{ name: 'addAttribute', args: { record: { id, entity: table, column } } }];
    if (when === 'now') calls.push({ name: 'resolveAttribute', args: { id } });
    onPlan(() => Promise.resolve(ok(calls)));
  }, [id, table, column, when, onPlan]);
  const owner = entityIn(document, table);
  const name = owner?.columns.find((one) => one.id === column)?.name ?? '';
  return (
    <>
      <p className="text-xs leading-4.5 text-ink-2">
        One row of {owner?.name} may have several values of {name}.
      </p>
      <Choices title="Tables" value={when} options={WHEN} onChange={setWhen} />
    </>
  );
}

function Single({ call, says, onPlan }: { call: CommandCall; says: string; onPlan: FormProps['onPlan'] }) {
  useEffect(() => onPlan(() => Promise.resolve(ok([call]))), [call, onPlan]);
  return <p className="text-xs leading-4.5 text-ink-2">{says}</p>;
}

/** What is to be decided of a fact that is no hierarchy. */
export function FactForm({ document, subject, onPlan }: FormProps) {
  const call = useMemo((): CommandCall | undefined => {
    if (subject.kind === 'relationship') return { name: 'realiseRelationship', args: { id: subject.id } };
    return subject.kind === 'take-back' ? { name: 'unresolve', args: { id: subject.id } } : undefined;
  }, [subject]);
  switch (subject.kind) {
    case 'many-to-many':
      return <ManyToManyFields document={document} id={subject.id} onPlan={onPlan} />;
    case 'attribute':
      return <AttributeFields document={document} id={subject.id} onPlan={onPlan} />;
    case 'column':
      return <ColumnFields document={document} table={subject.table} column={subject.column} onPlan={onPlan} />;
    default:
      if (call === undefined) return null;
      return (
        <Single
          call={call}
          onPlan={onPlan}
          says={
            subject.kind === 'relationship'
              ? 'Whether a child may be without a parent, and how many children a parent has, follow from the relationship.'
              : 'Data in the tables that go is not part of the design: move it first where there is any.'
          }
        />
      );
  }
}
