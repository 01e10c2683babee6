import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import { all, as, constantText, nameOf } from './ast.ts';
import { type FoundIndex, findIndex } from './lookup.ts';
import { storageParameters } from './options.ts';
import { failed, modelled, type Outcome, withResidue } from './outcome.ts';
import { keepVerbatim, type Statement } from './statement.ts';

/** `ALTER COLUMN number SET STATISTICS target`. False when the index has no element of that number. */
function setStatistics({ index }: FoundIndex, { num, def }: AlterTableCmd): boolean {
  const element = index?.elements[(num ?? 0) - 1];
  if (element === undefined) return false;
  const target = Number(constantText(def) ?? -1);
  if (target >= 0) element.statistics = target;
  else delete element.statistics;
  return true;
}

/** `ALTER INDEX`: ATTACH PARTITION, storage parameters, tablespace, statistics of expressions; the rest is kept as text. */
export function attachIndex(statement: Statement, node: AlterTableStmt): Outcome {
  const { state, source, outcome } = statement;
  const name = nameOf(node.relation);
  const object = `index ${name.name}`;
  const found = findIndex(state, name);
  if (found === undefined) return failed(`there is no ${object} in the text`, object, node.relation?.location);
  const part = found.index ?? found.key;
  Object.assign(outcome, modelled(object, found.owner.id, part.id));
  for (const command of all(node.cmds, 'AlterTableCmd')) {
    if (command.subtype === 'AT_AttachPartition') {
      const child = nameOf(as(command.def, 'PartitionCmd')?.name);
      const attached = findIndex(state, child);
      if (attached === undefined) return failed(`there is no index ${child.name} in the text`, object);
      const one = attached.index ?? attached.key;
      one.attachedTo = part.id;
      Object.assign(outcome, modelled(`index ${child.name}`, attached.owner.id, one.id));
    } else if (command.subtype === 'AT_SetRelOptions') {
      part.parameters = [...(part.parameters ?? []), ...storageParameters(as(command.def, 'List')?.items, source)];
    } else if (command.subtype === 'AT_SetTableSpace') part.tablespace = command.name ?? '';
    else if (command.subtype === 'AT_SetStatistics' && setStatistics(found, command)) continue;
    else {
      keepVerbatim(statement, 'ALTER INDEX', statement.sql, 'last', found.owner.id);
      withResidue(outcome, 'the model has no field for it, kept as text');
    }
  }
  return outcome;
}
