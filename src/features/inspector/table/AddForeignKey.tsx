import { useState } from 'react';
import { recordIn } from '#model/collections.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { interactiveIds } from '#state/document.ts';
import { Button } from '#ui/Button.tsx';
import { edit } from '../edit.ts';
import { FieldRow } from '../fields/FieldRow.tsx';
import { SuggestInput } from '../fields/SuggestInput.tsx';
import { tableChoices } from '../logic/table-choices.ts';

export interface AddForeignKeyProps {
  readonly document: Document;
  readonly table: Table;
  readonly onAdded: (id: Id) => void;
}

/** Names the parent; the columns that hold its key are taken where they exist and made where they do not. */
export function AddForeignKey({ document, table, onAdded }: AddForeignKeyProps) {
  const [text, setText] = useState<string | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  const choices = text === undefined ? [] : tableChoices(document, table.schema);
  const close = () => {
    setText(undefined);
    setProblem(undefined);
  };
  const add = (typed: string) => {
    if (typed.trim() === '') return close();
    const parent = choices.find((one) => one.text === typed.trim())?.id;
    if (parent === undefined) return setProblem(`There is no table ${typed.trim()}.`);
    const id = interactiveIds().next('rel', `${table.name}_${recordIn(document, 'tables', parent)?.name ?? ''}`);
    const why = edit({
      name: 'addRelationship',
      args: { relationship: { id, child: table.id, parent }, createColumns: { reuse: true, nullable: false } },
    });
    if (why !== undefined) return setProblem(why);
    close();
    onAdded(id);
  };
  if (text === undefined) {
    return (
      <Button variant="ghost" size="sm" icon="Plus" className="-ml-1 self-start" onClick={() => setText('')}>
        Add foreign key
      </Button>
    );
  }
  return (
    <FieldRow label="Refer to table" problem={problem} hint="Columns of its key are taken where they exist, else added.">
      <SuggestInput
        label="Table to refer to"
        text={text}
        commitChoice
        invalid={problem !== undefined}
        inputRef={focusOnce}
        suggest={(typed) => {
          const query = typed.trim().toLowerCase();
          const options = choices
            .filter((one) => one.text.toLowerCase().includes(query))
            .map((one) => ({ text: one.text, note: one.key }));
          return { start: 0, end: typed.length, options };
        }}
        onChange={(next) => {
          setText(next);
          setProblem(undefined);
        }}
        onCommit={add}
        onCancel={close}
      />
    </FieldRow>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
