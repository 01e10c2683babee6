import type { CommandCall } from '#model/commands/registry.ts';

/** An example's query, which DDL cannot say. */
export function givenQuery(name: string, sql: string): () => readonly CommandCall[] {
  return () => [{ name: 'addQuery', args: { record: { name, sql } } }];
}
