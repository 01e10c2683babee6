import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAction, DdlColumn, DdlConstraint } from '../../base/read/ddl.ts';
import { readColumn } from './columns.ts';
import { readElement } from './tables.ts';

/** Words that begin an action of ALTER TABLE. */
const ACTIONS = ['ADD', 'MODIFY', 'DROP', 'RENAME', 'SET', 'ENABLE', 'DISABLE'];

/** Physical matters that a model does not hold once the table is there. */
const NOTHING = ['MOVE', 'SHRINK', 'ALLOCATE', 'DEALLOCATE', 'UPGRADE', 'MONITORING', 'NOMONITORING'];

/** One clause of ALTER TABLE that is kept as text: up to the next action or the end. */
function keptClause(cursor: Cursor, from = cursor.at): DdlAction {
  if (cursor.at === from) cursor.next();
  while (!cursor.done && !cursor.isAny('ADD', 'MODIFY', 'RENAME')) cursor.skip();
  return { kind: 'keep', sql: cursor.slice(from) };
}

function addActions(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  // Partitions, and what belongs to the storage of the table.
  if (cursor.isAny('PARTITION', 'SUBPARTITION', 'OVERFLOW')) return [keptClause(cursor, from)];
  const into = { columns: [] as DdlColumn[], constraints: [] as DdlConstraint[], adds: [] as string[] };
  if (cursor.is('(')) {
    cursor.list(() => {
      readElement(cursor, into);
      return undefined;
    });
  } else {
    cursor.take('COLUMN');
    readElement(cursor, into);
  }
  const actions: DdlAction[] = [
    ...into.columns.map((column) => ({ kind: 'add column', column }) as const),
    ...into.constraints.map((constraint) => ({ kind: 'add constraint', constraint }) as const),
    ...into.adds.map((sql) => ({ kind: 'keep', sql }) as const),
  ];
  if (cursor.done || cursor.isAny(...ACTIONS, ',')) return actions;
  cursor.rest();
  return [...actions, { kind: 'nothing', reason: 'how the new column is stored is left out' }];
}

/** `MODIFY column ...`: what it says replaces, the rest stays. */
function modifyColumn(cursor: Cursor): DdlAction[] {
  const from = cursor.at;
  const dropsIdentity = cursor.word(1) === 'DROP' && cursor.word(2) === 'IDENTITY';
  if (dropsIdentity) {
    const name = cursor.name();
    cursor.take('DROP', 'IDENTITY');
    return [{ kind: 'alter column', name, identity: null }];
  }
  const { column, typed } = readColumn(cursor);
  if (column.generated !== undefined) return [{ kind: 'keep', sql: `MODIFY (${cursor.slice(from)})` }];
  const { name, type, nullable, default: given, identity, invisible, collation, residue } = column;
  const alters: DdlAction = {
    kind: 'alter column',
    name,
    ...(typed ? { type } : {}),
    ...(nullable === undefined ? {} : { nullable }),
    ...(given === undefined ? {} : { default: given }),
    ...(identity === undefined ? {} : { identity }),
    ...(invisible === undefined ? {} : { invisible }),
    ...(collation === undefined ? {} : { collation }),
    ...(column.notNullName === undefined ? {} : { notNullName: column.notNullName }),
  };
  return [
    alters,
    ...(residue ?? []).map((addResidue) => ({ kind: 'alter column', name, addResidue }) as const),
    ...(column.constraints ?? []).map((constraint) => ({ kind: 'add constraint', constraint }) as const),
  ];
}

/** `ENABLE | DISABLE | [NO]VALIDATE` of a constraint. Undefined when it says anything else. */
function stateOf(text: string): { notEnforced: boolean; notValid: boolean } | undefined {
  const words = text.toUpperCase().split(/\s+/);
  if (words.some((word) => !['ENABLE', 'DISABLE', 'VALIDATE', 'NOVALIDATE'].includes(word))) return undefined;
  const notEnforced = words.includes('DISABLE');
  if (notEnforced && words.includes('VALIDATE')) return undefined;
  return { notEnforced, notValid: !notEnforced && words.includes('NOVALIDATE') };
}

function modifyActions(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  if (cursor.take('CONSTRAINT')) {
    const name = cursor.name();
    const state = cursor.at;
    const keeps = keptClause(cursor, from);
    const said = stateOf(cursor.slice(state));
    return [said === undefined ? keeps : { kind: 'alter constraint', name, ...said, sql: cursor.slice(from) }];
  }
  const special = ['PRIMARY', 'UNIQUE', 'PARTITION', 'SUBPARTITION', 'LOB', 'VARRAY', 'NESTED', 'DEFAULT'];
  if (cursor.isAny(...special)) return [keptClause(cursor, from)];
  if (cursor.is('(')) return cursor.list(() => modifyColumn(cursor)).flat();
  cursor.take('COLUMN');
  return modifyColumn(cursor);
}

