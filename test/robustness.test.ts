/**
 * Damaged files: every file of the corpus cut off, with bits flipped and with tokens gone. Reading never throws or hangs,
 * every character is accounted for, and the document is a valid one. `npm run test:long` tries 20,000.
 */
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { lexSql } from '#engine/dialects/base/lex.ts';
import { type ReadPorts, type ReadResult, readSql } from '#engine/sql/read.ts';
import { splitSql } from '#engine/sql/split.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import type { Dialect } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { decode } from '#storage/decode.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { type Case, corpus, DIALECTS } from './corpus.ts';
import { more, seedOf } from './runs.ts';

/** Numbers from 0 to below `below`, the same for the same seed. */
type Random = (below: number) => number;

function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

/** Rows of a file that are kept: damage to the thousandth row is damage to the first. */
const ROWS = 5;

/** A file without most of its rows. */
function light({ name, sql }: Case, dialect: Dialect): Case {
  const spans = splitSql(sql, dialect);
  const data = spans.filter(({ kind }) => kind === 'data').slice(ROWS);
  const dropped = new Set(data);
  return { name, sql: spans.flatMap((span) => (dropped.has(span) ? [] : [sql.slice(span.start, span.end)])).join('') };
}

function flipped(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  for (let left = 1 + random(8); left > 0; left--) {
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
  }
  const decoded = decode(bytes);
  // What is refused before it is read is no matter of the reader; its first bytes may still come to it.
  return decoded.ok ? decoded.value.text : bytes.toString('latin1');
}

function tokensGone(text: string, dialect: Dialect, random: Random): string {
  const spans = splitSql(text, dialect).filter(({ kind }) => kind !== 'gap');
  let damaged = text;
  for (let left = 1 + random(4); left > 0; left--) {
    const span = spans[random(spans.length)];
    if (span === undefined) return damaged;
    const { tokens } = lexSql(damaged.slice(span.start, span.end), dialect);
    const token = tokens[random(tokens.length)];
    if (token === undefined) continue;
    const [start, end] = [span.start + token.start, span.start + token.end];
    // Blanks in its place keep the other spans where they are.
    damaged = damaged.slice(0, start) + ' '.repeat(end - start) + damaged.slice(end);
  }
  return damaged;
}

type Damage = (text: string, dialect: Dialect, random: Random) => string;

const DAMAGES: readonly (readonly [string, Damage])[] = [
  ['cut off', (text, _dialect, random) => text.slice(0, random(text.length))],
  ['flipped', (text, _dialect, random) => flipped(text, random)],
  ['tokens gone', tokensGone],
  [
    'a piece gone',
    (text, _dialect, random) => {
      const at = random(text.length);
      return text.slice(0, at) + text.slice(at + random(200));
    },
  ],
  [
    'the middle first',
    (text, _dialect, random) => {
      const at = random(text.length);
      return text.slice(at) + text.slice(0, at);
    },
  ],
];

/** Ends work that never ends: after a minute, and 5 seconds more for each megabyte. A busy machine needs a part of that. */
const patienceFor = (length: number) => Math.ceil(60_000 + (5000 * length) / 1_000_000);

function withDeadline<T>(work: () => T, timeout: number): T {
  const outside = globalThis as { crowfootWork?: () => T };
  outside.crowfootWork = work;
  return runInThisContext('globalThis.crowfootWork()', { timeout }) as T;
}

/** What is wrong with a reading: text that no statement and no gap has, or a document that breaks its promises. */
function defects(text: string, dialect: Dialect, { document, receipt }: ReadResult): string[] {
  const found = validate(document).map(({ message }) => message);
  const binary = receipt.statements.length === 1 && receipt.statements[0]?.end === text.length;
  if (!binary) {
    const spans = splitSql(text, dialect).filter(({ kind, unterminated }) => kind !== 'gap' || unterminated !== undefined);
    const said = receipt.statements.map(({ start, end }) => `${start}-${end}`).join(' ');
    if (said !== spans.map(({ start, end }) => `${start}-${end}`).join(' '))
      found.push('the receipt does not have the statements of the text');
  }
  for (const { state, reason, line } of receipt.statements)
    if (state !== 'modelled' && (reason ?? '') === '') found.push(`line ${line} is ${state} without a reason`);
  if (receipt.counts.error > 0 && receipt.lost.length === 0) found.push('errors are not among what is lost');
  return found;
}

function problemsOf(text: string, dialect: Dialect, ports: ReadPorts): string[] {
  try {
    return withDeadline(() => {
      const read = readSql([{ name: 'damaged.sql', text }], { dialect }, ports);
      if (!read.ok) return [read.problem.message];
      const { version = 18 } = read.value.document.settings['settings'] ?? {};
      writtenText(writeDocument(read.value.document, { version }));
      return defects(text, dialect, read.value);
    }, patienceFor(text.length));
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Mutants of all dialects together, about: each dialect gets its share. */
const MUTANTS = more(300, 67);

describe.each(DIALECTS)('damaged files of %s', (dialect) => {
  it('are read without a crash, a hang or a gap', async () => {
    const ports = await loadPorts(dialect);
    const files = corpus(dialect).map((one) => light(one, dialect));
    const random = randomFrom(seedOf(41));
    const failed: string[] = [];
    for (let i = 0; i < Math.ceil(MUTANTS / DIALECTS.length); i++) {
      const file = files[i % files.length] as Case;
      const [name, damage] = DAMAGES[random(DAMAGES.length)] as (typeof DAMAGES)[number];
      const text = damage(file.sql, dialect, random);
      const problems = problemsOf(text, dialect, ports);
      if (problems.length > 0) failed.push(`mutant ${i} of ${file.name} (${name}): ${problems.slice(0, 3).join('; ')}`);
    }
    expect(failed.slice(0, 10)).toEqual([]);
    expect(files.length).toBeGreaterThan(3);
  }, 1_200_000);
});

describe('the deadline', () => {
  it('ends what never ends', () => {
    expect(() =>
      withDeadline(() => {
        for (;;);
      }, 500),
    ).toThrow(/timed out/);
  });
});
