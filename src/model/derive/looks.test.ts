import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { randomDocument } from '#test/random-walk.ts';
import { runs } from '#test/runs.ts';
import type { CommandCall } from '../commands/registry.ts';
import { runCommands } from '../commands/run.ts';
import { serialize } from '../format/serialize.ts';
import type { Diagram, Level, Notation } from '../layout-types.ts';
import type { Document, Id } from '../types.ts';
import { seenOn } from './level.ts';
import type { Look } from './look.ts';
import { boxesOf } from './place.ts';

const LEVELS: readonly Level[] = ['conceptual', 'logical', 'physical'];
const NOTATIONS: readonly Notation[] = ['crows-foot', 'idef1x', 'barker', 'uml', 'chen', 'min-max'];
const DETAILS: readonly Look['detail'][] = ['names', 'keys', 'all'];

const looks = fc.record({
  level: fc.constantFrom(...LEVELS),
  notation: fc.constantFrom(...NOTATIONS),
  detail: fc.constantFrom(...DETAILS),
});
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** Whoever writes to it is caught: modules are strict. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const one of Object.values(value)) frozen(one);
  return value;
}

function showing(id: Id, { level, notation, detail }: Look): CommandCall {
  const patch = {
    level: level === 'physical' ? null : level,
    notation: notation === 'crows-foot' ? null : notation,
    detail: detail === 'all' ? null : detail,
  };
  return { name: 'setDiagram', args: { id, patch } };
}

function ran(document: Document, call: CommandCall): Document {
  const result = runCommands(document, [call], derivedIds());
  if (!result.ok) throw new Error(result.problem.message);
  return result.value.document;
}

const lookOf = (diagram: Diagram): Look => ({
  level: diagram.level ?? 'physical',
  notation: diagram.notation ?? 'crows-foot',
  detail: diagram.detail ?? 'all',
});

/** What is seen, without the way it is drawn: levels decide it, notations must not. */
const said = (seen: Document): string => JSON.stringify({ ...seen, look: undefined, diagrams: undefined });

describe('laws of looks', () => {
  it('[L4] C → L → P → C, and each notation and detail on the way, leaves everything but the diagram’s own look as it was', () => {
    let concepts = 0;
    fc.assert(
      fc.property(seeds, fc.array(looks, { minLength: 1, maxLength: 5 }), (seed, path) => {
        const document = frozen(randomDocument(seed));
        if (Object.keys(document.hierarchies).length + Object.keys(document.entities).length > 0) concepts += 1;
        const diagram = Object.values(document.diagrams)[0];
        if (diagram === undefined) return;
        const before = serialize({ ...document, diagrams: {} });
        const start: Look = { level: 'conceptual', notation: 'crows-foot', detail: 'all' };
        const round: Look[] = [start, { ...start, level: 'logical' }, { ...start, level: 'physical' }, ...path, start];
        let now = document;
        const first = said(seenOn(ran(document, showing(diagram.id, start)), diagram.id));
        for (const look of round) {
          now = frozen(ran(now, showing(diagram.id, look)));
          expect(lookOf(now.diagrams[diagram.id] as Diagram)).toEqual(look);
          boxesOf(seenOn(now, diagram.id), diagram.id);
          expect(serialize({ ...now, diagrams: {} })).toBe(before);
        }
        expect(said(seenOn(now, diagram.id))).toBe(first);
        expect(serialize(ran(now, showing(diagram.id, lookOf(diagram))))).toBe(serialize(document));
      }),
      runs(63, 30),
    );
    expect(concepts).toBeGreaterThan(5);
  });

  it('[L5] a level shows the same facts in crow’s foot, IDEF1X, Barker, UML and min-max', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...LEVELS), (seed, level) => {
        const document = randomDocument(seed);
        const diagram = Object.keys(document.diagrams)[0];
        if (diagram === undefined) return;
        const facts = (notation: Notation) => {
          const { tables, relationships } = seenOn(ran(document, showing(diagram, { level, notation, detail: 'all' })), diagram);
          const names = Object.values(tables).map((table) => [table.id, table.name, table.columns.map((one) => one.name)]);
          return JSON.stringify([names, Object.values(relationships).map((one) => [one.id, one.child, one.parent])]);
        };
        const plain = facts('crows-foot');
        for (const notation of NOTATIONS) if (notation !== 'chen') expect(facts(notation)).toBe(plain);
      }),
      runs(64, 30),
    );
  });

  it('[L6] whatever is seen, at any level, both ends of every relationship and every member of a hierarchy are seen', () => {
    fc.assert(
      fc.property(seeds, looks, (seed, look) => {
        const document = randomDocument(seed);
        const diagram = Object.keys(document.diagrams)[0];
        if (diagram === undefined) return;
        const seen = seenOn(ran(document, showing(diagram, look)), diagram);
        const loose = Object.values(seen.relationships).filter(
          (one) => !Object.hasOwn(seen.tables, one.child) || !Object.hasOwn(seen.tables, one.parent),
        );
        expect(loose.map((one) => one.id)).toEqual([]);
        if (look.level === 'physical') expect(Object.keys(seen.tables).sort()).toEqual(Object.keys(document.tables).sort());
      }),
      runs(65, 60),
    );
  });
});
