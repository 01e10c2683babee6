import { useEffect, useState } from 'react';
import { subtypeChecks } from '#engine/concept/subtype-checks.ts';
import { Choices, Group } from '#features/refactor/index.ts';
import { derivedIds } from '#lib/ids.ts';
import { err, ok } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import { runCommands } from '#model/commands/run.ts';
import type { HierarchyStrategy } from '#model/concept-types.ts';
import type { Document, Id } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';
import { interactiveIds } from '#state/document.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { type HierarchyChoice, hierarchyCalls, type Subject } from './subject.ts';
import type { Planner } from './use-resolution.ts';

const STRATEGIES: readonly { readonly value: HierarchyStrategy | 'later'; readonly label: string; readonly hint: string }[] = [
  { value: 'later', label: 'Only the concept, for now', hint: 'No table changes.' },
  {
    value: 'one-table',
    label: 'One table',
    hint: 'All attributes in the supertype’s table; a column says which subtype a row is of.',
  },
  {
    value: 'table-per-type',
    label: 'A table for each type',
    hint: 'Each subtype’s table shares the supertype’s key and refers to it.',
  },
  {
    value: 'table-per-concrete',
    label: 'A table for each concrete type',
    hint: 'Each subtype repeats the supertype’s attributes; the supertype has no table.',
  },
];

interface Fields {
  readonly supertype: Id;
  readonly subtypes: readonly Id[];
  readonly overlapping: boolean;
  readonly complete: boolean;
  readonly discriminator: string;
  readonly strategy: HierarchyStrategy | 'later';
  /** Rows of a subtype must have what its table asked for. */
  readonly mandatory: boolean;
}

function initial(document: Document, subject: Subject): Fields {
  const known = subject.kind === 'hierarchy' ? recordIn(document, 'hierarchies', subject.id) : undefined;
  const members = subject.kind === 'new-hierarchy' ? subject.members : [];
  return {
    supertype: known?.supertype ?? members[0] ?? '',
    subtypes: known?.subtypes ?? members.slice(1),
    overlapping: known?.overlapping === true,
    complete: known?.complete === true,
    discriminator: known?.discriminator ?? '',
    strategy: known === undefined ? 'later' : 'table-per-type',
    mandatory: true,
  };
}

function planner(id: Id, known: boolean, fields: Fields): Planner {
  return async (document) => {
    const { strategy, mandatory, ...rest } = fields;
    if (fields.subtypes.length === 0) return err('no-subtypes', 'Choose at least one subtype.');
    const choice: HierarchyChoice = { ...rest, ...(strategy === 'later' ? {} : { strategy }) };
    if (strategy !== 'one-table' || !mandatory) return ok(hierarchyCalls(id, known, choice, []));
    // What its rows must have follows from the table that comes out.
    const tried = runCommands(document, hierarchyCalls(id, known, choice, []), derivedIds());
    if (!tried.ok) return tried;
    const hierarchy = recordIn(tried.value.document, 'hierarchies', id);
    const checks = hierarchy === undefined ? [] : subtypeChecks(document, tried.value.document, hierarchy);
    return ok(hierarchyCalls(id, known, choice, checks));
  };
}

export interface FormProps {
  readonly document: Document;
  readonly subject: Subject;
  readonly onPlan: (plan: Planner) => void;
}

function Members({ document, fields, change }: { document: Document; fields: Fields; change: (patch: Partial<Fields>) => void }) {
  const all = [fields.supertype, ...fields.subtypes];
  const options = all.map((id) => ({ value: id, label: entityIn(document, id)?.name ?? id }));
  return (
    <>
      <Group title="Supertype">
        <Select
          label="Supertype"
          value={fields.supertype}
          options={options}
          onValueChange={(supertype) => change({ supertype, subtypes: all.filter((id) => id !== supertype) })}
        />
      </Group>
      <Group title="Subtypes">
        <ul className="flex flex-wrap gap-1.5">
          {fields.subtypes.map((id) => (
            <li key={id} className="rounded-md border border-line bg-surface px-2 py-0.5">
              {entityIn(document, id)?.name ?? id}
            </li>
          ))}
        </ul>
      </Group>
    </>
  );
}

/** What a hierarchy says, and which tables make it. */
export function HierarchyForm({ document, subject, onPlan }: FormProps) {
  const [id] = useState(() => (subject.kind === 'hierarchy' ? subject.id : interactiveIds().next('isa', 'hierarchy')));
  const [fields, setFields] = useState(() => initial(document, subject));
  const known = subject.kind === 'hierarchy';
  const change = (patch: Partial<Fields>) => setFields((old) => ({ ...old, ...patch }));
  useEffect(() => onPlan(planner(id, known, fields)), [id, known, fields, onPlan]);
  const name = entityIn(document, fields.supertype)?.name ?? '';
  const lossy = fields.strategy === 'table-per-concrete' && !fields.complete;
  return (
    <>
      <Members document={document} fields={fields} change={change} />
      <div className="flex flex-col gap-1.5">
        <Checkbox
          checked={!fields.overlapping}
          onCheckedChange={(disjoint) => change({ overlapping: !disjoint })}
          label="Of one subtype at most (disjoint)"
        />
        <Checkbox
          checked={fields.complete}
          onCheckedChange={(complete) => change({ complete })}
          label={`Everything in ${name} is of a subtype (complete)`}
        />
      </div>
      <TextField
        label="Discriminator (optional)"
        value={fields.discriminator}
        placeholder="kind"
        mono
        onChange={(discriminator) => change({ discriminator })}
      />
      <Choices title="Tables" value={fields.strategy} options={STRATEGIES} onChange={(strategy) => change({ strategy })} />
      {fields.strategy === 'one-table' ? (
        <Checkbox
          checked={fields.mandatory}
          onCheckedChange={(mandatory) => change({ mandatory })}
          label="Check that rows of a subtype have what it asks for"
        />
      ) : null}
      {lossy ? (
        <p className="rounded-md bg-warn-soft px-2.5 py-1.5 text-xs leading-4.5 text-warn">
          What is of no subtype would have no table: this fits only complete hierarchies.
        </p>
      ) : null}
    </>
  );
}
