import { createStore } from 'zustand/vanilla';
import type { GivenJoin, GivenLoad, GivenTableLoad } from '#engine/denormalize/load.ts';
import type { Id } from '#model/types.ts';
import { onDocumentChange } from './document.ts';
import { openDialog } from './view.ts';

export interface DenormalizeState {
  /** What a person said of how the open document's tables are used: for this session. */
  readonly given: GivenLoad;
  /** The table whose joins are shown first. */
  readonly table?: Id | undefined;
}

const NOTHING: GivenLoad = { tables: {}, joins: [] };

export const denormalizeStore = createStore<DenormalizeState>(() => ({ given: NOTHING }));

// Another document has other tables, some perhaps under the same ids.
onDocumentChange(({ source }) => {
  if (source === 'load' && denormalizeStore.getState().given !== NOTHING)
    denormalizeStore.setState({ given: NOTHING, table: undefined });
});

/** A record with one figure more or less. */
function withFigure<T extends object>(record: T, key: keyof T, value: number | undefined): T {
  const { [key]: _, ...rest } = record;
  return (value === undefined ? rest : { ...rest, [key]: value }) as T;
}

/** Says a figure of a table, or takes it back, so that it is guessed again. */
export function sayTable(table: Id, key: keyof GivenTableLoad, value: number | undefined): void {
  const { given } = denormalizeStore.getState();
  const now = Object.hasOwn(given.tables, table) ? (given.tables[table] ?? {}) : {};
  denormalizeStore.setState({ given: { ...given, tables: { ...given.tables, [table]: withFigure(now, key, value) } } });
}

/** Says a figure of tables that are read together. */
export function sayJoin(relationships: readonly Id[], key: 'lookups' | 'counts' | 'reports', value: number | undefined): void {
  const { given } = denormalizeStore.getState();
  const mine = (one: GivenJoin) => one.relationships.join() === relationships.join();
  const now = given.joins.find(mine) ?? { relationships };
  denormalizeStore.setState({
    given: { ...given, joins: [...given.joins.filter((one) => !mine(one)), withFigure(now, key, value)] },
  });
}

/** Opens the advice. @param table whose joins are shown. */
export function askDenormalization(table: Id | undefined): void {
  denormalizeStore.setState({ table });
  openDialog('denormalize');
}
