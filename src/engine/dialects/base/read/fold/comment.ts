import { failed, modelled, type Outcome } from '../../../postgres/read/outcome.ts';
import type { DdlComment } from '../ddl.ts';
import { foreignKeyNamed, indexNamed, partNamed, partOf, relationNamed, routineNamed, triggerNamed } from './find.ts';
import { type Folding, sayName } from './folding.ts';

function set(target: { comment?: string }, comment: string | undefined): void {
  if (comment === undefined || comment === '') delete target.comment;
  else target.comment = comment;
}

function missing(object: string): Outcome {
  return failed(`${object} is not in the text, so there is nothing to comment on`, object);
}

function onColumn(folding: Folding, ddl: DdlComment, object: string): Outcome {
  const { state } = folding;
  const table = state.table(ddl.name);
  const column = table === undefined ? undefined : state.column(table, ddl.part ?? '');
  if (table !== undefined && column !== undefined) {
    set(column, ddl.comment);
    return modelled(object, table.id, column.id);
  }
  const view = state.view(ddl.name);
  if (view === undefined || ddl.part === undefined) return missing(object);
  const others = (view.columnComments ?? []).filter((one) => one.column !== ddl.part);
  view.columnComments = ddl.comment === undefined ? others : [...others, { column: ddl.part, comment: ddl.comment }];
  return modelled(object, view.id);
}

function onPart(folding: Folding, ddl: DdlComment, object: string): Outcome {
  const { state } = folding;
  const table = state.table(ddl.name);
  const link = table === undefined || ddl.part === undefined ? undefined : foreignKeyNamed(folding, table, ddl.part);
  const foreign = link === undefined ? undefined : state.get('relationships', link);
  if (foreign !== undefined) {
    set(foreign, ddl.comment);
    return modelled(object, foreign.id);
  }
  const found =
    table === undefined || ddl.part === undefined
      ? indexNamed(folding, ddl.part === undefined ? ddl.name : { name: ddl.part }, undefined)
      : partNamed(folding, table, ddl.part);
  const part = found === undefined ? undefined : partOf(found);
  if (found === undefined || part === undefined) return missing(object);
  set(part, ddl.comment);
  return modelled(object, found.table.id, found.id);
}

/** `COMMENT ON ...`, and what stands for it: a call of `sp_addextendedproperty`. */
export function comment(folding: Folding, ddl: DdlComment): Outcome {
  const { state } = folding;
  const object = `comment on ${ddl.on} ${sayName(folding, ddl.name)}${ddl.part === undefined ? '' : `.${ddl.part}`}`;
  if (ddl.on === 'column') return onColumn(folding, ddl, object);
  if (ddl.on === 'index' || ddl.on === 'constraint') return onPart(folding, ddl, object);
  const relation = state.relation(ddl.name);
  const target =
    ddl.on === 'schema'
      ? state.get('schemas', state.findSchema(ddl.name.name) ?? '')
      : ddl.on === 'type'
        ? state.get('types', state.typeId(ddl.name) ?? '')
        : ddl.on === 'routine'
          ? state.get('routines', routineNamed(folding, ddl.name) ?? '')
          : ddl.on === 'trigger'
            ? state.get('triggers', triggerNamed(folding, ddl.name.name, undefined) ?? '')
            : (relationNamed(folding, ddl.name) ??
              (relation?.kind === 'sequences' ? state.get('sequences', relation.id) : undefined));
  if (target === undefined) return missing(object);
  set(target, ddl.comment);
  return modelled(object, target.id);
}