function dropActions(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  const dropped = (name: string): DdlAction => ({ kind: 'drop column', name });
  let actions: DdlAction[];
  if (cursor.is('UNUSED', 'COLUMNS') || cursor.is('COLUMNS', 'CONTINUE')) {
    cursor.rest();
    return [{ kind: 'nothing', reason: 'columns that were marked as unused are gone already' }];
  }
  if (cursor.take('COLUMN')) actions = [dropped(cursor.name())];
  else if (cursor.is('(')) actions = cursor.list(() => dropped(cursor.name()));
  else if (cursor.take('PRIMARY', 'KEY')) actions = [{ kind: 'drop constraint', what: 'primary' }];
  else if (cursor.take('CONSTRAINT')) actions = [{ kind: 'drop constraint', what: 'any', name: cursor.name() }];
  else return [keptClause(cursor, from)];
  for (let before = -1; before !== cursor.at; ) {
    before = cursor.at;
    if (!cursor.take('CASCADE', 'CONSTRAINTS') && !cursor.take('INVALIDATE') && !cursor.take('CASCADE')) {
      if (cursor.takeAny('KEEP', 'DROP') !== undefined) cursor.expect('INDEX');
      else cursor.take('ONLINE');
    }
    if (cursor.take('CHECKPOINT')) cursor.number();
  }
  return actions;
}

function renameActions(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  if (cursor.take('TO')) return [{ kind: 'rename table', to: cursor.qualified() }];
  const what = cursor.takeAny('COLUMN', 'CONSTRAINT');
  if (what === undefined) return [keptClause(cursor, from)];
  const name = cursor.name();
  cursor.expect('TO');
  const to = cursor.name();
  return [{ kind: what === 'COLUMN' ? 'rename column' : 'rename constraint', from: name, to }];
}

function setActions(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  if (!cursor.take('UNUSED')) return [keptClause(cursor, from)];
  const names = cursor.take('COLUMN') ? [cursor.name()] : cursor.list(() => cursor.name());
  cursor.take('CASCADE', 'CONSTRAINTS');
  cursor.takeAny('INVALIDATE', 'ONLINE');
  return names.map((name) => ({ kind: 'drop column', name }));
}

/** `ENABLE [NOVALIDATE] CONSTRAINT name`, `DISABLE ALL TRIGGERS` ... */
function switchActions(cursor: Cursor): DdlAction[] {
  const from = cursor.at;
  const enabled = cursor.next().word === 'ENABLE';
  if (cursor.take('ALL', 'TRIGGERS')) return [{ kind: 'alter trigger', enabled }];
  cursor.takeAny('VALIDATE', 'NOVALIDATE');
  const said = stateOf(cursor.slice(from));
  if (!cursor.take('CONSTRAINT') || said === undefined) return [keptClause(cursor, from)];
  const name = cursor.name();
  if (!cursor.done && !cursor.isAny(...ACTIONS) && !cursor.is('CASCADE')) return [keptClause(cursor, from)];
  cursor.take('CASCADE');
  return [{ kind: 'alter constraint', name, ...said, sql: cursor.slice(from) }];
}

function actions(cursor: Cursor): DdlAction[] {
  if (cursor.take('ADD')) return addActions(cursor);
  if (cursor.take('MODIFY')) return modifyActions(cursor);
  if (cursor.take('DROP')) return dropActions(cursor);
  if (cursor.take('RENAME')) return renameActions(cursor);
  if (cursor.take('SET')) return setActions(cursor);
  if (cursor.isAny('ENABLE', 'DISABLE')) return switchActions(cursor);
  if (cursor.isAny(...NOTHING)) {
    cursor.rest();
    return [{ kind: 'nothing', reason: 'it moves rows about; the table stays as it is' }];
  }
  return [keptClause(cursor)];
}

/** `ALTER TABLE name ...`, from the name on. Oracle takes several actions without commas between them. */
export function readAlterTable(cursor: Cursor): Ddl[] {
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = cursor.qualified();
  const all: DdlAction[] = [];
  // `ADD CONSTRAINT a ... ADD CONSTRAINT b ...`
  while (!cursor.done) {
    const before = cursor.at;
    if (cursor.isAny(',', ')')) cursor.fail('an action was expected');
    all.push(...actions(cursor));
    if (!cursor.done && cursor.at === before) cursor.fail('an action was expected');
  }
  if (all.length === 0) cursor.fail('an action was expected');
  return [{ kind: 'alter table', name, ...(ifExists ? { ifExists: true } : {}), actions: all }];
}
