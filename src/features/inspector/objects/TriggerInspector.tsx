import { recordIn } from '#model/collections.ts';
import type { Patch } from '#model/patch.ts';
import type { Document, Trigger } from '#model/types.ts';
import { reveal } from '#state/view.ts';
import { orNull, setRecord } from '../edit.ts';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { ColumnsRow } from '../fields/ColumnsRow.tsx';
import { Disclosure } from '../fields/Disclosure.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { DEFERRALS } from '../logic/choices.ts';
import { StatedFields } from './common.tsx';

const EVENTS = ['insert', 'update', 'delete', 'truncate'] as const;
type Set = (patch: Patch<Trigger>) => string | undefined;

function When({ document, trigger, set }: { readonly document: Document; readonly trigger: Trigger; readonly set: Set }) {
  const table = recordIn(document, 'tables', trigger.on);
  const owner = table ?? recordIn(document, 'views', trigger.on);
  return (
    <Section title="When">
      <FieldRow label="On">
        <button
          type="button"
          className="h-7 max-w-full self-start truncate rounded text-accent hover:underline"
          onClick={() => reveal({ record: trigger.on }, 'inspector')}
        >
          {owner?.name ?? '(missing table)'}
        </button>
      </FieldRow>
      <SelectRow
        label="Timing"
        value={trigger.timing}
        options={(['before', 'after', 'instead of'] as const).map((value) => ({ value, label: value }))}
        onCommit={(timing) => set({ timing })}
      />
      <ChipsRow
        label="Events"
        chips={trigger.events.map((event) => ({ id: event, label: event }))}
        choices={EVENTS.map((event) => ({ id: event, label: event }))}
        onCommit={(ids) => {
          const events = EVENTS.filter((event) => ids.includes(event));
          if (events.length === 0) return 'A trigger needs an event.';
          return set(events.includes('update') ? { events } : { events, updateOf: null });
        }}
      />
      {table !== undefined && trigger.events.includes('update') ? (
        <ColumnsRow
          label="Update of"
          document={document}
          table={table}
          columns={trigger.updateOf ?? []}
          placeholder="any column"
          ordered={false}
          onCommit={(updateOf) => set({ updateOf: updateOf.length === 0 ? null : updateOf })}
        />
      ) : null}
      <SelectRow
        label="For each"
        value={trigger.forEach}
        options={[
          { value: 'row', label: 'row' },
          { value: 'statement', label: 'statement' },
        ]}
        onCommit={(forEach) => set({ forEach })}
      />
      <SqlRow
        label="Only when"
        value={trigger.when}
        placeholder="always; OLD.* IS DISTINCT FROM NEW.*"
        onCommit={(text) => set({ when: orNull(text) })}
      />
    </Section>
  );
}

/** A trigger, clause by clause. */
export function TriggerInspector({ document, trigger }: { readonly document: Document; readonly trigger: Trigger }) {
  const set: Set = (patch) => setRecord('triggers', trigger.id, patch);
  return (
    <>
      <When document={document} trigger={trigger} set={set} />
      <Section title="What">
        <SqlRow
          label="Execute"
          value={trigger.execute}
          hint="A function call, such as audit.log('orders')."
          onCommit={(text) => (text.trim() === '' ? 'A trigger needs its function.' : set({ execute: text.trim() }))}
        />
        <SelectRow
          label="Fires"
          value={trigger.enabled ?? 'enabled'}
          options={[
            { value: 'enabled', label: 'as usual' },
            { value: 'disabled', label: 'never (disabled)' },
            { value: 'replica', label: 'only on a replica' },
            { value: 'always', label: 'always, on replicas too' },
          ]}
          onCommit={(value) => set({ enabled: value === 'enabled' ? null : value })}
        />
        <Disclosure
          label="Constraint trigger and transition tables"
          initiallyOpen={trigger.constraint === true || trigger.referencing !== undefined}
        >
          <CheckRow
            label="Constraint trigger"
            checked={trigger.constraint === true}
            onCommit={(on) => set(on ? { constraint: true } : { constraint: null, deferral: null, constraintFrom: null })}
          />
          {trigger.constraint === true ? (
            <SelectRow
              label="Deferral"
              value={trigger.deferral ?? 'none'}
              options={DEFERRALS}
              onCommit={(value) => set({ deferral: value === 'none' ? null : value })}
            />
          ) : null}
          <SqlRow
            label="Referencing"
            value={trigger.referencing}
            kind="fragment"
            placeholder="NEW TABLE AS added"
            onCommit={(text) => set({ referencing: orNull(text) })}
          />
        </Disclosure>
      </Section>
      <StatedFields collection="triggers" record={trigger} />
    </>
  );
}
