import type { View } from '#model/types.ts';
import { failed, modelled, type Outcome } from '../../../postgres/read/outcome.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import type { Writable } from '../../../postgres/read/writable.ts';
import type { DdlName, DdlRename } from '../ddl.ts';
import { indexNamed, partNamed, partOf, relationNamed } from './find.ts';
import { type Folding, sayName } from './folding.ts';
import { renameInTable } from './rename-words.ts';

/** Gives a table or view another name, and another schema when that is said. */
export function renameRelation(folding: Folding, relation: MutableTable | Writable<View>, to: DdlName): boolean {
  const { state, outcome } = folding;
  const schema = to.schema === undefined ? relation.schema : state.targetSchema(to).id;
  const known = state.relationIn(schema, to.name);
  if (known !== undefined && known.id !== relation.id) {
    Object.assign(outcome, failed(`the name ${to.name} is taken already`, outcome.object));
    return false;
  }
  const kind = state.get('tables', relation.id) === undefined ? 'views' : 'tables';
  state.unregister(relation.schema, relation.name);
  relation.schema = schema;
  relation.name = to.name;
  state.register(schema, to.name, { kind, id: relation.id });
  return true;
}

function missing(object: string): Outcome {
  return failed(`${object} is not in the text`, object);
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
  if (ddl.what === 'sequence') {
    const found = state.relation(ddl.from);
    const sequence = found?.kind === 'sequences' ? state.get('sequences', found.id) : undefined;
    if (found === undefined || sequence === undefined) return missing(object);
    state.unregister(sequence.schema, sequence.name);
    sequence.name = ddl.to.name;
    state.register(sequence.schema, sequence.name, found);
    return modelled(`${object} to ${ddl.to.name}`, sequence.id);
  }
  const relation = relationNamed(folding, ddl.from);
  if (relation === undefined) return missing(object);
  Object.assign(folding.outcome, modelled(`${object} to ${ddl.to.name}`, relation.id));
  renameRelation(folding, relation, ddl.to);
  return folding.outcome;
}
