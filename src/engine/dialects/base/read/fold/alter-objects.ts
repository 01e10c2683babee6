import { failed, modelled, type Outcome, skipped } from '../../../postgres/read/outcome.ts';
import type { Ddl } from '../ddl.ts';
import { triggerNamed } from './find.ts';
import { type Folding, kept, sayName } from './folding.ts';
import { keepStatement } from './objects.ts';

/** `ALTER TRIGGER name ENABLE | DISABLE` */
export function alterTrigger(folding: Folding, ddl: Ddl & { kind: 'alter trigger' }): Outcome {
  const object = `trigger ${sayName(folding, ddl.name)}`;
  const trigger = folding.state.get('triggers', triggerNamed(folding, ddl.name.name, undefined) ?? '');
  // It may be one that is kept as text.
  if (trigger === undefined && ddl.enabled) return skipped('a trigger is on unless it is switched off', object);
  if (trigger === undefined) return keepStatement(folding, { kind: 'keep', words: 'ALTER TRIGGER' });
  if (ddl.enabled) delete trigger.enabled;
  else trigger.enabled = 'disabled';
  return modelled(object, trigger.id);
}

/** `ALTER SEQUENCE` */
export function alterSequence(folding: Folding, ddl: Ddl & { kind: 'alter sequence' }): Outcome {
  const { state, outcome } = folding;
  const object = `sequence ${sayName(folding, ddl.name)}`;
  const found = state.relation(ddl.name);
  const sequence = found?.kind === 'sequences' ? state.get('sequences', found.id) : undefined;
  if (sequence === undefined) return failed(`${object} is not in the text`, object);
  Object.assign(outcome, modelled(object, sequence.id));
  sequence.options = { ...sequence.options, ...ddl.options };
  const more = kept(folding, ddl.residue).residue ?? [];
  const residue = [...(sequence.residue ?? []).filter((one) => !more.includes(one)), ...more];
  if (residue.length > 0) sequence.residue = residue;
  return outcome;
}
