import type { Column } from '#model/column-types.ts';
import type { Id } from '#model/types.ts';
import { failed, modelled, note, type Outcome, skipped, withResidue } from '../../../postgres/read/outcome.ts';
import { removeColumn, removeRelationship } from '../../../postgres/read/remove.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { copyOf, type Writable } from '../../../postgres/read/writable.ts';
import { nameKey, TRAITS } from '../../traits.ts';
import type { DdlAction, DdlAlterTable } from '../ddl.ts';
import { addColumn, addColumnConstraints, changeColumn } from './columns.ts';
import { addConstraint, alterIndex, settleUnique } from './constraints.ts';
import { foreignKeyNamed, partNamed, partOf, removePart } from './find.ts';
import { type Folding, keepSql, kept, sayName, typeOf } from './folding.ts';
import { followTexts } from './follow.ts';
import { makeIndex } from './made-indexes.ts';
import { keepNumbers } from './numbered.ts';
import { changePartitions } from './partitions.ts';
import { followColumn, renameRelation } from './rename.ts';
import { renameInTable } from './rename-words.ts';
import { partitioningOf, withParameters } from './tables.ts';

/** Something of the statement cannot be done to the table as the text has it. */
function wrong({ outcome }: Folding, reason: string): void {
  withResidue(outcome, reason);
}

/** Keeps one action as a statement of its own. */
function keepAction(folding: Folding, table: MutableTable, sql: string, reason: string): void {
  keepSql(folding, 'ALTER TABLE', `ALTER TABLE ${folding.state.sqlName(table.schema, table.name)} ${sql}`, 'last', table.id);
  withResidue(folding.outcome, `${reason}: kept as text`);
}

/** MySQL takes a dropped column out of the keys and indexes that hold others too. */
function loosen(folding: Folding, table: MutableTable, id: Id): void {
  for (const index of [...table.indexes]) {
    if (index.elements.length < 2 || index.elements.every((element) => element.column !== id)) continue;
    index.elements = index.elements.filter((element) => element.column !== id);
    settleUnique(folding, table, index);
  }
  for (const key of table.keys) {
    if (key.columns.length < 2 || !key.columns.includes(id)) continue;
    const at = key.columns.indexOf(id);
    key.columns = key.columns.filter((column) => column !== id);
    const lengths = (key.lengths ?? []).filter((_, i) => i !== at);
    if (lengths.every((one) => one === null)) delete key.lengths;
    else key.lengths = lengths;
    delete key.descending;
  }
}

function dropColumn(folding: Folding, table: MutableTable, name: string, ifExists: boolean): void {
  const column = folding.state.column(table, name);
  if (column === undefined) {
    if (!ifExists) wrong(folding, `table ${table.name} has no column ${name} to drop`);
    return;
  }
  if (TRAITS[folding.dialect].dropsColumnFromIndexes) loosen(folding, table, column.id);
  removeColumn(folding.state, table, column.id);
}

function renameColumn(folding: Folding, table: MutableTable, from: string, to: string): Writable<Column> | undefined {
  const { state } = folding;
  const column = state.column(table, from);
  const taken = state.column(table, to);
  if (column === undefined) wrong(folding, `table ${table.name} has no column ${from}`);
  else if (taken !== undefined && taken !== column) wrong(folding, `table ${table.name} has a column ${to} already`);
  else {
    if (column.name !== to) {
      renameInTable(table, folding.dialect, column.name, state.quote(to));
      followTexts(folding, { record: table.id, part: column.id }, { name: to });
    }
    followColumn(folding, table, column.name, to);
    column.name = to;
    return column;
  }
  return undefined;
}

