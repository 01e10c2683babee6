import type { Id, Sql, StorageParameter, Table } from '#model/types.ts';
import { bracketed } from '../../base/write/clauses.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { CLAUSE_SINCE, OPTION_SINCE } from './features.ts';

/** `NAME = value` for options; one without a value is its name alone. */
export function optionList(parameters: readonly StorageParameter[]): string {
  return parameters.map(({ name, value }) => (value === '' ? name : `${name} = ${value}`)).join(', ');
}

/** ` WITH (...)`, or nothing. */
export function withOptions(parameters: readonly StorageParameter[] | undefined): string {
  return parameters === undefined || parameters.length === 0 ? '' : ` WITH (${optionList(parameters)})`;
}

/** Tells what only a later version has; it is written all the same. */
export function tellSince(scope: KitScope, since: number | undefined, what: string, part?: Id): void {
  if (since === undefined || scope.version >= since) return;
  scope.note({
    feature: what,
    since,
    message: `SQL Server ${scope.version} does not have ${what}: ${since} is the first that does. It is written all the same.`,
    ...(part === undefined ? {} : { part }),
  });
}

/** {@link tellSince} for options. */
export function tellOptions(scope: KitScope, parameters: readonly StorageParameter[] | undefined, part?: Id): void {
  for (const { name } of parameters ?? []) {
    const since = Object.hasOwn(OPTION_SINCE, name) ? OPTION_SINCE[name] : undefined;
    tellSince(scope, since, `the option ${name}`, part);
  }
}

/** {@link tellSince} for clauses that were kept as text. */
export function tellClauses(scope: KitScope, residue: readonly Sql[] | undefined, part?: Id): void {
  for (const clause of residue ?? []) {
    for (const [pattern, since, what] of CLAUSE_SINCE) if (pattern.test(clause)) tellSince(scope, since, what, part);
  }
}

/** An expression in brackets. */
export function inBrackets(sql: Sql): string {
  return bracketed(sql, 'mssql');
}

/** Clauses that were kept as text and say where something is stored: they stand at the end. */
const STORE = /^(?:ON|FILESTREAM_ON)\s/i;

/** Kept clauses, those of storage apart; each with a leading space. */
export function keptClauses(residue: readonly Sql[] | undefined): { before: string; after: string } {
  const all = residue ?? [];
  const joined = (list: readonly Sql[]) => list.map((one) => ` ${one}`).join('');
  return { before: joined(all.filter((one) => !STORE.test(one))), after: joined(all.filter((one) => STORE.test(one))) };
}

/** Kept text of a table that stands in its brackets. */
const INSIDE = /^(?:PERIOD\s+FOR|INDEX|CONSTRAINT|CONNECTION)\b/i;

export function linesOf(table: Table): readonly Sql[] {
  return (table.residue ?? []).filter((one) => INSIDE.test(one));
}

/** Kept text of a table that stands after its brackets. */
export function tailOf(table: Table): readonly Sql[] {
  return (table.residue ?? []).filter((one) => !INSIDE.test(one));
}

/** Whether rows live in memory: indexes of such a table are added by ALTER TABLE. */
export function isInMemory(table: Table | undefined): boolean {
  return table?.parameters?.some(({ name, value }) => /^memory_optimized$/i.test(name) && /^on$/i.test(value)) === true;
}
