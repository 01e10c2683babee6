import type { View } from '#model/types.ts';
import { failed, modelled, type Outcome } from '../../../postgres/read/outcome.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import type { Writable } from '../../../postgres/read/writable.ts';
import { nameKey } from '../../traits.ts';
import type { DdlName, DdlRename } from '../ddl.ts';
import { indexNamed, partNamed, partOf, relationNamed, triggerNamed } from './find.ts';
import { type Folding, sayName } from './folding.ts';
import { followTexts } from './follow.ts';
import { renameNumbers } from './numbered.ts';
import { renameInTable } from './rename-words.ts';

/** Foreign keys read before it that name a table follow it to its new name. */
function followName({ state, dialect }: Folding, { schema, name }: { schema: string; name: string }, to: Required<DdlName>): void {
  const [home, old] = [state.schemaName(schema), nameKey(name, dialect)];
  for (const [at, pending] of state.pending.entries()) {
    const isIt = (one: DdlName) => nameKey(one.name, dialect) === old && (one.schema ?? home) === home;
    if (!pending.parents.some(isIt)) continue;
    state.pending[at] = { ...pending, parents: pending.parents.map((one) => (isIt(one) ? to : one)) };
  }
}

/** Foreign keys read before it that name a column follow it to its new name. */
export function followColumn({ state, dialect }: Folding, table: MutableTable, from: string, to: string): void {
  const [home, own, old] = [state.schemaName(table.schema), nameKey(table.name, dialect), nameKey(from, dialect)];
  for (const [at, pending] of state.pending.entries()) {
    const [first] = pending.parents;
    if (first === undefined || nameKey(first.name, dialect) !== own || (first.schema ?? home) !== home) continue;
    const columns = pending.columns.map((one) => (nameKey(one, dialect) === old ? to : one));
    state.pending[at] = { ...pending, columns };
  }
}

/** Gives a table or view another name, and another schema when that is said. */
export function renameRelation(folding: Folding, relation: MutableTable | Writable<View>, to: DdlName): boolean {
  const { state, outcome } = folding;
  const schema = to.schema === undefined ? relation.schema : state.targetSchema(to).id;
  const known = state.relationIn(schema, to.name);
  if (known !== undefined && known.id !== relation.id) {
    Object.assign(outcome, failed(`the name ${to.name} is taken already`, outcome.object));
    return false;
  }
  followName(folding, relation, { schema: state.schemaName(schema), name: to.name });
  followTexts(folding, { record: relation.id }, { name: to.name, schema });
  const table = state.get('tables', relation.id);
  const kind = table === undefined ? 'views' : 'tables';
  if (table !== undefined) renameNumbers(folding, table, to.name);
  state.unregister(relation.schema, relation.name);
  relation.schema = schema;
  relation.name = to.name;
  state.register(schema, to.name, { kind, id: relation.id });
  return true;
}

function missing(object: string): Outcome {
  return failed(`${object} is not in the text`, object);
}

function renameSequence(folding: Folding, { from, to }: DdlRename, object: string): Outcome | undefined {
  const { state } = folding;
  const found = state.relation(from);
  const sequence = found?.kind === 'sequences' ? state.get('sequences', found.id) : undefined;
  if (found === undefined || sequence === undefined) return undefined;
  const schema = to.schema === undefined ? sequence.schema : state.targetSchema(to).id;
  state.unregister(sequence.schema, sequence.name);
  Object.assign(sequence, { name: to.name, schema });
  state.register(schema, to.name, found);
  return modelled(`${object} to ${to.name}`, sequence.id);
}

function renameType(folding: Folding, { from, to }: DdlRename, object: string): Outcome | undefined {
  const { state } = folding;
  const type = state.get('types', state.typeId(from) ?? '');
  if (type === undefined) return undefined;
  state.unregisterType(type.schema, type.name);
  type.name = to.name;
  state.registerType(type.schema, type.name, type.id);
  return modelled(`${object} to ${to.name}`, type.id);
}

/** Whatever else has a name of its own in a schema: a sequence, constraint, default, trigger or type. */
function renameObject(folding: Folding, ddl: DdlRename, object: string): Outcome | undefined {
  const { state, dialect } = folding;
  const said = `${object} to ${ddl.to.name}`;
  const made = renameSequence(folding, ddl, object);
  if (made !== undefined) return made;
  const found = indexNamed(folding, ddl.from, undefined);
  const part = found === undefined ? undefined : partOf(found);
  if (found !== undefined && part !== undefined) {
    part.name = ddl.to.name;
    return modelled(said, found.table.id, found.id);
  }
  const wanted = nameKey(ddl.from.name, dialect);
  const isIt = (name: string | undefined) => name !== undefined && nameKey(name, dialect) === wanted;
  for (const link of state.records.relationships.values()) {
    if (!isIt(link.name)) continue;
    link.name = ddl.to.name;
    return modelled(said, link.id);
  }
  for (const table of state.records.tables.values()) {
    const column = table.columns.find((one) => isIt(one.defaultName));
    if (column === undefined) continue;
    column.defaultName = ddl.to.name;
    return modelled(said, table.id, column.id);
  }
  const trigger = state.get('triggers', triggerNamed(folding, ddl.from.name, undefined) ?? '');
  if (trigger === undefined) return renameType(folding, ddl, object);
  trigger.name = ddl.to.name;
  return modelled(said, trigger.id);
}

/** `RENAME ...`, `sp_rename` */
export function rename(folding: Folding, ddl: DdlRename): Outcome {
  const { state } = folding;
  const object = `${ddl.what} ${sayName(folding, ddl.from)}`;
  if (ddl.what === 'column') {
    const table = ddl.on === undefined ? undefined : state.table(ddl.on);
    const column = table === undefined ? undefined : state.column(table, ddl.from.name);
    if (table === undefined || column === undefined) return missing(object);
    renameInTable(table, folding.dialect, column.name, state.quote(ddl.to.name));
    followTexts(folding, { record: table.id, part: column.id }, { name: ddl.to.name });
    followColumn(folding, table, column.name, ddl.to.name);
    column.name = ddl.to.name;
    return modelled(`${object} to ${ddl.to.name}`, table.id, column.id);
  }
  if (ddl.what === 'index' || ddl.what === 'constraint') {
    const on = ddl.on === undefined ? undefined : state.table(ddl.on);
    const found = on === undefined ? indexNamed(folding, ddl.from, undefined) : partNamed(folding, on, ddl.from.name);
    const part = found === undefined ? undefined : partOf(found);
    if (found === undefined || part === undefined) return missing(object);
    part.name = ddl.to.name;
    return modelled(`${object} to ${ddl.to.name}`, found.table.id, found.id);
  }
  if (ddl.what === 'sequence') return renameSequence(folding, ddl, object) ?? missing(object);
  if (ddl.what === 'type') return renameType(folding, ddl, object) ?? missing(object);
  const relation = relationNamed(folding, ddl.from);
  if (relation === undefined) return (ddl.what === 'object' ? renameObject(folding, ddl, object) : undefined) ?? missing(object);
  Object.assign(folding.outcome, modelled(`${object} to ${ddl.to.name}`, relation.id));
  renameRelation(folding, relation, ddl.to);
  return folding.outcome;
}
