/** Schemas of functional and multivalued dependencies for property tests of normal forms. */
import fc from 'fast-check';
import { lcg, type Pair, randomSchema } from './normalize-oracle.ts';
import { more, seedOf } from './runs.ts';

/** 300 random schemas of 1 to 7 attributes, over 10,000 in a long run: always the same ones for a seed. */
const random = lcg(seedOf(20260801));
export const SCHEMAS = Array.from({ length: more(300, 34) }, () => randomSchema(random));

const side = (size: number, maxLength: number) => fc.uniqueArray(fc.nat(size - 1), { maxLength });
const pairs = (size: number, maxLength: number) =>
  fc.array(fc.tuple(side(size, 3), side(size, 3)) as fc.Arbitrary<Pair>, { maxLength });

/** Schemas as fast-check values, so that a counterexample shrinks. */
export const schema = fc.integer({ min: 1, max: 6 }).chain((size) => fc.record({ size: fc.constant(size), pairs: pairs(size, 7) }));

/** The same with multivalued dependencies. */
export const mixedSchema = fc
  .integer({ min: 2, max: 5 })
  .chain((size) => fc.record({ size: fc.constant(size), pairs: pairs(size, 3), mvds: pairs(size, 3) }));
