import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeDependency, dependencyText, readDependency } from './dependency-text.ts';

const columns = ['zip', 'city', 'state', 'Order No', 'country', 'City_Hall'].map((name) => ({ id: `id:${name}`, name }));
const ids = (...names: string[]) => names.map((name) => `id:${name}`);

function dependencyOf(text: string) {
  const read = readDependency(text, columns);
  if (!read.ok) throw new Error(read.problem.message);
  return read.dependency;
}

function problemOf(text: string) {
  const read = readDependency(text, columns);
  if (read.ok) throw new Error(`${text} is fine`);
  return { ...read.problem, at: text.slice(read.problem.start, read.problem.end) };
}

describe('readDependency', () => {
  it.each(['zip -> city, state', 'zip→city,state', ' ZIP => city , state ', '"zip" --> city, "state"'])('reads %s', (text) => {
    expect(dependencyOf(text)).toEqual({ determinant: ids('zip'), dependent: ids('city', 'state') });
  });

  it.each(['{} -> zip', '∅ -> zip', ' { } → zip'])('reads the constant %s, and writes it back', (text) => {
    expect(dependencyOf(text)).toEqual({ determinant: [], dependent: ids('zip') });
    expect(dependencyText(dependencyOf(text), columns)).toBe('{} -> zip');
  });

  it('reads composite and quoted determinants', () => {
    expect(dependencyOf('"Order No", zip -> country')).toEqual({ determinant: ids('Order No', 'zip'), dependent: ids('country') });
    expect(dependencyOf('city_hall -> zip').determinant).toEqual(ids('City_Hall'));
  });

  it.each(['zip ->> city', 'zip →→ city', 'zip ↠ city'])('reads the multivalued %s', (text) => {
    expect(dependencyOf(text)).toEqual({ determinant: ids('zip'), dependent: ids('city'), multivalued: true });
  });

  it('points at an unknown column and guesses', () => {
    expect(problemOf('zip -> ctiy')).toMatchObject({
      at: 'ctiy',
      suggestion: 'city',
      message: expect.stringContaining('Did you mean city?'),
    });
    expect(problemOf('zip -> xyzzy')).not.toHaveProperty('suggestion');
  });

  it.each([
    ['', /determine others/, 0],
    ['-> city', /determine others/, 0],
    ['zip', /arrow and what is determined/, 3],
    ['zip ->', /are determined/, 6],
    ['zip, -> city', /After the comma/, 4],
    ['zip city -> state', /comma or -> was expected/, 4],
    ['zip -> city state', /comma was expected/, 12],
    ['zip -> city, city', /stands here twice/, 13],
    ['zip -> zip, city', /both sides/, 6],
    ['zip -> 3', /name was expected/, 7],
    ['zip -> "city', /name was expected/, 7],
  ])('says what is wrong with %j, and where', (text, message, start) => {
    const problem = problemOf(text);
    expect(problem.message).toMatch(message);
    expect(problem.start).toBe(start);
  });

  it('keeps positions inside the text and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z" ,>-]*$/)), (text) => {
        const read = readDependency(text, columns);
        if (read.ok) return;
        expect(read.problem.start).toBeGreaterThanOrEqual(0);
        expect(read.problem.start).toBeLessThanOrEqual(text.length);
        expect(read.problem.end).toBeGreaterThanOrEqual(read.problem.start);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('reads back what dependencyText writes', () => {
    const sides = fc
      .shuffledSubarray(columns, { minLength: 2 })
      .chain((all) =>
        fc.integer({ min: 1, max: all.length - 1 }).map((cut) => ({ left: all.slice(0, cut), right: all.slice(cut) })),
      );
    fc.assert(
      fc.property(sides, fc.boolean(), ({ left, right }, multivalued) => {
        const dependency = {
          determinant: left.map((one) => one.id),
          dependent: right.map((one) => one.id),
          ...(multivalued ? { multivalued } : {}),
        };
        expect(dependencyOf(dependencyText(dependency, columns))).toEqual(dependency);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('completeDependency', () => {
  const put = (text: string, caret = text.length) => {
    const found = completeDependency(text, caret, columns);
    const option = found.options[0];
    return option === undefined ? text : text.slice(0, found.start) + option + text.slice(found.end);
  };

  it('completes the word at the caret', () => {
    expect(put('zip -> ci')).toBe('zip -> city');
    expect(put('zi -> city', 2)).toBe('zip -> city');
    expect(put('zip -> city, sta')).toBe('zip -> city, state');
  });

  it('quotes what needs quotes, also when the quote is typed already', () => {
    expect(put('ord')).toBe('"Order No"');
    expect(put('"ord')).toBe('"Order No"');
  });

  it('offers only columns that are not there yet, beginnings first', () => {
    const { options } = completeDependency('city -> ', 8, columns);
    expect(options).not.toContain('city');
    expect(completeDependency('c', 1, columns).options.slice(0, 2)).toEqual(['city', 'country']);
  });

  it('offers nothing for a name that stands there whole', () => {
    expect(completeDependency('zip', 3, columns).options).toEqual([]);
  });
});
