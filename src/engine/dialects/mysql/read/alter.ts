import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAction, DdlPosition } from '../../base/read/ddl.ts';
import { addPartition, coalesce, dropPartition, reorganize } from './alter-partitions.ts';
import { readColumn, readDefault } from './columns.ts';
import { isConstraint, readConstraint } from './constraints.ts';
import { withoutBtree } from './elements.ts';
import { readOptions } from './options.ts';
import { readPartitioning } from './partitions.ts';

const POSITIONS = ['FIRST', 'AFTER'] as const;

function readPosition(cursor: Cursor): { position?: DdlPosition } {
  if (cursor.take('FIRST')) return { position: { first: true } };
  return cursor.take('AFTER') ? { position: { after: cursor.name() } } : {};
}

function guarded(ifExists: boolean): { ifExists?: true } {
  return ifExists ? { ifExists } : {};
}

function readAdd(cursor: Cursor): DdlAction[] {
  if (isConstraint(cursor)) return [{ kind: 'add constraint', constraint: withoutBtree(readConstraint(cursor)) }];
  if (cursor.is('PARTITION')) return addPartition(cursor);
  if (cursor.isAny('PERIOD', 'SYSTEM')) return keep(cursor, 'ADD');
  cursor.take('COLUMN');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS') ? { ifNotExists: true } : {};
  if (cursor.take('(')) {
    const actions: DdlAction[] = [];
    do {
      if (isConstraint(cursor)) actions.push({ kind: 'add constraint', constraint: withoutBtree(readConstraint(cursor)) });
      else actions.push({ kind: 'add column', column: readColumn(cursor), ...ifNotExists });
    } while (cursor.take(','));
    cursor.expect(')');
    return actions;
  }
  const column = readColumn(cursor, ...POSITIONS);
  return [{ kind: 'add column', column, ...readPosition(cursor), ...ifNotExists }];
}

function readDrop(cursor: Cursor): DdlAction[] {
  if (cursor.take('PRIMARY', 'KEY')) return [{ kind: 'drop constraint', what: 'primary' }];
  const drop = (what: 'foreign' | 'check' | 'index' | 'any'): DdlAction[] => {
    const ifExists = guarded(cursor.take('IF', 'EXISTS'));
    return [{ kind: 'drop constraint', what, name: cursor.name(), ...ifExists }];
  };
  if (cursor.take('FOREIGN', 'KEY')) return drop('foreign');
  if (cursor.take('CHECK')) return drop('check');
  if (cursor.take('CONSTRAINT')) return drop('any');
  if (cursor.takeAny('INDEX', 'KEY') !== undefined) return drop('index');
  if (cursor.is('PARTITION')) return dropPartition(cursor);
  if (cursor.isAny('SYSTEM', 'PERIOD')) return keep(cursor, 'DROP');
  cursor.take('COLUMN');
  const ifExists = guarded(cursor.take('IF', 'EXISTS'));
  const name = cursor.name();
  // Read and without meaning for the server.
  cursor.takeAny('RESTRICT', 'CASCADE');
  return [{ kind: 'drop column', name, ...ifExists }];
}

/** `ALTER [COLUMN] c SET DEFAULT x`, `ALTER INDEX i INVISIBLE`, `ALTER CHECK c NOT ENFORCED` ... */
function readAlter(cursor: Cursor): DdlAction[] {
  const from = cursor.at;
  if (cursor.takeAny('INDEX', 'KEY') !== undefined) {
    cursor.take('IF', 'EXISTS');
    const name = cursor.name();
    const invisible = cursor.take('INVISIBLE') || cursor.take('IGNORED');
    if (!invisible && !cursor.take('VISIBLE')) cursor.expect('NOT', 'IGNORED');
    return [{ kind: 'alter index', name, invisible }];
  }
  if (cursor.takeAny('CHECK', 'CONSTRAINT') !== undefined) {
    const name = cursor.name();
    const notEnforced = cursor.take('NOT', 'ENFORCED');
    if (!notEnforced) cursor.expect('ENFORCED');
    return [{ kind: 'alter constraint', name, notEnforced }];
  }
  cursor.take('COLUMN');
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = cursor.name();
  if (cursor.take('SET', 'DEFAULT')) return [{ kind: 'alter column', name, default: readDefault(cursor) }];
  if (cursor.take('DROP', 'DEFAULT')) return [{ kind: 'alter column', name, default: null }];
  if (cursor.take('SET', 'INVISIBLE')) return [{ kind: 'alter column', name, invisible: true }];
  if (cursor.take('SET', 'VISIBLE')) return [{ kind: 'alter column', name, invisible: false }];
  cursor.at = from;
  if (ifExists) cursor.fail('SET or DROP was expected');
  return keep(cursor, 'ALTER');
}

function readRename(cursor: Cursor): DdlAction[] {
  const pair = () => {
    const from = cursor.name();
    cursor.expect('TO');
    return { from, to: cursor.name() };
  };
  if (cursor.take('COLUMN')) {
    cursor.take('IF', 'EXISTS');
    return [{ kind: 'rename column', ...pair() }];
  }
  if (cursor.isAny('INDEX', 'KEY') && cursor.word(1) !== '') {
    cursor.next();
    cursor.take('IF', 'EXISTS');
    return [{ kind: 'rename constraint', ...pair() }];
  }
  if (cursor.isAny('INDEX', 'KEY')) {
    cursor.next();
    return [{ kind: 'rename constraint', ...pair() }];
  }
  cursor.takeAny('TO', 'AS', '=');
  return [{ kind: 'rename table', to: cursor.qualified() }];
}

