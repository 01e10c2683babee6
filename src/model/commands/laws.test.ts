import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { runs } from '#test/runs.ts';
import { COLLECTIONS } from '../collections.ts';
import { emptyDocument } from '../create.ts';
import { applyDiff, type Diff, diffDocuments, reverseDiff, squashDiffs } from '../diff.ts';
import { replayJournal } from '../format/journal.ts';
import { parseDocument } from '../format/parse.ts';
import { serialize } from '../format/serialize.ts';
import { bail, EMPTY_HISTORY, type History, mark, record, redo, squash, undo } from '../history.ts';
import type { Document } from '../types.ts';
import { validate } from '../validate.ts';
import { COMMANDS, type CommandName } from './registry.ts';
import { runCommands } from './run.ts';

const RUNS = 30;
const STEPS = 160;
/** What each command does at least, over all walks: fewer times prove little. */
const FAIR = 3;

interface Walk {
  readonly documents: readonly Document[];
  readonly history: History;
  /** How often each command changed something. */
  readonly ran: ReadonlyMap<CommandName, number>;
}

const walks = new Map<number, Walk>();

/** A random walk over the commands: every document on the way and the history that led there. The laws share them. */
function walk(seed: number): Walk {
  const known = walks.get(seed);
  if (known !== undefined) return known;
  const made = walkAnew(seed);
  // The laws go through the same seeds: a long run does not keep all of its walks.
  if (walks.size >= 200) walks.clear();
  walks.set(seed, made);
  return made;
}

function walkAnew(seed: number, steps = STEPS): Walk {
  const dice = seededDice(seed);
  const ids = derivedIds();
  const ran = new Map<CommandName, number>();
  const documents = [emptyDocument()];
  let history = EMPTY_HISTORY;
  for (let step = 0; step < steps; step++) {
    const document = documents.at(-1) as Document;
    const call = randomCall(document, dice);
    const result = runCommands(document, [call], ids);
    if (!result.ok) continue;
    const defects = validate(result.value.document);
    if (defects.length > 0) throw new Error(`${call.name} ${JSON.stringify(call.args)}: ${JSON.stringify(defects)}`);
    if (result.value.diff.length === 0) continue;
    ran.set(call.name, (ran.get(call.name) ?? 0) + 1);
    documents.push(result.value.document);
    history = record(history, { label: result.value.label, diff: result.value.diff });
  }
  return { documents, history, ran };
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const check = (law: (seed: number) => void, times = RUNS) => fc.assert(fc.property(seeds, law), runs(20260101, times));

function hasNullPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === null || Object.values(value).some(hasNullPrototype);
}

describe('laws of commands', () => {
  it('[C1] no sequence of commands breaks an invariant, and every command changes something a fair number of times', () => {
    const ran = new Map<string, number>();
    const seen = new Set<number>();
    check((seed) => {
      if (seen.has(seed)) return;
      seen.add(seed);
      for (const [name, times] of walk(seed).ran) ran.set(name, (ran.get(name) ?? 0) + times);
    }, 120);
    const rare = Object.keys(COMMANDS).flatMap((name) => ((ran.get(name) ?? 0) < FAIR ? [`${name} ${ran.get(name) ?? 0}`] : []));
    expect(rare).toEqual([]);
  });

  it('[C2] a command that has a problem changes nothing', () => {
    const document = walk(7).documents.at(-1) as Document;
    const text = serialize(document);
    const dice = seededDice(8);
    let problems = 0;
    for (let n = 0; n < 500; n++) {
      const result = runCommands(document, [randomCall(document, dice)], derivedIds());
      if (!result.ok) {
        problems += 1;
        expect(result.problem.message).toMatch(/[.]$/);
      }
      expect(serialize(document)).toBe(text);
    }
    expect(problems).toBeGreaterThan(20);
  });

  it('[C3] documents hold plain objects only: mutative would lose edits of others', () => {
    check((seed) => {
      expect(walk(seed).documents.slice(-20).some(hasNullPrototype)).toBe(false);
    });
    const odd = Object.assign(Object.create(null) as object, { a: 1 });
    expect(hasNullPrototype({ held: [odd] })).toBe(true);
  });
});

describe('laws of diffs', () => {
  it('[D1] applying the diff of two documents to the first gives the second', () => {
    check((seed) => {
      const { documents } = walk(seed);
      const [a, b] = [documents[0] as Document, documents.at(-1) as Document];
      expect(serialize(applyDiff(a, diffDocuments(a, b)))).toBe(serialize(b));
      expect(serialize(applyDiff(b, diffDocuments(b, a)))).toBe(serialize(a));
    });
  });

  it('[D2] a diff and its reverse cancel out', () => {
    check((seed) => {
      const { documents } = walk(seed);
      const [a, b] = [documents[Math.floor(documents.length / 2)] as Document, documents.at(-1) as Document];
      const diff = diffDocuments(a, b);
      expect(serialize(applyDiff(b, reverseDiff(diff)))).toBe(serialize(a));
      expect(squashDiffs(diff, reverseDiff(diff))).toEqual([]);
    });
  });

  it('[D3] squashed steps do what the steps do', () => {
    check((seed) => {
      const { documents, history } = walk(seed);
      const all = history.done.reduce((sum, step) => squashDiffs(sum, step.diff), [] as ReturnType<typeof squashDiffs>);
      expect(serialize(applyDiff(documents[0] as Document, all))).toBe(serialize(documents.at(-1) as Document));
    });
  });
});

