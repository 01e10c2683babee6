import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, EnumType, Id, Ref } from '#model/types.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';

/** What is asked beside a table: its comment or a column's, its schema, the values of a column's enum. */
export type Ask = 'comment' | 'schema' | 'values';

export interface Asked {
  readonly ask: Ask;
  readonly ref: Ref;
}

/** The enum that a column's type is. */
export function enumOf(document: Document, { record, part }: Ref): EnumType | undefined {
  const type = recordIn(document, 'tables', record)?.columns.find(({ id }) => id === part)?.type;
  const found = type?.kind === 'custom' ? recordIn(document, 'types', type.type) : undefined;
  return found?.kind === 'enum' ? found : undefined;
}

/** The text that is there now; undefined = this cannot be asked of it. */
export function askedText(document: Document, { ask, ref }: Asked): string | undefined {
  const entity = recordIn(document, 'entities', ref.record);
  if (entity !== undefined) return ask === 'comment' && ref.part === undefined ? (entity.comment ?? '') : undefined;
  const table = recordIn(document, 'tables', ref.record) ?? recordIn(document, 'views', ref.record);
  if (table === undefined) return undefined;
  const column = recordIn(document, 'tables', ref.record)?.columns.find(({ id }) => id === ref.part);
  if (ask === 'comment') return (column ?? table).comment ?? '';
  if (ask === 'schema') return recordIn(document, 'schemas', table.schema)?.name ?? '';
  return enumOf(document, ref)?.values.join('\n');
}

function commentCalls(document: Document, { record, part }: Ref, text: string): CommandCall[] {
  const patch = { comment: text.trim() === '' ? null : text.trim() };
  const column = recordIn(document, 'tables', record)?.columns.find(({ id }) => id === part);
  if (column !== undefined) return [{ name: 'setColumn', args: { table: record, id: column.id, patch } }];
  if (recordIn(document, 'views', record) !== undefined) return [{ name: 'setView', args: { id: record, patch } }];
  if (recordIn(document, 'entities', record) !== undefined) return [{ name: 'setEntity', args: { id: record, patch } }];
  return [{ name: 'setTable', args: { id: record, patch } }];
}

function schemaCalls(document: Document, record: Id, text: string): CommandCall[] {
  const name = text.trim();
  const known = Object.values(document.schemas).find((one) => one.name === name);
  const schema = known?.id ?? interactiveIds().next('sch', name);
  const made: CommandCall[] = known === undefined ? [{ name: 'addSchema', args: { record: { id: schema, name } } }] : [];
  const patch = { schema };
  return [
    ...made,
    recordIn(document, 'views', record) === undefined
      ? { name: 'setTable', args: { id: record, patch } }
      : { name: 'setView', args: { id: record, patch } },
  ];
}

/** Lines as the values of an enum: empty ones and repetitions are left out. */
export function valuesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

/** The commands that an answer means. */
export function answerCalls(document: Document, { ask, ref }: Asked, text: string): CommandCall[] {
  if (ask === 'comment') return commentCalls(document, ref, text);
  if (ask === 'schema') return schemaCalls(document, ref.record, text);
  const type = enumOf(document, ref);
  return type === undefined ? [] : [{ name: 'setType', args: { id: type.id, patch: { values: valuesOf(text) } } }];
}

const LABELS: Record<Ask, string> = {
  comment: 'Change a comment',
  schema: 'Move to another schema',
  values: 'Change the values of an enum',
};

/** Takes an answer as one step. Yields why not. */
export function answer(asked: Asked, text: string): string | undefined {
  const { document } = documentStore.getState();
  if (asked.ask === 'schema' && text.trim() === '') return 'A schema has a name.';
  const ran = run(answerCalls(document, asked, text), LABELS[asked.ask]);
  if (ran.ok && asked.ask === 'schema') notify({ tone: 'ok', text: `It is in the schema ${text.trim()} now.` });
  return ran.ok ? undefined : ran.problem.message;
}
