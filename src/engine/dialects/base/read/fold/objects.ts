import type { CustomType, Routine, Sequence, Trigger, View } from '#model/types.ts';
import { failed, modelled, type Outcome, skipped } from '../../../postgres/read/outcome.ts';
import { copyOf, type Writable } from '../../../postgres/read/writable.ts';
import type { Ddl, DdlCreateType, DdlName, DdlRoutine, DdlSequence, DdlTrigger, DdlView } from '../ddl.ts';
import { relationNamed, routineNamed, triggerNamed } from './find.ts';
import { type Folding, keepSql, kept, placed, sayName, typeOf } from './folding.ts';
import { qualifiedQuery, qualifiedStatement } from './qualify.ts';
import { lastLike } from './trigger-order.ts';

interface Making {
  readonly name: DdlName;
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
}

/** What stands in the way of a new view or sequence of this name; with OR REPLACE nothing does. */
function blocked(folding: Folding, ddl: Making, object: string): Outcome | undefined {
  const { state } = folding;
  const { id: schema } = state.targetSchema(ddl.name);
  const known = state.relationIn(schema, ddl.name.name);
  if (known === undefined) return undefined;
  if (ddl.ifNotExists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
  if (ddl.replace !== true) return failed(`${object} is defined a second time; the first definition is kept`, object);
  if (known.kind === 'tables') return failed(`${object} has the name of a table`, object);
  return undefined;
}

/** `CREATE VIEW` */
export function createView(folding: Folding, ddl: DdlView): Outcome {
  const { state, outcome } = folding;
  const object = `${ddl.materialized === true ? 'materialized view' : 'view'} ${sayName(folding, ddl.name)}`;
  const no = blocked(folding, ddl, object);
  if (no !== undefined) return no;
  const { id: schema } = state.targetSchema(ddl.name);
  const known = state.view(ddl.name);
  const id = known?.id ?? state.recordId('views', state.hint(schema, ddl.name.name));
  Object.assign(outcome, modelled(object, id));
  const view: View = {
    id,
    schema,
    name: ddl.name.name,
    ...(ddl.materialized === true ? { materialized: true } : {}),
    ...(ddl.temporary === true ? { temporary: true } : {}),
    ...(ddl.columns === undefined || ddl.columns.length === 0 ? {} : { columns: ddl.columns }),
    query: qualifiedQuery(folding, ddl.query),
    ...(ddl.options === undefined || ddl.options.length === 0 ? {} : { options: ddl.options }),
    ...(ddl.checkOption === undefined ? {} : { checkOption: ddl.checkOption }),
    indexes: [],
    ...(ddl.comment === undefined ? {} : { comment: ddl.comment }),
    ...kept(folding, ddl.residue),
  };
  state.records.views.set(id, copyOf(view));
  state.register(schema, view.name, { kind: 'views', id });
  return outcome;
}

/** `CREATE SEQUENCE` */
export function createSequence(folding: Folding, ddl: DdlSequence): Outcome {
  const { state, outcome } = folding;
  const object = `sequence ${sayName(folding, ddl.name)}`;
  const no = blocked(folding, ddl, object);
  if (no !== undefined) return no;
  const { id: schema } = state.targetSchema(ddl.name);
  const id = state.recordId('sequences', state.hint(schema, ddl.name.name));
  Object.assign(outcome, modelled(object, id));
  const sequence: Sequence = { id, schema, name: ddl.name.name, options: ddl.options, ...kept(folding, ddl.residue) };
  state.records.sequences.set(id, copyOf(sequence));
  state.register(schema, sequence.name, { kind: 'sequences', id });
  return outcome;
}

/** What a type is, apart from its names. */
function fieldsOf(folding: Folding, ddl: DdlCreateType): Writable<Omit<CustomType, 'id' | 'schema' | 'name'>> {
  const { definition } = ddl;
  switch (definition.kind) {
    case 'enum':
      return { kind: 'enum', values: [...definition.values] } as Writable<Omit<CustomType, 'id' | 'schema' | 'name'>>;
    case 'domain': {
      const notNull = definition.notNull === true ? { notNull: true } : {};
      const domain = { kind: 'domain' as const, base: typeOf(folding, definition.base), ...notNull, checks: [] };
      return domain as Writable<Omit<CustomType, 'id' | 'schema' | 'name'>>;
    }
    case 'composite': {
      const attributes = definition.attributes.map((one) => {
        const id = folding.state.attributeId(ddl.name.name, one.name);
        placed(folding, id, one);
        return { id, name: one.name, type: typeOf(folding, one.type) };
      });
      return { kind: 'composite' as const, attributes } as Writable<Omit<CustomType, 'id' | 'schema' | 'name'>>;
    }
    case 'written':
      return { kind: 'written' as const, definition: definition.sql ?? folding.sql } as Writable<
        Omit<CustomType, 'id' | 'schema' | 'name'>
      >;
  }
}

/** `CREATE TYPE` */
export function createType(folding: Folding, ddl: DdlCreateType): Outcome {
  const { state, outcome } = folding;
  const { id: schema } = state.targetSchema(ddl.name);
  const object = `type ${sayName(folding, ddl.name)}`;
  const known = state.typeIn(schema, ddl.name.name);
  if (known !== undefined && ddl.ifNotExists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
  if (known !== undefined && ddl.replace !== true)
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  const id = known ?? state.recordId('types', state.hint(schema, ddl.name.name));
  Object.assign(outcome, modelled(object, id));
  const type = { id, schema, name: ddl.name.name, ...fieldsOf(folding, ddl), ...kept(folding, ddl.residue) };
  state.records.types.set(id, type as Writable<CustomType>);
  state.registerType(schema, ddl.name.name, id);
  return outcome;
}

/** `CREATE FUNCTION`, `CREATE PROCEDURE` */
export function createRoutine(folding: Folding, ddl: DdlRoutine): Outcome {
  const { state } = folding;
  const { id: schema } = state.targetSchema(ddl.name);
  const object = `${ddl.routine} ${sayName(folding, ddl.name)}`;
  const known = routineNamed(folding, ddl.name);
  if (known !== undefined && ddl.ifNotExists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
  if (known !== undefined && ddl.replace !== true)
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  const id = known ?? state.recordId('routines', state.hint(schema, ddl.name.name));
  const routine: Routine = {
    id,
    schema,
    name: ddl.name.name,
    kind: ddl.routine,
    signature: ddl.signature,
    definition: ddl.around === undefined ? (ddl.definition ?? folding.sql) : qualifiedStatement(folding, ddl.around),
  };
  state.records.routines.set(id, copyOf(routine));
  return modelled(object, id);
}

/** `CREATE TRIGGER` */
export function createTrigger(folding: Folding, ddl: DdlTrigger): Outcome {
  const { state, outcome } = folding;
  const object = `trigger ${ddl.name.name} on ${sayName(folding, ddl.on)}`;
  const owner = relationNamed(folding, ddl.on);
  if (owner === undefined) {
    const record = keepSql(folding, 'CREATE TRIGGER', folding.sql, 'last');
    return { state: 'verbatim', object, record, reason: `${sayName(folding, ddl.on)} is not in the text: kept as text` };
  }
  const known = triggerNamed(folding, ddl.name.name, ddl.on);
  if (known !== undefined && ddl.ifNotExists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
  if (known !== undefined && ddl.replace !== true)
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  const id = known ?? state.recordId('triggers', `${state.hint(owner.schema, owner.name)} ${ddl.name.name}`);
  Object.assign(outcome, modelled(object, id));
  const columns = (ddl.updateOf ?? []).flatMap((name) => ('keys' in owner ? (state.column(owner, name)?.id ?? []) : []));
  // A view has no column records to name.
  const unknown = columns.length < (ddl.updateOf?.length ?? 0);
  const of = unknown ? [`OF ${(ddl.updateOf ?? []).map((name) => state.quote(name)).join(', ')}`] : [];
  const trigger: Trigger = {
    id,
    name: ddl.name.name,
    on: owner.id,
    timing: ddl.timing,
    events: ddl.events,
    ...(columns.length === 0 || unknown ? {} : { updateOf: columns }),
    forEach: ddl.forEach,
    ...(ddl.when === undefined ? {} : { when: ddl.when }),
    ...(ddl.referencing === undefined ? {} : { referencing: ddl.referencing }),
    execute: ddl.body,
    ...(ddl.enabled === undefined ? {} : { enabled: ddl.enabled }),
    ...kept(folding, [...(ddl.residue ?? []), ...of]),
  };
  const last = known === undefined ? lastLike(folding, trigger) : undefined;
  const order = last === undefined ? {} : { residue: [...(trigger.residue ?? []), `FOLLOWS ${state.quote(last)}`] };
  state.records.triggers.set(id, copyOf({ ...trigger, ...order }));
  return outcome;
}

/** `CREATE SCHEMA`, `CREATE DATABASE` */
export function createSchema(folding: Folding, ddl: Ddl & { kind: 'schema' }): Outcome {
  const { state } = folding;
  const object = `schema ${ddl.name}`;
  const known = state.findSchema(ddl.name);
  if (known !== undefined) {
    const old = state.get('schemas', known);
    if (old !== undefined && ddl.ifNotExists === true) Object.assign(old, kept(folding, ddl.residue));
    if (ddl.ifNotExists !== true && state.records.schemas.get(known)?.implicit !== true)
      return failed(`${object} is defined a second time; the first definition is kept`, object);
    return modelled(object, known);
  }
  const id = state.addSchema(ddl.name);
  const schema = state.get('schemas', id);
  if (schema !== undefined && ddl.owner !== undefined) schema.owner = ddl.owner;
  if (schema !== undefined) Object.assign(schema, kept(folding, ddl.residue));
  return modelled(object, id);
}

/** A statement that the model has no record for. */
export function keepStatement(folding: Folding, ddl: Ddl & { kind: 'keep' }): Outcome {
  const about = ddl.about === undefined ? undefined : folding.state.relation(ddl.about)?.id;
  const sql = ddl.around === undefined ? (ddl.sql ?? folding.sql) : qualifiedStatement(folding, ddl.around);
  const record = keepSql(folding, ddl.words, sql, ddl.first === true ? 'first' : 'last', about);
  return {
    state: 'verbatim',
    object: ddl.words.toLowerCase(),
    record,
    reason: `the model does not hold ${ddl.words}: kept as text`,
  };
}