/** Gives a column a clause that stays text, or takes it away. */
function switchResidue(folding: Folding, column: Writable<Column>, action: DdlAction & { kind: 'alter column' }): void {
  const { addResidue: added, dropResidue: dropped } = action;
  const words = (sql: string) => sql.toUpperCase().split(/[\s(]/)[0];
  const without = (sql: string) => (column.residue ?? []).filter((one) => words(one) !== words(sql));
  if (added !== undefined) Object.assign(column, kept(folding, [...without(added), added]));
  if (dropped === undefined) return;
  const rest = without(dropped);
  if (rest.length === 0) delete column.residue;
  else column.residue = rest;
}

/** Whether a check or foreign key holds, and whether old rows were looked at. Without a name, all of the table. */
function alterConstraint(folding: Folding, table: MutableTable, action: DdlAction & { kind: 'alter constraint' }): void {
  const { name, notEnforced, notValid } = action;
  const wanted = name === undefined ? undefined : nameKey(name, folding.dialect);
  const all = [...table.checks, ...folding.state.relationshipsOf(table.id)];
  const meant = all.filter(
    (one) => wanted === undefined || (one.name !== undefined && nameKey(one.name, folding.dialect) === wanted),
  );
  if (meant.length === 0 && name !== undefined) {
    const isKey = table.keys.some((one) => one.name !== undefined && nameKey(one.name, folding.dialect) === wanted);
    if (isKey && action.sql !== undefined) keepAction(folding, table, action.sql, 'a key has no field for whether it holds');
    else wrong(folding, `table ${table.name} has no constraint ${name}`);
  }
  for (const one of meant) {
    if (notEnforced === true) one.notEnforced = true;
    else if (notEnforced === false) delete one.notEnforced;
    if (notValid === true) one.notValid = true;
    else if (notValid === false) delete one.notValid;
  }
}

function alterTrigger(
  folding: Folding,
  table: { readonly id: Id; readonly name: string },
  action: DdlAction & { kind: 'alter trigger' },
): void {
  const wanted = action.name === undefined ? undefined : nameKey(action.name, folding.dialect);
  const all = [...folding.state.records.triggers.values()].filter((one) => one.on === table.id);
  const meant = all.filter((one) => wanted === undefined || nameKey(one.name, folding.dialect) === wanted);
  if (meant.length === 0 && action.name !== undefined) wrong(folding, `table ${table.name} has no trigger ${action.name}`);
  for (const one of meant) {
    if (action.enabled) delete one.enabled;
    else one.enabled = 'disabled';
  }
}

function alterColumn(folding: Folding, table: MutableTable, action: DdlAction & { kind: 'alter column' }): void {
  const column = folding.state.column(table, action.name);
  if (column === undefined) {
    wrong(folding, `table ${table.name} has no column ${action.name}`);
    return;
  }
  if (action.type !== undefined) column.type = typeOf(folding, action.type);
  if (action.nullable !== undefined) column.nullable = action.nullable;
  if (action.notNullName !== undefined) column.notNullName = action.notNullName;
  else if (action.nullable === true) delete column.notNullName;
  if (action.default === null) {
    delete column.default;
    delete column.defaultName;
  } else if (action.default !== undefined) column.default = copyOf(action.default);
  if (action.defaultName !== undefined) column.defaultName = action.defaultName;
  if (action.identity === null) delete column.identity;
  else if (action.identity !== undefined) column.identity = copyOf(action.identity);
  if (action.invisible === true) column.invisible = true;
  else if (action.invisible === false) delete column.invisible;
  if (action.collation !== undefined) column.collation = action.collation;
  if (action.comment !== undefined) column.comment = action.comment;
  if (action.stored !== undefined && column.generated !== undefined) column.generated.stored = action.stored;
  switchResidue(folding, column, action);
}

function dropConstraint(folding: Folding, table: MutableTable, action: DdlAction & { kind: 'drop constraint' }): void {
  const { state } = folding;
  const { what, name, ifExists } = action;
  if (what === 'primary' && name === undefined) {
    table.keys = table.keys.filter((key) => key.kind !== 'primary');
    return;
  }
  if (name === undefined) return;
  const foreign = what === 'foreign' || what === 'any' ? foreignKeyNamed(folding, table, name) : undefined;
  const part = what === 'foreign' ? undefined : partNamed(folding, table, name);
  const byDefault =
    what === 'any' || what === 'default'
      ? table.columns.find(
          (one) => one.defaultName !== undefined && nameKey(one.defaultName, folding.dialect) === nameKey(name, folding.dialect),
        )
      : undefined;
  const unnamed = name.toUpperCase() === 'PRIMARY' && table.keys.some((key) => key.kind === 'primary');
  const link = foreign === undefined ? undefined : state.get('relationships', foreign);
  if (link !== undefined) {
    if (link.name === undefined) keepNumbers(folding, table, 'foreign');
    removeRelationship(state, link.id);
    makeIndex(folding, table, link);
  } else if (part !== undefined) {
    if (part.list === 'checks' && partOf(part)?.name === undefined) keepNumbers(folding, table, 'check');
    removePart(part);
  } else if (byDefault !== undefined) {
    delete byDefault.default;
    delete byDefault.defaultName;
  } else if (unnamed) table.keys = table.keys.filter((key) => key.kind !== 'primary');
  else if (ifExists !== true) wrong(folding, `table ${table.name} has no ${what === 'any' ? 'constraint' : what} ${name}`);
}

function isThere(folding: Folding, table: MutableTable, name: string | undefined): boolean {
  if (name === undefined) return false;
  return partNamed(folding, table, name) !== undefined || foreignKeyNamed(folding, table, name) !== undefined;
}

function renameConstraint(folding: Folding, table: MutableTable, from: string, to: string): void {
  const foreign = foreignKeyNamed(folding, table, from);
  const link = foreign === undefined ? undefined : folding.state.get('relationships', foreign);
  const found = partNamed(folding, table, from);
  const part = found === undefined ? link : partOf(found);
  if (part === undefined) wrong(folding, `table ${table.name} has no constraint or index ${from}`);
  else part.name = to;
}

function setTable(folding: Folding, table: MutableTable, action: DdlAction & { kind: 'set' }): void {
  if (action.parameters !== undefined && action.parameters.length > 0)
    table.parameters = withParameters(table.parameters, action.parameters);
  if (action.dropParameters !== undefined && table.parameters !== undefined) {
    const rest = table.parameters.filter(({ name }) => action.dropParameters?.includes(name) !== true);
    if (rest.length === 0) delete table.parameters;
    else table.parameters = rest;
  }
  if (action.comment !== undefined) table.comment = action.comment;
  if (action.comment === '') delete table.comment;
  if (action.tablespace !== undefined) table.tablespace = action.tablespace;
  if (action.partitioning === null) delete table.partitioning;
  else if (action.partitioning !== undefined) table.partitioning = partitioningOf(folding, table, action.partitioning);
}

/** Columns no longer say a character set or collation of their own; nor does the table say its old collation. */
function convertTexts(table: MutableTable): void {
  for (const column of table.columns) {
    delete column.charset;
    delete column.collation;
    const rest = (column.residue ?? []).filter((one) => one !== 'BINARY');
    if (rest.length === 0) delete column.residue;
    else column.residue = rest;
  }
  const rest = (table.parameters ?? []).filter(({ name }) => name !== 'COLLATE');
  if (rest.length === 0) delete table.parameters;
  else table.parameters = rest;
}

function apply(folding: Folding, table: MutableTable, action: DdlAction, alone: boolean): void {
  const { state, outcome } = folding;
  switch (action.kind) {
    case 'add column': {
      if (state.column(table, action.column.name) !== undefined) {
        if (action.ifNotExists !== true) wrong(folding, `table ${table.name} has a column ${action.column.name} already`);
        return;
      }
      const added = addColumn(folding, table, action.column, action.position);
      addColumnConstraints(folding, table, action.column);
      if (alone) outcome.part = added.id;
      return;
    }
    case 'add constraint':
      if (action.ifNotExists === true && isThere(folding, table, action.constraint.name)) return;
      addConstraint(folding, table, action.constraint, alone);
      if (alone) {
        const made = folding.places.at(-1)?.id;
        if (made !== undefined && state.get('relationships', made) !== undefined) outcome.record = made;
        else if (made !== undefined) outcome.part = made;
      }
      return;
    case 'change column': {
      const old = renameColumn(folding, table, action.name, action.column.name);
      if (old === undefined) return;
      changeColumn(folding, table, old, action.column, action.position);
      addColumnConstraints(folding, table, action.column);
      if (alone) outcome.part = old.id;
      return;
    }
    case 'alter column':
      alterColumn(folding, table, action);
      return;
    case 'alter constraint':
      alterConstraint(folding, table, action);
      return;
    case 'alter trigger':
      alterTrigger(folding, table, action);
      return;
    case 'drop column':
      dropColumn(folding, table, action.name, action.ifExists === true);
      return;
    case 'rename column':
      renameColumn(folding, table, action.from, action.to);
      return;
    case 'rename table':
      renameRelation(folding, table, action.to);
      return;
    case 'drop constraint':
      dropConstraint(folding, table, action);
      return;
    case 'rename constraint':
      renameConstraint(folding, table, action.from, action.to);
      return;
    case 'alter index':
      if (!alterIndex(folding, table, action.name, action.invisible))
        wrong(folding, `table ${table.name} has no index ${action.name}`);
      return;
    case 'convert texts':
      convertTexts(table);
      setTable(folding, table, { kind: 'set', parameters: action.parameters });
      return;
    case 'partitions': {
      const problem = changePartitions(folding, table, action);
      if (problem !== undefined) keepAction(folding, table, action.sql, problem);
      return;
    }
    case 'set':
      setTable(folding, table, action);
      return;
    case 'nothing':
      note(outcome, action.reason);
      return;
    case 'keep':
      keepAction(folding, table, action.sql, 'the model has no field for it');
  }
}

/** `ALTER TABLE`: its actions one after the other. */
export function alterTable(folding: Folding, ddl: DdlAlterTable): Outcome {
  const { state, outcome } = folding;
  const object = `table ${sayName(folding, ddl.name)}`;
  const table = state.table(ddl.name);
  if (table === undefined) {
    const view = state.view(ddl.name);
    if (view !== undefined && ddl.actions.every((action) => action.kind === 'alter trigger')) {
      Object.assign(outcome, modelled(object, view.id));
      for (const action of ddl.actions) if (action.kind === 'alter trigger') alterTrigger(folding, view, action);
      return outcome;
    }
    if (view !== undefined) {
      const record = keepSql(folding, 'ALTER TABLE', folding.sql, 'last', view.id);
      return { state: 'verbatim', object, record, reason: 'it alters a view: kept as text' };
    }
    if (ddl.ifExists === true) return skipped('it is not in the text, so IF EXISTS does nothing', object);
    return failed(`there is no ${object} in the text to alter`, object);
  }
  const reasons = ddl.actions.flatMap((action) => (action.kind === 'nothing' ? [action.reason] : []));
  if (ddl.actions.length > 0 && reasons.length === ddl.actions.length) return skipped([...new Set(reasons)].join('; '), object);
  Object.assign(outcome, modelled(object, table.id));
  const alone = ddl.actions.length === 1;
  for (const action of ddl.actions) apply(folding, table, action, alone);
  return outcome;
}
