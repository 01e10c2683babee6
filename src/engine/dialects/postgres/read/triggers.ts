import type { CreateTrigStmt } from 'libpg-query';
import type { Trigger } from '#model/types.ts';
import { nameOf, texts } from './ast.ts';
import { bracketsAfter, deferralOf } from './constraints.ts';
import { columnIds } from './elements.ts';
import { failed, modelled, type Outcome, withResidue } from './outcome.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import type { Writable } from './writable.ts';

/** Bits of a trigger's kind (`catalog/pg_trigger.h`). */
const BEFORE = 2;
const INSTEAD = 64;
const EVENTS = [
  ['insert', 4],
  ['delete', 8],
  ['update', 16],
  ['truncate', 32],
] as const;

function timing(bits: number): Trigger['timing'] {
  if ((bits & BEFORE) !== 0) return 'before';
  return (bits & INSTEAD) !== 0 ? 'instead of' : 'after';
}

/** Events in the order the statement names them. */
function eventsOf({ source }: Statement, bits: number): Trigger['events'] {
  const named = EVENTS.filter(([, bit]) => (bits & bit) !== 0).map(([event]) => event);
  return named.sort((a, b) => source.find(a.toUpperCase(), 0, undefined, 0) - source.find(b.toUpperCase(), 0, undefined, 0));
}

/** The call after EXECUTE FUNCTION, with a schema when the search path decided it. */
function executeText({ source, state }: Statement, node: CreateTrigStmt): string {
  const execute = source.find('EXECUTE', 0, undefined, 0);
  const call = source.slice({ first: execute + 2, last: source.tokens.length - 1 });
  const [name = '', ...more] = texts(node.funcname);
  if (more.length > 0) return call;
  for (const candidate of state.candidates({ name })) {
    const schema = state.findSchema(candidate.schema ?? 'public');
    const known = [...state.records.routines.values()].some((one) => one.schema === schema && one.name === name);
    if (known && candidate.schema !== 'public') return `${state.quote(candidate.schema ?? '')}.${call}`;
    if (known) break;
  }
  return call;
}

function referencing({ source }: Statement): string {
  const first = source.find('REFERENCING', 0, undefined, 0);
  let last = first;
  // REFERENCING { OLD | NEW } TABLE [AS] name, once or twice
  while (/^(?:OLD|NEW)$/.test(source.token(last + 1)?.text ?? '')) {
    last += 3;
    if (source.token(last)?.text === 'AS') last++;
  }
  return source.slice({ first: first + 1, last });
}

/** `CREATE TRIGGER` */
export function createTrigger(statement: Statement, node: CreateTrigStmt): Outcome {
  const { state, source, outcome } = statement;
  const on = nameOf(node.relation);
  const name = node.trigname ?? '';
  const relation = state.relation(on);
  const object = `trigger ${name} on ${on.name}`;
  if (relation === undefined) return failed(`there is no table or view ${on.name} in the text`, object, node.relation?.location);
  if (relation.kind === 'opaque' || relation.kind === 'sequences') {
    keepVerbatim(statement, 'CREATE TRIGGER', statement.sql, 'last', relation.id);
    return { state: 'verbatim', object, reason: 'its table is kept as text, and so is the trigger' };
  }
  const table = state.table(on);
  const updateOf = table === undefined ? { ids: [] } : columnIds(statement, table, texts(node.columns));
  if (updateOf.missing !== undefined) return failed(`table ${on.name} has no column ${updateOf.missing}`, object);
  const known = [...state.records.triggers.values()].find((one) => one.on === relation.id && one.name === name);
  if (known !== undefined && node.replace !== true) return failed(`${object} is defined a second time`, object);
  const from = node.constrrel === undefined ? undefined : state.table(nameOf(node.constrrel))?.id;
  const deferral = deferralOf(node);
  const trigger: Trigger = {
    id: known?.id ?? state.recordId('triggers', `${on.name}.${name}`),
    name,
    on: relation.id,
    timing: timing(node.timing ?? 0),
    events: eventsOf(statement, node.events ?? 0),
    ...(updateOf.ids.length === 0 ? {} : { updateOf: updateOf.ids }),
    forEach: node.row === true ? 'row' : 'statement',
    ...(node.whenClause === undefined
      ? {}
      : { when: bracketsAfter(statement, { first: 0, last: source.tokens.length - 1 }, 'WHEN') }),
    execute: executeText(statement, node),
    ...(node.isconstraint === true ? { constraint: true } : {}),
    ...(from === undefined ? {} : { constraintFrom: from }),
    ...(deferral === undefined ? {} : { deferral }),
    ...(node.transitionRels === undefined || node.transitionRels.length === 0 ? {} : { referencing: referencing(statement) }),
  };
  state.records.triggers.set(trigger.id, trigger as Writable<Trigger>);
  Object.assign(outcome, modelled(object, trigger.id));
  if (node.constrrel !== undefined && from === undefined)
    withResidue(outcome, `table ${nameOf(node.constrrel).name} is not in the text`);
  return outcome;
}
