import type { Index } from '#model/table-parts.ts';
import type { Id, Table, View } from '#model/types.ts';
import { statement } from './clauses.ts';
import { KitScope, targetOf, type WriteKit } from './kit.ts';
import type { LiveIndexes, LiveStatement, LiveTarget } from './live-indexes.ts';
import { sqlText } from './text.ts';

/** What a kit's dialect says when it makes and drops indexes of a system that runs. */
export interface LiveWords extends Pick<LiveIndexes, 'says' | 'begin' | 'before' | 'end' | 'passesOver'> {
  readonly lock: LiveStatement['lock'];
  /** The index with what the statement has to say, such as `ONLINE = ON`. */
  marked?(index: Index): Index;
  /** @param sql what makes it, without its end. @param table and @param name as SQL. */
  make(sql: string, index: Pick<Index, 'method'>, at: LiveNames): string;
  drop(at: LiveNames): string;
}

/** How a statement calls what it speaks of. */
export interface LiveNames {
  /** Table and index as SQL, the index alone. */
  readonly table: string;
  readonly name: string;
  /** The index with its schema. */
  readonly qualified: string;
  literal(text: string): string;
}

function scopeOf(kit: WriteKit, { document, version }: LiveTarget, record: Id): KitScope {
  return new KitScope(document, version, { collection: 'tables', record }, targetOf(kit, version));
}

/** How a dialect with a kit makes and drops indexes of a system that runs. */
export function liveKit(kit: WriteKit, words: LiveWords): LiveIndexes {
  const names = (scope: KitScope, table: Table | View, name: string): LiveNames => ({
    table: scope.name(table.id),
    name: scope.ident(name),
    qualified: scope.nameIn(table.schema, name),
    literal: (text) => kit.literal(text),
  });
  const make = (scope: KitScope, table: Table, index: Index): LiveStatement | undefined => {
    const clause = kit.index(scope, { ...table, table }, words.marked?.(index) ?? index);
    if (clause === undefined) return undefined;
    const sql = kit.indexes === 'inline' ? `ALTER TABLE ${scope.name(table.id)} ADD ${clause}` : clause;
    const text = words.make(sql, index, names(scope, table, index.name ?? ''));
    return { sql: statement(scope, table.remarks, text, false, index.id).sql, lock: words.lock };
  };
  return {
    ...words,
    makes(target) {
      return Object.values(target.document.tables).flatMap((table) => {
        const scope = scopeOf(kit, target, table.id);
        return table.indexes.flatMap((index) => {
          if (index.clustered === true) return [];
          const made = make(scope, table, index);
          return made === undefined ? [] : [{ on: table.id, index: index.id, name: index.name ?? '', statements: [made] }];
        });
      });
    },
    drop(target, table, name) {
      if (name === '') return [];
      const scope = scopeOf(kit, target, table.id);
      return [{ sql: kit.ended(sqlText(words.drop(names(scope, table, name))), false).sql, lock: words.lock }];
    },
    again(target, { table, name, sql }) {
      const scope = scopeOf(kit, target, table.id);
      const bare = sql.trim().replace(/(?:\s*;|\s+GO)+\s*$/i, '');
      const text = words.make(bare, {}, names(scope, table, name));
      return [{ sql: kit.ended(sqlText(text), false).sql, lock: words.lock }];
    },
  };
}
