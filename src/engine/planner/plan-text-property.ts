import type { Properties } from './plan-text-node.ts';

/** Lines below a node in the text form of EXPLAIN, as the properties of the JSON form. */

const KIB: ReadonlySet<string> = new Set(['kB']);

/** `quicksort  Memory: 25kB` and the like: parts behind two spaces, each a key and a value. */
function parts(text: string): readonly (readonly [string, string])[] {
  return text.split('  ').flatMap((part) => {
    const colon = part.indexOf(': ');
    return colon < 0 ? [] : [[part.slice(0, colon).trim(), part.slice(colon + 2).trim()] as const];
  });
}

/** A number with or without a unit; undefined for other texts. */
function amount(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text);
  if (match === null) return undefined;
  return match[2] === '' || KIB.has(match[2] as string) || match[2] === 'ms' ? Number(match[1]) : undefined;
}

/** `4 (originally 1)`. */
function original(text: string): readonly [number, number | undefined] {
  const match = /^(\d+)(?: \(originally (\d+)\))?$/.exec(text);
  return match === null ? [Number.NaN, undefined] : [Number(match[1]), match[2] === undefined ? undefined : Number(match[2])];
}

function sortMethod(value: string): Properties {
  const two = value.indexOf('  ');
  const method = two < 0 ? value : value.slice(0, two);
  const [space] = two < 0 ? [] : parts(value.slice(two));
  return {
    'Sort Method': method.trim(),
    ...(space === undefined ? {} : { 'Sort Space Type': space[0], 'Sort Space Used': amount(space[1]) }),
  };
}

/** `Buckets: 1024  Batches: 1  Memory Usage: 9kB` of a Hash; batches of an aggregate stand alone. */
function hashes(line: string, type: string): Properties {
  const said: Properties = {};
  for (const [key, value] of parts(line)) {
    if (key === 'Buckets') said['Hash Buckets'] = original(value)[0];
    else if (key === 'Batches') {
      const [now, before] = original(value);
      if (type === 'Hash') {
        said['Hash Batches'] = now;
        // The JSON form tells it in any case.
        said['Original Hash Batches'] = before ?? now;
      } else said['HashAgg Batches'] = now;
    } else if (key === 'Memory Usage') said['Peak Memory Usage'] = amount(value);
    else if (key === 'Disk Usage') said['Disk Usage'] = amount(value);
    else if (key === 'Planned Partitions') said['Planned Partitions'] = amount(value);
  }
  return said;
}

const CACHE: Readonly<Record<string, string>> = {
  Hits: 'Cache Hits',
  Misses: 'Cache Misses',
  Evictions: 'Cache Evictions',
  Overflows: 'Cache Overflows',
  'Memory Usage': 'Peak Memory Usage',
};

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** `shared hit=3 read=2, temp read=1 written=1`. @param name of a figure, from its kind (`shared`) and what it is (`hit`) */
function grouped(value: string, name: (kind: string, what: string) => string): Properties {
  const said: Properties = {};
  for (const group of value.split(', ')) {
    const words = group.split(' ');
    const kind = words[0]?.includes('=') === true ? '' : (words.shift() ?? '');
    for (const word of words) {
      const equals = word.indexOf('=');
      if (equals > 0) said[name(kind, word.slice(0, equals))] = Number(word.slice(equals + 1));
    }
  }
  return said;
}

const IO: Readonly<Record<string, string>> = { read: 'Read', write: 'Write', extend: 'Write' };

/** @param type of the node @returns the line as properties, those of EXPLAIN's JSON form where it has some */
export function lineProperties(key: string, value: string, type: string): Properties {
  switch (key) {
    case 'Sort Method':
      return sortMethod(value);
    case 'Buckets':
    case 'Batches':
      return hashes(`${key}: ${value}`, type);
    case 'Planned Partitions':
      return hashes(`${key}: ${value}`, type);
    case 'Hits':
      return Object.fromEntries(
        parts(`${key}: ${value}`).flatMap(([name, text]) => (Object.hasOwn(CACHE, name) ? [[CACHE[name], amount(text)]] : [])),
      );
    case 'Buffers':
      return grouped(value, (kind, what) => `${capital(kind)} ${capital(what)} Blocks`);
    case 'I/O Timings':
      // Before version 17 there was one kind, without a name.
      return grouped(value, (kind, what) => `${kind === '' ? '' : `${capital(kind)} `}I/O ${IO[what] ?? capital(what)} Time`);
    case 'WAL':
      return grouped(value, (_, what) => `WAL ${what === 'fpi' ? 'FPI' : capital(what)}`);
    case 'Heap Blocks':
      return grouped(value, (_, what) => `${capital(what)} Heap Blocks`);
    case 'Output':
      return {};
    default:
      return { [key]: amount(value) ?? (value === 'true' ? true : value === 'false' ? false : value) };
  }
}

/** Lines below the last node: times of the whole, triggers, settings. */
export function footerProperties(key: string, value: string, within: string, said: Properties): void {
  if (key === 'Planning Time' || key === 'Execution Time' || key === 'Total runtime') {
    said[key === 'Total runtime' ? 'Execution Time' : key] = amount(value);
  } else if (key.startsWith('Trigger ')) {
    const match = /^(?:time=([\d.]+) )?calls=(\d+)$/.exec(value);
    const triggers = (said['Triggers'] ?? []) as Properties[];
    const [named = '', relation] = key.slice('Trigger '.length).split(' on ');
    const [trigger, constraint] = named.split('for constraint ');
    triggers.push({
      'Trigger Name': (constraint ?? trigger ?? '').trim(),
      ...(relation === undefined ? {} : { Relation: relation }),
      ...(match?.[1] === undefined ? {} : { Time: Number(match[1]) }),
      Calls: Number(match?.[2] ?? 0),
    });
    said['Triggers'] = triggers;
  } else if (within === 'JIT' && key === 'Timing') {
    const total = /Total ([\d.]+) ms/.exec(value);
    if (total !== null) said['JIT'] = { Timing: { Total: Number(total[1]) } };
  } else if (key === 'Settings') {
    said['Settings'] = Object.fromEntries(
      value.split(', ').flatMap((one) => {
        const equals = one.indexOf(' = ');
        return equals < 0 ? [] : [[one.slice(0, equals), one.slice(equals + 3).replace(/^'(.*)'$/s, '$1')]];
      }),
    );
  }
}
