import type { Id, Ref, Verbatim } from '#model/types.ts';
import { moved } from '../../../postgres/expressions/move.ts';
import { renamed } from '../../../postgres/expressions/rename.ts';
import { copyOf } from '../../../postgres/read/writable.ts';
import { NO_PARSER } from '../../no-parser.ts';
import type { Folding } from './folding.ts';

/**
 * Statements that are kept as text follow a table or column to its new name and schema: they are run after everything
 * else, when the old ones are gone. Views, routines and triggers keep their text, as they do in these dialects.
 */
export function followTexts({ state }: Folding, target: Ref, to: { readonly name: string; readonly schema?: Id }): void {
  if (state.records.verbatim.size === 0) return;
  const adopt = (changed: ReadonlyMap<Id, { readonly record: object }>) => {
    for (const [id, { record }] of changed) {
      const known = state.records.verbatim.get(id);
      if (known !== undefined) known.sql = (copyOf(record) as Verbatim).sql;
    }
  };
  const document = state.document();
  const move = to.schema === undefined ? undefined : moved(document, NO_PARSER, target.record, to.schema);
  if (move !== undefined) adopt(move.changed);
  const rename = renamed(move === undefined ? document : state.document(), NO_PARSER, target, to.name);
  if (rename.ok) adopt(rename.value.changed);
}
