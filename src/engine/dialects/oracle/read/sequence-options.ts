import type { SequenceOptions } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';

/** What is so anyway when nothing is said. */
const USUAL = ['NOCYCLE', 'NOORDER', 'NOKEEP', 'NOSCALE', 'NOSHARD', 'GLOBAL'];
/** Options that no other dialect has. */
const OWN = ['ORDER', 'KEEP', 'SESSION', 'EXTEND', 'NOEXTEND'];

/** Options of a sequence or identity column up to the first word that is none, and those that the model has no field for. */
export function readSequenceOptions(cursor: Cursor): { options: SequenceOptions; rest: string[] } {
  const options: { -readonly [K in keyof SequenceOptions]: SequenceOptions[K] } = {};
  const rest: string[] = [];
  const number = () => {
    const value = cursor.number();
    if (value === undefined) cursor.fail('a number was expected');
    return value ?? '';
  };
  for (;;) {
    const from = cursor.at;
    if (cursor.take('START', 'WITH', 'LIMIT', 'VALUE')) rest.push('START WITH LIMIT VALUE');
    else if (cursor.take('START', 'WITH')) options.start = number();
    else if (cursor.take('INCREMENT', 'BY')) options.increment = number();
    else if (cursor.take('MINVALUE')) options.min = number();
    else if (cursor.take('MAXVALUE')) options.max = number();
    else if (cursor.take('CACHE')) options.cache = number();
    else if (cursor.take('NOMINVALUE')) options.min = 'none';
    else if (cursor.take('NOMAXVALUE')) options.max = 'none';
    // Values made one at a time.
    else if (cursor.take('NOCACHE')) options.cache = '1';
    else if (cursor.take('CYCLE')) options.cycle = true;
    else if (cursor.takeAny(...USUAL) !== undefined) continue;
    else if (cursor.take('SCALE') || cursor.take('SHARD')) {
      cursor.takeAny('EXTEND', 'NOEXTEND');
      rest.push(cursor.slice(from).toUpperCase());
    } else if (cursor.takeAny(...OWN) !== undefined) rest.push(cursor.slice(from).toUpperCase());
    else break;
  }
  return { options, rest };
}
