import type { CustomType, Routine, Schema, Sequence, Stated, Trigger, Verbatim, View } from '#model/types.ts';
import { statement, trimmed } from './clauses.ts';
import { routineUses, schemaUses, sequenceUses, triggerUses, typeUses, type Use, viewUses } from './features.ts';
import type { KitScope, Unterminated } from './kit.ts';
import type { Slot } from './slots.ts';
import { writeComment, writeIndexes } from './table.ts';

/** Puts the statement that makes an object. False when the target has none for it, which the uses have told. */
function create(scope: KitScope, object: Stated, uses: readonly Use[], made: Unterminated | undefined, slot: Slot): boolean {
  scope.checkName(object.name);
  scope.tell(uses);
  if (made === undefined) return false;
  scope.put(slot, 'create', 'create', statement(scope, object.remarks, made.sql, made.body));
  return true;
}

export function writeSchema(scope: KitScope, schema: Schema): void {
  const made = schema.implicit === true ? undefined : scope.kit.schema?.(scope, schema);
  create(scope, schema, schemaUses(schema), made, 'here');
  writeComment(scope, { kind: 'schema', name: schema.name }, schema.comment);
}

export function writeType(scope: KitScope, type: CustomType): void {
  if (!create(scope, type, typeUses(type), scope.kit.type?.(scope, type), 'here')) return;
  writeComment(scope, { kind: 'type', name: type.name, schema: type.schema }, type.comment);
}

export function writeSequence(scope: KitScope, sequence: Sequence): void {
  if (!create(scope, sequence, sequenceUses(sequence), scope.kit.sequence?.(scope, sequence), 'here')) return;
  writeComment(scope, { kind: 'sequence', name: sequence.name, schema: sequence.schema }, sequence.comment);
  scope.kit.further?.sequence?.(scope, sequence);
}

export function writeView(scope: KitScope, view: View): void {
  if (!create(scope, view, viewUses(view), scope.kit.view?.(scope, view), 'here')) return;
  if (scope.says('view index')) writeIndexes(scope, view);
  const at = { schema: view.schema, on: view.name };
  writeComment(scope, { kind: 'view', name: view.name, schema: view.schema }, view.comment);
  for (const { column, comment } of view.columnComments ?? []) {
    writeComment(scope, { kind: 'view column', name: column, ...at }, comment, column);
  }
}

export function writeRoutine(scope: KitScope, routine: Routine): void {
  const { kit } = scope;
  const whole: Unterminated = { sql: trimmed(routine.definition), body: true };
  const made = kit.routine === undefined ? whole : kit.routine(scope, routine);
  if (!create(scope, routine, routineUses(routine), scope.says(routine.kind) ? made : undefined, 'here')) return;
  writeComment(scope, { kind: 'routine', name: routine.name, schema: routine.schema, routine }, routine.comment);
}

export function writeTrigger(scope: KitScope, trigger: Trigger): void {
  if (!create(scope, trigger, triggerUses(trigger), scope.kit.trigger?.(scope, trigger), 'trigger')) return;
  const sql =
    trigger.comment === undefined
      ? undefined
      : scope.kit.comment?.(scope, { kind: 'trigger', name: trigger.name }, trigger.comment);
  if (sql !== undefined) scope.put('trigger', 'comment', 'comment', statement(scope, undefined, sql));
  scope.kit.further?.trigger?.(scope, trigger);
}

/** Statements that the model does not know hold whatever they hold, so each is ended as one with a body. */
export function writeVerbatim(scope: KitScope, verbatim: Verbatim): void {
  const text = statement(scope, verbatim.remarks, trimmed(verbatim.sql), true);
  scope.put(verbatim.place === 'with' ? 'with' : 'here', 'verbatim', 'verbatim', text);
}