/** What the model has no field for, up to the next action. @param taken words that stood before the cursor. */
function keep(cursor: Cursor, taken: string): DdlAction[] {
  return [{ kind: 'keep', sql: `${taken} ${cursor.until()}` }];
}

const NOTHING: Readonly<Record<string, string>> = {
  ALGORITHM: 'how the server is to do it changes nothing of the schema',
  LOCK: 'how the server is to do it changes nothing of the schema',
  FORCE: 'it rebuilds the table',
  DISABLE: 'keys are switched off for loading rows',
  ENABLE: 'keys are switched on again after loading rows',
  ORDER: 'it sorts the rows once',
  DISCARD: 'it is about files of the server',
  IMPORT: 'it is about files of the server',
  ANALYZE: 'maintenance of partitions',
  CHECK: 'maintenance of partitions',
  OPTIMIZE: 'maintenance of partitions',
  REBUILD: 'maintenance of partitions',
  REPAIR: 'maintenance of partitions',
  TRUNCATE: 'data: a model holds no rows',
  SECONDARY_LOAD: 'data: rows are loaded into another engine',
  SECONDARY_UNLOAD: 'data: rows are taken out of another engine',
  EXCHANGE: 'data: rows change places between two tables',
  WITH: 'whether rows are looked at changes nothing of the schema',
  WITHOUT: 'whether rows are looked at changes nothing of the schema',
};

function nothing(cursor: Cursor, reason: string): DdlAction[] {
  const isOrder = cursor.is('ORDER', 'BY');
  cursor.until();
  // The list of ORDER BY has commas of its own and comes last.
  while (isOrder && cursor.take(',')) cursor.until();
  return [{ kind: 'nothing', reason }];
}

function readSetting(cursor: Cursor): DdlAction[] {
  if (cursor.is('PARTITION', 'BY')) {
    const partitioning = readPartitioning(cursor);
    if (partitioning === undefined || typeof partitioning === 'string') return [{ kind: 'keep', sql: partitioning ?? '' }];
    return [{ kind: 'set', partitioning }];
  }
  if (cursor.take('REMOVE', 'PARTITIONING')) return [{ kind: 'set', partitioning: null }];
  const before = cursor.at;
  const { parameters, comment, tablespace, residue } = readOptions(cursor);
  if (cursor.at === before) {
    cursor.fail('a change of the table was expected');
    return [];
  }
  return [
    {
      kind: 'set',
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(comment === undefined ? {} : { comment }),
      ...(tablespace === undefined ? {} : { tablespace }),
    },
    ...residue.map((sql): DdlAction => ({ kind: 'keep', sql })),
  ];
}

function readAction(cursor: Cursor): DdlAction[] {
  if (cursor.take('ADD')) return readAdd(cursor);
  if (cursor.take('DROP')) return readDrop(cursor);
  if (cursor.take('ALTER')) return readAlter(cursor);
  if (cursor.take('RENAME')) return readRename(cursor);
  if (cursor.take('MODIFY') || cursor.take('CHANGE')) {
    const isChange = cursor.tokens[cursor.at - 1]?.word === 'CHANGE';
    cursor.take('COLUMN');
    cursor.take('IF', 'EXISTS');
    const old = isChange ? cursor.name() : undefined;
    const column = readColumn(cursor, ...POSITIONS);
    return [{ kind: 'change column', name: old ?? column.name, column, ...readPosition(cursor) }];
  }
  if (cursor.take('CONVERT', 'TO')) {
    return [{ kind: 'convert texts', parameters: readOptions(cursor).parameters }];
  }
  if (cursor.is('COALESCE', 'PARTITION')) return coalesce(cursor);
  if (cursor.is('REORGANIZE', 'PARTITION')) return reorganize(cursor);
  const reason = Object.hasOwn(NOTHING, cursor.word()) ? NOTHING[cursor.word()] : undefined;
  // Of partitions it stands alone, and their names have commas between them.
  if (reason !== undefined && cursor.word(1) === 'PARTITION') cursor.rest();
  if (reason !== undefined && !cursor.is('WITH', 'SYSTEM')) return nothing(cursor, reason);
  return readSetting(cursor);
}

/** `ALTER TABLE ...`, from TABLE on. */
export function readAlterTable(cursor: Cursor): Ddl {
  cursor.expect('TABLE');
  const ifExists = guarded(cursor.take('IF', 'EXISTS'));
  const name = cursor.qualified();
  cursor.takeAny('WAIT', 'NOWAIT');
  cursor.number();
  const actions: DdlAction[] = [];
  while (!cursor.done) {
    const before = cursor.at;
    actions.push(...readAction(cursor));
    cursor.take(',');
    if (cursor.at === before) cursor.fail('a change of the table was expected');
  }
  return { kind: 'alter table', name, ...ifExists, actions };
}
