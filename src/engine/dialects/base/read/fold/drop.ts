import { type Outcome, skipped } from '../../../postgres/read/outcome.ts';
import { forgetTexts, removeRelation, removeRoutine, removeType } from '../../../postgres/read/remove.ts';
import type { DdlDrop, DdlName } from '../ddl.ts';
import { indexNamed, removePart, routineNamed, triggerNamed } from './find.ts';
import { type Folding, sayName } from './folding.ts';
import { removeTrigger } from './trigger-order.ts';

function removeSchema(folding: Folding, name: string): boolean {
  const { state } = folding;
  const id = state.findSchema(name);
  if (id === undefined) return false;
  for (const kind of ['tables', 'views', 'sequences'] as const) {
    for (const record of [...state.records[kind].values()])
      if (record.schema === id) removeRelation(state, { schema: name, name: record.name });
  }
  for (const type of [...state.records.types.values()])
    if (type.schema === id) removeType(state, { schema: name, name: type.name }, true);
  for (const routine of [...state.records.routines.values()]) if (routine.schema === id) removeRoutine(state, routine.id);
  const implicit = state.records.schemas.get(id)?.implicit === true;
  if (!implicit) {
    forgetTexts(state, id);
    state.dropSchema(name);
  }
  return true;
}

function remove(folding: Folding, ddl: DdlDrop, name: DdlName): boolean {
  const { state } = folding;
  switch (ddl.what) {
    case 'table':
    case 'view':
    case 'materialized view':
    case 'sequence':
      return removeRelation(state, name);
    case 'index': {
      const found = indexNamed(folding, name, ddl.on);
      if (found !== undefined) removePart(found);
      return found !== undefined;
    }
    case 'type':
      return removeType(state, name, true) === true;
    case 'routine': {
      const id = routineNamed(folding, name);
      return id !== undefined && removeRoutine(state, id);
    }
    case 'trigger': {
      const id = triggerNamed(folding, name.name, ddl.on);
      return id !== undefined && removeTrigger(folding, id);
    }
    case 'schema':
      return removeSchema(folding, name.name);
    default:
      return false;
  }
}

/** `DROP ...`: what was read before is gone again, with what stands on it. */
export function drop(folding: Folding, ddl: DdlDrop): Outcome {
  const said = `${ddl.what} ${ddl.names.map((name) => sayName(folding, name)).join(', ')}`;
  const missing = ddl.names.filter((name) => !remove(folding, ddl, name));
  if (missing.length === 0) return { state: 'modelled', object: said };
  if (missing.length < ddl.names.length) {
    const names = missing.map((name) => sayName(folding, name)).join(', ');
    return { state: 'modelled', object: said, reason: `${names} is not in the text, so there is nothing to drop of it` };
  }
  // A dump drops what it is about to make, in case it is there.
  return skipped(
    ddl.ifExists === true
      ? 'it is not in the text, so IF EXISTS does nothing'
      : 'it is not in the text, so there is nothing to drop',
    said,
  );
}
