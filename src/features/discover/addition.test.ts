import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { type Survey, type SurveyedTable, type SurveyFile, surveyData } from '#engine/discover/survey.ts';
import { randomIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { additionOf, nameTrouble } from './addition.ts';
import {
  type Choices,
  decided,
  dependencyKey,
  firstChoice,
  keyOf,
  leftOut,
  nextChoices,
  type TableChoice,
  takeSuggested,
} from './choice.ts';
import { nextStep } from './next-step.ts';
import { previewOf } from './preview.ts';
import { referencesByName } from './references.ts';
import { standingOf } from './standing.ts';

const CITIES = ['8001,Zurich', '3011,Bern', '4051,Basel'];
const ORDERS: SurveyFile = {
  name: 'orders.csv',
  text: ['Order ID,zip,city', ...Array.from({ length: 30 }, (_, at) => `${at + 1},${CITIES[at % 3]}`)].join('\n'),
};
const ZIPS: SurveyFile = { name: 'zips.csv', text: ['code,name', ...CITIES, '9000,"St. Gallen"'].join('\n') };

function survey(...files: SurveyFile[]): Survey {
  const read = surveyData(files, { nulls: 'equal', dialect: 'postgresql' }, UNLIMITED);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

function ids() {
  let seed = 7;
  return randomIds(() => {
    seed = (Math.imul(seed, 48271) >>> 0) % 2147483647;
    return seed / 2147483647;
  });
}

function done(document: Document, found: Survey, choices: Choices): Document {
  const ran = runCommands(document, additionOf(document, found, choices, ids(), TODAY).calls, ids());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

function tableOf(found: Survey): SurveyedTable {
  const [table] = found.tables;
  if (table === undefined) throw new Error('no file');
  return table;
}

function choiceOf(choices: Choices): TableChoice {
  const [choice] = choices.tables;
  if (choice === undefined) throw new Error('no choice');
  return choice;
}

const only = (document: Document) => {
  const [table] = Object.values(document.tables);
  if (table === undefined) throw new Error('no table');
  return table;
};

const TODAY = '2026-01-02';
const ZIP_CITY = dependencyKey([1], [2]);

describe('accepting what was found', () => {
  const found = survey(ORDERS);
  const fresh = nextChoices(found, []);

  it('adds nothing but the proposed table where nothing is accepted', () => {
    const table = only(done(emptyDocument(), found, fresh));
    expect(table.name).toBe('orders');
    expect(table.columns.map((column) => [column.name, column.nullable])).toEqual([
      ['order_id', false],
      ['zip', false],
      ['city', false],
    ]);
    expect(table.keys.map((key) => [key.kind, key.columns])).toEqual([['primary', [table.columns[0]?.id]]]);
    expect(table.dependencies).toEqual([]);
  });

  it('adds accepted dependencies with where they were seen, under the names given', () => {
    const choice = { ...firstChoice(tableOf(found), undefined), name: 'sales', columns: ['id', 'post code', 'city'] };
    const choices: Choices = { tables: [{ ...choice, decisions: new Map([[ZIP_CITY, 'accepted']]) }], foreignKeys: new Map() };
    const table = only(done(emptyDocument(), found, choices));
    expect(table.name).toBe('sales');
    expect(table.columns[1]?.name).toBe('post code');
    expect(table.dependencies).toMatchObject([
      {
        determinant: [table.columns[1]?.id],
        dependent: [table.columns[2]?.id],
        discovered: { source: 'orders.csv', rows: 30, date: TODAY },
      },
    ]);
  });

  it('leaves rejected ones out, and a primary key that is not wanted', () => {
    const choice = { ...firstChoice(tableOf(found), undefined), primary: undefined };
    const choices: Choices = { tables: [{ ...choice, decisions: new Map([[ZIP_CITY, 'rejected']]) }], foreignKeys: new Map() };
    const table = only(done(emptyDocument(), found, choices));
    expect(table.dependencies).toEqual([]);
    expect(table.keys).toEqual([]);
  });

  it('tells the normal form that would come of it', () => {
    const choice = firstChoice(tableOf(found), undefined);
    const choices: Choices = { tables: [{ ...choice, decisions: new Map([[ZIP_CITY, 'accepted']]) }], foreignKeys: new Map() };
    const document = emptyDocument();
    const preview = previewOf(document, additionOf(document, found, choices, ids(), TODAY), 0, UNLIMITED);
    expect(preview).toMatchObject({ verdict: { highest: '2NF' }, breach: 'zip → city' });
  });

  it('says why a table cannot be added', () => {
    const document = done(emptyDocument(), found, fresh);
    expect(previewOf(document, additionOf(document, found, fresh, ids(), TODAY), 0, UNLIMITED).problem).toContain('orders');
    expect(nameTrouble(['a', ''])).toBe('A column has no name.');
    expect(nameTrouble(['a', 'b', 'a'])).toBe('Two columns are called a.');
    expect(nameTrouble(['a', 'b'])).toBeUndefined();
  });
});

describe('a right side of which only a part is a rule', () => {
  const found = survey(ORDERS);
  const [all] = tableOf(found).dependencies.filter((one) => one.left[0] === 0 && one.left.length === 1);
  if (all === undefined) throw new Error('the order determines nothing');

  it('is accepted without what is left out, and whole again when that is taken in', () => {
    const key = dependencyKey(all.left, all.right);
    const choice = { ...firstChoice(tableOf(found), undefined), decisions: new Map([[key, 'accepted' as const]]) };
    const dependents = (one: TableChoice) => {
      const table = only(done(emptyDocument(), found, { tables: [one], foreignKeys: new Map() }));
      const names = new Map(table.columns.map((column) => [column.id, column.name]));
      return table.dependencies[0]?.dependent.map((id) => names.get(id));
    };
    expect(dependents(choice)).toEqual(['zip', 'city']);
    const less = { ...choice, without: leftOut(choice, all, 1) };
    expect(dependents(less)).toEqual(['city']);
    // The last one stays.
    expect(dependents({ ...choice, without: leftOut(less, all, 2) })).toEqual(['city']);
    expect(dependents({ ...choice, without: leftOut(less, all, 1) })).toEqual(['zip', 'city']);
  });
});

describe('what is suggested', () => {
  const found = survey(ORDERS);
  const fresh = firstChoice(tableOf(found), undefined);

  it('is accepted at one stroke, without what only happens to hold, and nothing that was decided otherwise', () => {
    const table = tableOf(found);
    expect(table.suggested.map(({ left, right }) => [left, right])).toEqual([[[1], [2]]]);
    const taken = { ...fresh, ...takeSuggested(table, fresh) };
    expect([...taken.decisions]).toEqual([[ZIP_CITY, 'accepted']]);
    const refused = { ...fresh, decisions: new Map([[ZIP_CITY, 'rejected' as const]]) };
    expect([...takeSuggested(table, refused).decisions]).toEqual([[ZIP_CITY, 'rejected']]);
  });
});

describe('what there is to do next', () => {
  const found = survey(ORDERS);
  const accepted = (...keys: string[]): Choices => ({
    tables: [{ ...firstChoice(tableOf(found), undefined), decisions: new Map(keys.map((key) => [key, 'accepted'] as const)) }],
    foreignKeys: new Map(),
  });
  const next = (choices: Choices) => {
    const addition = additionOf(emptyDocument(), found, choices, ids(), TODAY);
    const ran = runCommands(emptyDocument(), addition.calls, ids());
    if (!ran.ok) throw new Error(ran.problem.message);
    return nextStep(ran.value.document, addition)?.label;
  };

  it('is taking the table apart that breaks a normal form', () => {
    expect(next(accepted(ZIP_CITY))).toBe('Decompose orders …');
  });

  it('is nothing where nothing breaks one', () => {
    expect(next(accepted())).toBeUndefined();
    expect(next(accepted(dependencyKey([0], [1, 2])))).toBeUndefined();
  });
});

describe('for a table that is there', () => {
  const found = survey(ORDERS);
  const column = (id: string, name: string) => ({ id, name, type: { kind: 'builtin', name: 'text' } as const, nullable: true });
  const table = {
    ...emptyTable('t', 'sch_public', 'orders'),
    columns: [column('o', 'orderid'), column('z', 'ZIP'), column('c', 'city')],
  };
  const document: Document = { ...emptyDocument(), tables: { t: table } };
  const accepted = (...keys: string[]): Choices => ({
    tables: [{ ...firstChoice(tableOf(found), 't'), decisions: new Map(keys.map((key) => [key, 'accepted'] as const)) }],
    foreignKeys: new Map(),
  });

  it('adds dependencies and unique keys, and changes no column', () => {
    const next = only(done(document, found, accepted(ZIP_CITY, keyOf([0]))));
    expect(next.columns).toEqual(table.columns);
    expect(next.dependencies).toMatchObject([{ determinant: ['z'], dependent: ['c'] }]);
    expect(next.keys).toMatchObject([{ kind: 'unique', columns: ['o'] }]);
  });

  it('adds nothing twice', () => {
    const once = done(document, found, accepted(ZIP_CITY, keyOf([0])));
    expect(additionOf(once, found, accepted(ZIP_CITY, keyOf([0])), ids(), TODAY).calls).toEqual([]);
    const standing = standingOf(once, tableOf(found), choiceOf(accepted()));
    expect(standing.dependency([1], [2])).toBe('orders declares it already.');
    expect(standing.key([0])).toBe('orders has this key already.');
  });

  it('takes of a dependency what it has columns for, and says what is left out', () => {
    const wide = survey({ name: 'orders.csv', text: ORDERS.text.replaceAll(/,(\w+)$/gm, ',$1,x$1') });
    const both = dependencyKey([1], [2, 3]);
    const choices = accepted(both);
    expect(only(done(document, wide, choices)).dependencies).toMatchObject([{ determinant: ['z'], dependent: ['c'] }]);
    const standing = standingOf(document, tableOf(wide), choiceOf(choices));
    expect(standing.dependency([1], [2, 3])).toBeUndefined();
    expect(standing.partly([2, 3])).toBe('Without xcity, which orders does not have.');
  });

  it('leaves out what it has no column for, and says so', () => {
    const narrow: Document = { ...document, tables: { t: { ...table, columns: table.columns.slice(0, 2) } } };
    expect(additionOf(narrow, found, accepted(ZIP_CITY), ids(), TODAY).calls).toEqual([]);
    const standing = standingOf(narrow, tableOf(found), choiceOf(accepted()));
    expect(standing.dependency([1], [2])).toBe('orders has no column city.');
    expect(standing.mapped).toEqual(['orderid', 'ZIP', undefined]);
  });
});

describe('several files', () => {
  const found = survey(ORDERS, ZIPS);
  const at = found.foreignKeys.findIndex(({ inclusion }) => inclusion.child === 0 && inclusion.childColumns.join() === '1');

  it('become tables with the accepted foreign key, and what it refers to is a key', () => {
    const choices = nextChoices(found, []);
    const without = { ...choices, tables: choices.tables.map((one) => ({ ...one, primary: undefined })) };
    const next = done(emptyDocument(), found, { ...without, foreignKeys: new Map([[at, 'accepted']]) });
    const [link] = Object.values(next.relationships);
    const parent = Object.values(next.tables).find((one) => one.name === 'zips');
    expect(link?.parent).toBe(parent?.id);
    expect(parent?.keys).toMatchObject([{ kind: 'unique', columns: link?.parentColumns }]);
  });

  it('make no table that was only looked at, nor keys and references of it', () => {
    const choices = nextChoices(found, []);
    const [orders, zips] = choices.tables;
    if (orders === undefined || zips === undefined) throw new Error('no choices');
    const left: Choices = { tables: [orders, { ...zips, left: true }], foreignKeys: new Map([[at, 'accepted']]) };
    const addition = additionOf(emptyDocument(), found, left, ids(), TODAY);
    expect([addition.made.length, addition.tables[1], addition.foreignKeys]).toEqual([1, undefined, 0]);
    expect(only(done(emptyDocument(), found, left)).name).toBe('orders');
  });

  it('only accepted ones', () => {
    expect(Object.values(done(emptyDocument(), found, nextChoices(found, [])).relationships)).toEqual([]);
  });
});

describe('choices', () => {
  it('stay as far as what they are about still is there', () => {
    const found = survey(ORDERS);
    const before: Choices = {
      tables: [
        {
          ...firstChoice(tableOf(found), undefined),
          name: 'sales',
          decisions: new Map([
            [ZIP_CITY, 'accepted'],
            [dependencyKey([9], [2]), 'accepted'],
          ]),
        },
      ],
      foreignKeys: new Map(),
    };
    const [kept] = nextChoices(found, [], { survey: found, choices: before }).tables;
    expect(kept?.name).toBe('sales');
    expect([...(kept?.decisions.keys() ?? [])]).toEqual([ZIP_CITY]);
    const [other] = nextChoices(survey(ZIPS), [], { survey: found, choices: before }).tables;
    expect(other?.name).toBe('zips');
  });

  it('are taken back by the same again', () => {
    const once = decided(new Map(), 'a', 'accepted');
    expect([...once]).toEqual([['a', 'accepted']]);
    expect([...decided(once, 'a', 'rejected')]).toEqual([['a', 'rejected']]);
    expect([...decided(once, 'a', 'accepted')]).toEqual([]);
  });
});

describe('tables that are there and whose rows nobody gave', () => {
  const column = (id: string, name: string, type: string) => ({
    id,
    name,
    type: { kind: 'builtin', name: type } as const,
    nullable: false,
  });
  const keyed = (id: string, name: string, ...columns: ReturnType<typeof column>[]) => ({
    ...emptyTable(id, 'sch_public', name),
    columns,
    keys: [{ id: `${id}_key`, kind: 'primary' as const, columns: [columns[0]?.id ?? ''] }],
  });
  const document: Document = {
    ...emptyDocument(),
    tables: {
      c: keyed('c', 'customers', column('c1', 'id', 'bigint'), column('c2', 'name', 'text')),
      z: keyed('z', 'regions', column('z1', 'region', 'char')),
      u: keyed('u', 'users', column('u1', 'id', 'uuid')),
    },
  };
  const found = survey({
    name: 'orders.csv',
    text: [
      'id,customer_id,user_id,region,note',
      ...Array.from({ length: 6 }, (_, at) => `${at},${at % 3},${at % 2},${at % 2},x`),
    ].join('\n'),
  });
  const choices = nextChoices(found, []);

  it('are proposed by name and type, not where the type differs', () => {
    expect(
      referencesByName(document, found, choices).map(({ childColumns, parent, score }) => [childColumns, parent, score]),
    ).toEqual([
      [[1], 'c', 1],
      [[3], 'z', 1],
    ]);
  });

  it('are not where the rows of the table are among the files', () => {
    const [first] = choices.tables;
    if (first === undefined) throw new Error('no choice');
    const known = { ...choices, tables: [{ ...first, target: 'c' }] };
    expect(referencesByName(document, found, known).map(({ parent }) => parent)).toEqual(['z']);
  });

  it('become foreign keys of the key’s type when they are accepted', () => {
    const [to] = referencesByName(document, found, choices);
    const next = done(document, found, { ...choices, references: new Map([[to?.key ?? '', 'accepted']]) });
    expect(Object.values(next.relationships)).toMatchObject([{ parent: 'c', parentColumns: ['c1'] }]);
    const orders = Object.values(next.tables).find(({ name }) => name === 'orders');
    expect(orders?.columns[1]?.type).toMatchObject({ name: 'bigint' });
  });

  it('take columns as the person changed them', () => {
    const [first] = choices.tables;
    if (first === undefined) throw new Error('no choice');
    const edits = new Map([
      [1, { type: { kind: 'builtin', name: 'smallint' } as const }],
      [4, { nullable: true }],
      [0, { nullable: true }],
    ]);
    const [to] = referencesByName(document, found, choices);
    const references = new Map([[to?.key ?? '', 'accepted' as const]]);
    const next = done(document, found, { ...choices, tables: [{ ...first, edits }], references });
    const orders = Object.values(next.tables).find(({ name }) => name === 'orders');
    expect(orders?.columns.map((one) => [one.name, one.type.kind === 'builtin' && one.type.name, one.nullable])).toEqual([
      ['id', 'integer', false],
      ['customer_id', 'smallint', false],
      ['user_id', 'integer', false],
      ['region', 'integer', false],
      ['note', 'text', true],
    ]);
  });
});
