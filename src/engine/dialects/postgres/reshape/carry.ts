import type { ChangeStep, SchemaChange } from '#model/change-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Rejoining } from '../../../decompose/types.ts';
import type { Reshaped } from '../../../reshape/types.ts';
import { step } from '../../base/decomposition/steps.ts';
import { nextNumber, ownedSequences } from '../decomposition/forward.ts';
import { changedLinks } from '../decomposition/links.ts';
import { refuseIf } from '../decomposition/words.ts';
import { statementsOf } from '../decomposition/written.ts';
import { isSerial } from '../write/parts.ts';
import { objectName } from '../write/scope.ts';
import { deltaOf } from './delta.ts';
import type { Recipe } from './recipe-types.ts';
import { recipeOf } from './recipes.ts';

function tablesOnlyIn(one: Document, other: Document): Table[] {
  return Object.values(one.tables).filter(({ id }) => !Object.hasOwn(other.tables, id));
}

/** Counters of filled tables go on after the largest number. */
function counters(document: Document, tables: readonly Table[]): string[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.identity !== undefined || isSerial(column) ? [nextNumber(objectName(document, table.schema, table.name), column)] : [],
    ),
  );
}

const names = (document: Document, tables: readonly Table[]) =>
  tables.map(({ schema, name }) => objectName(document, schema, name));
const created = (document: Document, tables: readonly Table[], version: number) =>
  statementsOf(
    document,
    tables.map(({ id }): Id => id),
    version,
  ).map(({ sql }) => sql);

function verified({ old, rejoin, inPlace }: Recipe): string[] {
  if (inPlace === true) return [];
  const before = `SELECT ROW(${old.columns.join(', ')})::text FROM ${old.table}`;
  const now = `SELECT ROW(${old.columns.map((name) => `j.${name}`).join(', ')})::text FROM (${rejoin}) AS j`;
  return [
    refuseIf(
      `(${before}\n EXCEPT ALL\n ${now})\nUNION ALL\n(${now}\n EXCEPT ALL\n ${before})`,
      'The new tables do not give back the old rows.',
      'Nothing has been taken away yet: undo what was added, or find the rows that differ.',
    ),
  ];
}

/** The SQL of a reshaping for PostgreSQL, to be run in one transaction. @param broken what names that end. */
export function postgresReshaping(
  reshaped: Reshaped,
  broken: readonly string[],
): Pick<SchemaChange, 'forward' | 'back'> & { readonly rejoining: Rejoining } {
  const { before, after } = reshaped;
  const version = before.settings['settings']?.version ?? 18;
  const recipe = recipeOf(reshaped);
  const links = changedLinks(before, after, version);
  const [there, again] = [deltaOf(before, after, version), deltaOf(after, before, version)];
  const [fresh, gone] = [tablesOnlyIn(after, before), tablesOnlyIn(before, after)];
  const warned = broken.length === 0 ? '' : ` Before it, change what names what goes: ${broken.join('; ')}.`;
  const forward: ChangeStep[] = [
    ...step('guard', 'Stops when rows would lose something: nothing has been changed by then.', recipe.guards),
    ...step('expand', 'Makes what is new.', [
      ...links.old.map(({ drop }) => drop),
      ...created(after, fresh, version),
      ...there.add,
    ]),
    ...step('fill', 'Copies the rows.', [...recipe.fill, ...counters(after, fresh)]),
    ...step('verify', 'Compares the old rows with what the new tables give back.', verified(recipe)),
    ...step('contract', `Takes away what is no longer needed.${warned}`, [
      ...there.drop,
      ...names(before, gone).map((name) => `DROP TABLE ${name};`),
    ]),
    ...step('validate', 'Adds constraints, indexes and references.', [
      ...there.hold,
      ...links.fresh.map(({ add }) => add),
      ...links.fresh.map(({ validate }) => validate),
    ]),
  ];
  const back: ChangeStep[] = [
    ...step('guard', 'Stops when the old shape cannot hold the rows there are now.', recipe.backGuards),
    ...step('expand', 'Brings back what there was.', [
      ...links.fresh.map(({ drop }) => drop),
      ...created(before, gone, version),
      ...ownedSequences(after, before),
      ...again.add,
    ]),
    ...step('fill', 'Copies the rows back.', [...recipe.backFill, ...counters(before, gone)]),
    ...step('contract', 'Takes away what was new.', [...again.drop, ...names(after, fresh).map((name) => `DROP TABLE ${name};`)]),
    ...step('validate', 'Puts constraints, indexes and references back.', [
      ...again.hold,
      ...links.old.map(({ add }) => add),
      ...links.old.map(({ validate }) => validate),
    ]),
  ];
  const { columns, table } = recipe.old;
  return { forward, back, rejoining: { query: recipe.rejoin, columns, table, row: `ROW(${columns.join(', ')})::text` } };
}
