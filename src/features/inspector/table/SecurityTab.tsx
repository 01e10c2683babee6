import type { Classification } from '#model/column-types.ts';
import type { Patch } from '#model/patch.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Table } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { Pill } from '#ui/Pill.tsx';
import { addPart, movePart, orNull, setPart, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { PartList } from '../fields/PartList.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { CLASSIFICATIONS } from '../logic/choices.ts';
import { freeName } from '../logic/marks.ts';
import { rename } from '../name.ts';
import type { TabProps } from './KeysTab.tsx';

const COMMANDS = ['all', 'select', 'insert', 'update', 'delete'] as const;

function PolicyFields({ table, policy }: { readonly table: Table; readonly policy: Policy }) {
  const set = (patch: Patch<Policy>) => setPart(table.id, 'policies', policy.id, patch);
  const others = table.policies.filter((one) => one.id !== policy.id).map((one) => one.name);
  const reads = policy.command !== 'insert';
  const writes = policy.command !== 'select' && policy.command !== 'delete';
  return (
    <>
      <TextRow label="Name" value={policy.name} onCommit={(text) => rename({ record: table.id, part: policy.id }, text, others)} />
      <SelectRow
        label="For"
        value={policy.command}
        options={COMMANDS.map((value) => ({ value, label: value }))}
        onCommit={(command) => set({ command })}
      />
      <ChipsRow
        label="Roles"
        chips={policy.roles.map((role) => ({ id: role, label: role }))}
        placeholder="everyone (public)"
        onCommit={(roles) => set({ roles })}
      />
      <SelectRow
        label="Together"
        value={policy.restrictive === true ? 'restrictive' : 'permissive'}
        options={[
          { value: 'permissive', label: 'permissive', hint: 'one must allow' },
          { value: 'restrictive', label: 'restrictive', hint: 'all must allow' },
        ]}
        onCommit={(value) => set({ restrictive: value === 'restrictive' ? true : null })}
      />
      {reads || policy.using !== undefined ? (
        <SqlRow
          label="Using"
          value={policy.using}
          placeholder="rows it sees: true"
          onCommit={(text) => set({ using: orNull(text) })}
        />
      ) : null}
      {writes || policy.withCheck !== undefined ? (
        <SqlRow
          label="With check"
          value={policy.withCheck}
          placeholder="rows it may write: as Using"
          onCommit={(text) => set({ withCheck: orNull(text) })}
        />
      ) : null}
      <AreaRow label="Comment" value={policy.comment} onCommit={(text) => set({ comment: orNull(text) })} />
    </>
  );
}

function Classified({ table }: { readonly table: Table }) {
  const unsaid = table.columns.filter((column) => column.classification === undefined).length;
  return (
    <Section
      title="Sensitive data"
      end={<Pill tone={unsaid === 0 ? 'ok' : 'plain'}>{unsaid === 0 ? 'all said' : `${unsaid} not said`}</Pill>}
    >
      {table.columns.length === 0 ? <Nothing>No columns yet.</Nothing> : null}
      {table.columns.map((column) => (
        <SelectRow
          key={column.id}
          label={column.name}
          value={column.classification ?? 'unknown'}
          options={CLASSIFICATIONS}
          onCommit={(value) =>
            setPart(table.id, 'columns', column.id, { classification: value === 'unknown' ? null : (value as Classification) })
          }
        />
      ))}
    </Section>
  );
}

/** Who may see and write which rows, and what in them is sensitive. */
export function SecurityTab({ table, part }: TabProps) {
  const names = table.policies.map((one) => one.name);
  return (
    <>
      <Section title="Row-level security">
        <SelectRow
          label="Rows"
          value={table.rowSecurity ?? 'off'}
          options={[
            { value: 'off', label: 'not restricted' },
            { value: 'enabled', label: 'by policy', hint: 'not for the owner' },
            { value: 'forced', label: 'by policy, forced', hint: 'the owner too' },
          ]}
          hint={
            table.rowSecurity === undefined && table.policies.length > 0
              ? 'The policies below do nothing until this is on.'
              : undefined
          }
          onCommit={(value) => setRecord('tables', table.id, { rowSecurity: value === 'off' ? null : value })}
        />
        <PartList
          parts={table.policies}
          noun="policy"
          focus={part}
          empty={table.rowSecurity === undefined ? 'No policy.' : 'No policy: nobody but the owner sees a row.'}
          title={(policy) => `policy ${policy.name}`}
          summary={(policy) => (
            <>
              <span className="min-w-0 truncate">{policy.name}</span>
              <span className="ml-auto flex shrink-0 gap-1">
                {policy.restrictive === true ? <Pill tone="warn">restrictive</Pill> : null}
                <Pill tone="plain">{policy.command}</Pill>
              </span>
            </>
          )}
          detail={(policy) => <PolicyFields table={table} policy={policy} />}
          onAdd={() =>
            addPart(table.id, 'policies', {
              name: freeName(`${table.name}_policy`, names),
              command: 'all',
              roles: [],
              using: 'true',
            })
          }
          onMove={(policy, to) => movePart(table.id, 'policies', policy.id, to)}
          onRemove={(policy) => requestDeletion([{ record: table.id, part: policy.id }])}
        />
      </Section>
      <Section title="Owner">
        <TextRow
          label="Owner"
          value={table.owner}
          mono
          placeholder="who runs the script"
          onCommit={(text) => setRecord('tables', table.id, { owner: orNull(text) })}
        />
      </Section>
      <Classified table={table} />
    </>
  );
}
