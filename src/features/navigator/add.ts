import { TRAITS } from '#engine/dialects/base/traits.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import { defaultSchema, freeName, nameProblem } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Id } from '#model/types.ts';
import { surrogateOf, usualOf } from '#model/usual-types.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { reveal, viewStore } from '#state/view.ts';

export type Addable = 'table' | 'view' | 'enum' | 'domain' | 'composite' | 'sequence' | 'schema' | 'routine' | 'trigger';

/** The schema of what is selected, or the default one. */
export function currentSchema(document: Document): Id | undefined {
  const selected = viewStore.getState().selection.at(-1);
  const found = selected === undefined ? undefined : findRecord(document, selected.record);
  if (found?.collection === 'schemas') return found.record.id;
  if (found !== undefined && 'schema' in found.record) return found.record.schema;
  return defaultSchema(document);
}

/** The table that is selected, or the first one: what a trigger stands on. */
function currentTable(document: Document): Id | undefined {
  const selected = viewStore.getState().selection.findLast((ref) => recordIn(document, 'tables', ref.record) !== undefined);
  return selected?.record ?? Object.keys(document.tables)[0];
}

function tableCall(document: Document, id: Id, schema: Id, name: string): CommandCall {
  const ids = interactiveIds();
  const column = ids.next('col', 'id');
  return {
    name: 'addTable',
    args: {
      table: {
        id,
        schema,
        name,
        columns: [surrogateOf(usualOf(document), 'identity', column, 'id', 'always')],
        keys: [{ id: ids.next('key', 'primary'), kind: 'primary', columns: [column] }],
      },
    },
  };
}

function routineCall(document: Document, id: Id, schema: Id, name: string): CommandCall {
  const prefix = recordIn(document, 'schemas', schema)?.name ?? 'public';
  const definition = `CREATE FUNCTION ${prefix}.${name}() RETURNS trigger\n    LANGUAGE plpgsql\n    AS $$\nBEGIN\n    RETURN NEW;\nEND;\n$$`;
  return { name: 'addRoutine', args: { record: { id, schema, name, kind: 'function', signature: '', definition } } };
}

function triggerCall(document: Document, id: Id, name: string): CommandCall | undefined {
  const on = currentTable(document);
  const routine = Object.values(document.routines).find(
    (one) => one.kind === 'function' && /RETURNS\s+trigger/i.test(one.definition),
  );
  if (on === undefined || routine === undefined) return undefined;
  const schema = recordIn(document, 'schemas', routine.schema)?.name ?? 'public';
  const execute = `${schema}.${routine.name}()`;
  return { name: 'addTrigger', args: { record: { id, name, on, timing: 'before', events: ['update'], forEach: 'row', execute } } };
}

interface Made {
  readonly id: Id;
  readonly call: CommandCall;
}

function make(document: Document, what: Addable, schema: Id): Made | string {
  const ids = interactiveIds();
  const free = (collection: 'tables' | 'types', wanted: string) =>
    freeName(wanted, (name) => nameProblem(document, collection, name, schema) !== undefined);
  const among = (records: readonly { readonly name: string }[], wanted: string) =>
    freeName(wanted, (name) => records.some((one) => one.name === name));
  switch (what) {
    case 'table': {
      const id = ids.next('tbl', 'new_table');
      return { id, call: tableCall(document, id, schema, free('tables', 'new_table')) };
    }
    case 'view': {
      const id = ids.next('view', 'new_view');
      return {
        id,
        call: {
          name: 'addView',
          args: { record: { id, schema, name: free('tables', 'new_view'), query: 'SELECT 1 AS one', indexes: [] } },
        },
      };
    }
    case 'enum': {
      const id = ids.next('typ', 'new_enum');
      return {
        id,
        call: {
          name: 'addType',
          args: { record: { id, kind: 'enum', schema, name: free('types', 'new_enum'), values: ['first'] } },
        },
      };
    }
    case 'domain': {
      const id = ids.next('typ', 'new_domain');
      const base = usualOf(document).types.text;
      return {
        id,
        call: {
          name: 'addType',
          args: { record: { id, kind: 'domain', schema, name: free('types', 'new_domain'), base, checks: [] } },
        },
      };
    }
    case 'composite': {
      const id = ids.next('typ', 'new_type');
      const attributes = [{ id: ids.next('att', 'value'), name: 'value', type: usualOf(document).types.text }];
      return {
        id,
        call: { name: 'addType', args: { record: { id, kind: 'composite', schema, name: free('types', 'new_type'), attributes } } },
      };
    }
    case 'sequence': {
      const id = ids.next('seq', 'new_sequence');
      return {
        id,
        call: { name: 'addSequence', args: { record: { id, schema, name: free('tables', 'new_sequence'), options: {} } } },
      };
    }
    case 'schema': {
      const id = ids.next('sch', 'new_schema');
      return {
        id,
        call: { name: 'addSchema', args: { record: { id, name: among(Object.values(document.schemas), 'new_schema') } } },
      };
    }
    case 'routine': {
      const id = ids.next('fn', 'new_function');
      return { id, call: routineCall(document, id, schema, among(Object.values(document.routines), 'new_function')) };
    }
    case 'trigger': {
      const id = ids.next('trg', 'new_trigger');
      const call = triggerCall(document, id, among(Object.values(document.triggers), 'new_trigger'));
      return call === undefined
        ? 'A trigger stands on a table and calls a function that returns trigger: add those first.'
        : { id, call };
    }
  }
}

/** Why an object of the kind cannot be added so; undefined where it can. */
function notMade(document: Document, what: Addable): string | undefined {
  if (what === 'table' || what === 'view') return undefined;
  const { label, makes, triggersCallFunctions } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
  if (what !== 'routine' && what !== 'trigger') {
    return makes.includes(what) ? undefined : `${label} has no ${NOUNS[what]} of its own: nothing was added.`;
  }
  return triggersCallFunctions === true
    ? undefined
    : `${label} says what a ${NOUNS[what]} does in SQL: type its CREATE statement into the DDL pane.`;
}

const NOUNS = {
  enum: 'enum type',
  domain: 'domain',
  composite: 'composite type',
  sequence: 'sequence',
  schema: 'schema',
  routine: 'function',
  trigger: 'trigger',
} as const;

/** Adds an object with a name that is free, selects it, and yields its id for the name to be edited. */
export function addObject(what: Addable): Id | undefined {
  const { document } = documentStore.getState();
  const schema = currentSchema(document) ?? '';
  const unknown = notMade(document, what);
  if (unknown !== undefined) {
    notify({ tone: 'info', text: unknown });
    return undefined;
  }
  const made = make(document, what, schema);
  if (typeof made === 'string') {
    notify({ tone: 'info', text: made });
    return undefined;
  }
  const ran = run(made.call);
  if (!ran.ok) {
    notify({ tone: 'bad', text: ran.problem.message });
    return undefined;
  }
  reveal({ record: made.id }, 'navigator');
  return made.id;
}

/** Adds a column at the end of a table and yields its id. */
export function addColumnTo(table: Id): Id | undefined {
  const { document } = documentStore.getState();
  const found = recordIn(document, 'tables', table);
  if (found === undefined) return undefined;
  const name = freeName('new_column', (one) => found.columns.some((column) => column.name === one));
  const id = interactiveIds().next('col', name);
  const ran = run({
    name: 'addColumn',
    args: { table, column: { id, name, type: usualOf(document).types.text, nullable: true } },
  });
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
  return ran.ok ? id : undefined;
}
