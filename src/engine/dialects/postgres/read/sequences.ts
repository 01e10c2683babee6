import type { AlterSeqStmt, CreateSeqStmt } from 'libpg-query';
import type { Sequence } from '#model/types.ts';
import { inventedName } from '../names.ts';
import { all, nameOf, type QualifiedName, qualifiedName } from './ast.ts';
import { type SequenceClauses, sequenceClauses } from './options.ts';
import { failed, modelled, type Outcome, skipped, withResidue } from './outcome.ts';
import type { MutableTable, ReadState } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import { isSerialType } from './types.ts';
import type { Writable } from './writable.ts';

/** The column whose own sequence (serial or identity) has this name. */
export function implicitSequence(state: ReadState, name: QualifiedName): { table: MutableTable; column: string } | undefined {
  for (const candidate of state.candidates(name)) {
    const schema = state.findSchema(candidate.schema ?? 'public');
    for (const table of state.records.tables.values()) {
      if (table.schema !== schema) continue;
      for (const column of table.columns) {
        if (column.identity === undefined && !isSerialType(column.type)) continue;
        const own = column.identity?.sequenceName ?? inventedName(table.name, [column.name], 'seq');
        if (own === name.name) return { table, column: column.id };
      }
    }
  }
  return undefined;
}

function own(statement: Statement, sequence: Writable<Sequence>, { ownedBy }: SequenceClauses): void {
  const { state, outcome } = statement;
  if (ownedBy === undefined) return;
  if (ownedBy.length === 1) {
    delete sequence.ownedBy;
    return;
  }
  const table = state.table(qualifiedName(ownedBy.slice(0, -1)));
  const column = table === undefined ? undefined : state.column(table, ownedBy.at(-1) ?? '');
  if (table === undefined || column === undefined) withResidue(outcome, `its owner ${ownedBy.join('.')} is not in the text`);
  else sequence.ownedBy = { table: table.id, column: column.id };
}

/** `CREATE SEQUENCE` */
export function createSequence(statement: Statement, node: CreateSeqStmt): Outcome {
  const { state, outcome } = statement;
  const name = nameOf(node.sequence);
  const temporary = node.sequence?.relpersistence === 't';
  const { id: schema } = state.targetSchema(name, temporary);
  const object = `sequence ${state.say(schema, name.name)}`;
  if (state.relationIn(schema, name.name) !== undefined) {
    if (node.if_not_exists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  }
  const clauses = sequenceClauses(node.options);
  const sequence: Writable<Sequence> = {
    id: state.recordId('sequences', state.hint(schema, name.name)),
    schema,
    name: name.name,
    options: { ...clauses.options },
    ...(temporary ? { persistence: 'temporary' as const } : {}),
    ...(node.sequence?.relpersistence === 'u' ? { persistence: 'unlogged' as const } : {}),
  };
  state.records.sequences.set(sequence.id, sequence);
  state.register(schema, name.name, { kind: 'sequences', id: sequence.id });
  Object.assign(outcome, modelled(object, sequence.id));
  own(statement, sequence, clauses);
  return outcome;
}

/** `ALTER SEQUENCE` (options; its owner and name are other statements). */
export function alterSequence(statement: Statement, node: AlterSeqStmt): Outcome {
  const { state, outcome } = statement;
  const name = nameOf(node.sequence);
  const list = all(node.options, 'DefElem');
  const relation = state.relation(name);
  const sequence = relation?.kind === 'sequences' ? state.get('sequences', relation.id) : undefined;
  const object = `sequence ${name.name}`;
  const implicit = sequence === undefined ? implicitSequence(state, name) : undefined;
  if ((sequence ?? implicit) !== undefined && list.length > 0 && list.every((option) => option.defname === 'restart')) {
    return skipped('the value a sequence stands at is data, not part of its definition', object);
  }
  if (sequence === undefined) {
    if (implicit !== undefined) {
      keepVerbatim(statement, 'ALTER SEQUENCE', statement.sql, 'last', implicit.table.id);
      return {
        state: 'verbatim',
        object,
        record: implicit.table.id,
        reason: 'it changes the sequence of a serial or identity column',
      };
    }
    if (node.missing_ok === true) return skipped('it is not in the text, so IF EXISTS does nothing', object);
    return failed(`there is no ${object} in the text`, object, node.sequence?.location);
  }
  const clauses = sequenceClauses(node.options, sequence.options);
  sequence.options = { ...clauses.options };
  Object.assign(outcome, modelled(`sequence ${state.say(sequence.schema, sequence.name)}`, sequence.id));
  own(statement, sequence, clauses);
  if (clauses.other.length > 0)
    withResidue(outcome, `${clauses.other.join(', ').toUpperCase()} changes the sequence's value, not its definition`);
  return outcome;
}