describe('laws of what is replayed', () => {
  it('[R1] whoever starts from any document on the way and replays the written diffs has the same one', () => {
    check((seed) => {
      const { documents, history } = walk(seed);
      const from = Math.floor(documents.length / 3);
      const diffs: unknown = JSON.parse(JSON.stringify(history.done.slice(from).map((step) => step.diff)));
      const replayed = replayJournal(serialize(documents[from] as Document), diffs as Diff[]);
      if (!replayed.ok) throw new Error(replayed.problem.message);
      expect(serialize(replayed.value.document)).toBe(serialize(documents.at(-1) as Document));
    });
  });

  it('[R2] what structured cloning carries to another tab leads to the same document at every step', () => {
    check((seed) => {
      const { documents, history } = walk(seed);
      let follower = structuredClone(documents[0] as Document);
      for (const [at, step] of history.done.entries()) {
        follower = applyDiff(follower, structuredClone(step.diff));
        if (at % 20 === 0) expect(serialize(follower)).toBe(serialize(documents[at + 1] as Document));
      }
      expect(serialize(follower)).toBe(serialize(documents.at(-1) as Document));
    });
  });

  it('[R3] records of every collection are added, changed and taken away on the way', () => {
    const seen = new Set<string>();
    check((seed) => {
      for (const { diff } of walk(seed).history.done) {
        for (const { collection, from, to } of diff) {
          seen.add(`${collection} ${from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'}`);
        }
      }
    }, 120);
    // Files come in by imports, never by an edit. The settings are always one; a verdict is given or taken back, never changed; what was resolved away changes only with
    // what it refers to, which few walks come upon.
    const never = new Set([
      'sources added',
      'sources changed',
      'sources removed',
      'settings added',
      'settings removed',
      'waivers changed',
      'associations changed',
    ]);
    const wanted = COLLECTIONS.flatMap(({ name }) => ['added', 'changed', 'removed'].map((what) => `${name} ${what}`));
    expect(wanted.filter((one) => !seen.has(one) && !never.has(one))).toEqual([]);
  });
});

describe('laws of history', () => {
  it('[H1] undo to the start and redo to the end pass through byte-identical documents, layout included', () => {
    check((seed) => {
      const { documents, history } = walk(seed);
      const texts = documents.map(serialize);
      let at = { history, document: documents.at(-1) as Document };
      for (let n = documents.length - 2; n >= 0; n--) {
        const back = undo(at.history);
        if (back === undefined) throw new Error('nothing to undo');
        at = { history: back.history, document: applyDiff(at.document, back.diff) };
        expect(serialize(at.document)).toBe(texts[n]);
      }
      expect(undo(at.history)).toBeUndefined();
      for (let n = 1; n < documents.length; n++) {
        const forth = redo(at.history);
        if (forth === undefined) throw new Error('nothing to redo');
        at = { history: forth.history, document: applyDiff(at.document, forth.diff) };
        expect(serialize(at.document)).toBe(texts[n]);
      }
      expect(redo(at.history)).toBeUndefined();
    });
  });

  it('[H2] a gesture squashes to one step, and bailing out of it restores the document', () => {
    check((seed) => {
      const { documents, history } = walk(seed);
      const half = Math.floor(history.done.length / 2);
      const before = documents[half] as Document;
      const after = documents.at(-1) as Document;
      let gesture = mark({ done: history.done.slice(0, half), undone: [] });
      for (const step of history.done.slice(half)) gesture = record(gesture, step);
      expect(undo(gesture)).toBeUndefined();
      const bailed = bail(gesture);
      expect(serialize(applyDiff(after, bailed.diff))).toBe(serialize(before));
      expect(bailed.history.done).toHaveLength(half);
      const squashed = squash(gesture, 'Drag');
      expect(squashed.done).toHaveLength(half + (serialize(before) === serialize(after) ? 0 : 1));
      const back = undo(squashed);
      if (back !== undefined && squashed.done.length > half) {
        expect(back.label).toBe('Drag');
        expect(serialize(applyDiff(after, back.diff))).toBe(serialize(before));
      }
    });
  });

  it('[H3] a new edit forgets what was undone', () => {
    const { history } = walk(11);
    const back = undo(history);
    if (back === undefined) throw new Error('nothing to undo');
    const edited = record(back.history, { label: 'x', diff: [{ collection: 'notes', id: 'n' }] });
    expect(redo(edited)).toBeUndefined();
  });
});

describe('laws of the file', () => {
  it('[F1] what is written is read back equal', () => {
    check((seed) => {
      const document = walk(seed).documents.at(-1) as Document;
      const read = parseDocument(serialize(document));
      if (!read.ok) throw new Error(read.problem.message);
      expect(read.value.document).toEqual(document);
      expect(read.value.readOnly).toBeUndefined();
    });
  });

  it('[F2] writing what was read gives the same bytes, whatever the order records were made in', () => {
    check((seed) => {
      const document = walk(seed).documents.at(-1) as Document;
      const text = serialize(document);
      const read = parseDocument(text);
      expect(read.ok && serialize(read.value.document)).toBe(text);
      const turned = Object.fromEntries(
        Object.entries(document).map(([name, records]) => [name, Object.fromEntries(Object.entries(records).reverse())]),
      );
      expect(serialize(turned as unknown as Document)).toBe(text);
    });
  });
});
