import { parseArgs } from 'node:util';
import { GESTURES, type GestureName } from './gestures.ts';

export interface Options {
  readonly sizes: readonly number[];
  readonly gestures: readonly GestureName[];
  readonly moves: number;
  /** Sizes at which the plain page is measured too. */
  readonly plain: readonly number[];
  readonly repeat: number;
}

export const HELP = `npm run bench:canvas -- [options]

  --tables 200,1000,5000    sizes of the generated schemas
  --gestures nearPan,...    which of: ${GESTURES.join(', ')}
  --moves 60                pointer or wheel events in a gesture
  --plain 200,1000          sizes at which plain React Flow is measured beside it ("none": nowhere)
  --repeat 1                times each gesture is done; the median is printed

CPU is the main thread's own time (Performance.getMetrics, thread ticks) for each frame that was shown: it does not count
what other programs took. Everything else is wall-clock time and suffers from a busy machine. Nothing is written outside a
temporary folder, and nothing asserts a time.`;

function numbers(text: string): number[] {
  if (text === 'none') return [];
  return text.split(',').map((one) => {
    const count = Number(one);
    if (!Number.isInteger(count) || count < 1) throw new Error(`"${one}" is no number of tables.`);
    return count;
  });
}

function named(text: string): GestureName[] {
  return text.split(',').map((one) => {
    const found = GESTURES.find((gesture) => gesture === one);
    if (found === undefined) throw new Error(`"${one}" is no gesture: ${GESTURES.join(', ')}.`);
    return found;
  });
}

/** Reads the flags; undefined when help was asked for. */
export function optionsFrom(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tables: { type: 'string', default: '200,1000,5000' },
      gestures: { type: 'string', default: GESTURES.join(',') },
      moves: { type: 'string', default: '60' },
      plain: { type: 'string', default: '200,1000' },
      repeat: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const sizes = numbers(values.tables);
  return {
    sizes,
    gestures: named(values.gestures),
    moves: numbers(values.moves)[0] ?? 60,
    plain: numbers(values.plain).filter((size) => sizes.includes(size)),
    repeat: numbers(values.repeat)[0] ?? 1,
  };
}
