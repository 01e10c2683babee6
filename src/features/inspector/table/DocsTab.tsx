import type { Decision } from '#model/types.ts';
import { Pill } from '#ui/Pill.tsx';
import { orNull, setPart, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { KeptText } from '../objects/common.tsx';
import type { TabProps } from './KeysTab.tsx';

function DecisionLine({ decision }: { readonly decision: Decision }) {
  return (
    <li className="flex min-w-0 flex-col gap-0.5 rounded-md bg-sunken px-2 py-1.5 text-xs leading-[18px]">
      <span className="flex items-center gap-1.5 font-semibold">
        <span className="min-w-0 flex-1 break-words">{decision.title}</span>
        <Pill tone={decision.status === 'accepted' ? 'ok' : 'plain'}>{decision.status}</Pill>
      </span>
      <span className="break-words text-ink-2">{decision.decision}</span>
      <span className="text-ink-3">{decision.date}</span>
    </li>
  );
}

/** What the table and its columns mean, in one place. */
export function DocsTab({ document, table }: TabProps) {
  const decisions = Object.values(document.decisions).filter((one) => one.about?.includes(table.id));
  const said = table.columns.filter((column) => column.comment !== undefined).length;
  return (
    <>
      <Section title="The table">
        <AreaRow
          label="Comment"
          stacked
          value={table.comment}
          placeholder="What one row of it stands for"
          onCommit={(text) => setRecord('tables', table.id, { comment: orNull(text) })}
        />
        <ChipsRow
          label="Tags"
          chips={(table.tags ?? []).map((tag) => ({ id: tag, label: tag }))}
          placeholder="such as core"
          hint="Words to filter and colour diagrams by. They are no part of the DDL."
          onCommit={(tags) => setRecord('tables', table.id, { tags: tags.length === 0 ? null : [...new Set(tags)] })}
        />
      </Section>
      <Section title="Columns" end={<Pill tone="plain">{`${said} of ${table.columns.length}`}</Pill>}>
        {table.columns.map((column) => (
          <AreaRow
            key={column.id}
            label={column.name}
            value={column.comment}
            onCommit={(text) => setPart(table.id, 'columns', column.id, { comment: orNull(text) })}
          />
        ))}
      </Section>
      <Section title="Decisions">
        {decisions.length === 0 ? (
          <Nothing>No decision of the design names this table.</Nothing>
        ) : (
          <ul className="flex flex-col gap-1.5">
            {decisions.map((decision) => (
              <DecisionLine key={decision.id} decision={decision} />
            ))}
          </ul>
        )}
      </Section>
      <KeptText remarks={table.remarks} residue={table.residue} />
    </>
  );
}
