import { beforeEach, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { surveyData } from '#engine/discover/survey.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Id } from '#model/types.ts';
import type { Found } from '#state/discover.ts';
import { load } from '#state/document.ts';
import {
  choose,
  decide,
  decideLink,
  decideReference,
  editColumn,
  follow,
  leaveOut,
  nameColumn,
  putInto,
  sessionStore,
  showFile,
} from './session.ts';

function found(onto?: Id, ...texts: readonly string[]): Found {
  const files = (texts.length === 0 ? ['id,zip\n1,8001\n2,3011\n'] : texts).map((text) => ({ name: 'orders.csv', text }));
  const survey = surveyData(files, { nulls: 'equal', dialect: 'postgresql' }, UNLIMITED);
  if (!survey.ok) throw new Error(survey.problem.message);
  return { stage: 'found', given: { files, nulls: 'equal', onto }, survey: survey.value };
}

const first = () => sessionStore.getState().choices.tables[0];

describe('choices in the dialog', () => {
  const column = (name: string) => ({ id: name, name, type: { kind: 'builtin', name: 'text' } as const, nullable: true });
  const tables = {
    o: { ...emptyTable('o', 'sch_public', 'orders'), columns: [column('zip')] },
    p: { ...emptyTable('p', 'sch_public', 'people'), columns: [column('name')] },
  };
  beforeEach(() => {
    load({ ...emptyDocument(), tables });
    sessionStore.setState({ survey: undefined, choices: { tables: [], foreignKeys: new Map() }, file: 0, part: 'profile' });
  });

  it('begin with a new table of a free name, two files with two', () => {
    follow(found(undefined, 'id\n1\n2\n', 'a\nx\ny\n'));
    expect(sessionStore.getState().choices.tables.map((one) => [one.target, one.name])).toEqual([
      [undefined, 'orders_2'],
      [undefined, 'orders_3'],
    ]);
  });

  it('begin with the table that the data was given for, if it has any of the columns', () => {
    follow(found('o'));
    expect(first()?.target).toBe('o');
    sessionStore.setState({ survey: undefined });
    // It has none of the columns: the file is of another, here of that of its name.
    follow(found('p'));
    expect(first()?.target).toBe('o');
  });

  it('begin with the table of the file’s name that has its columns', () => {
    follow(found(undefined, 'zip\n8001\n3011\n', 'zip\nx\ny\n'));
    expect(sessionStore.getState().choices.tables.map((one) => one.target)).toEqual(['o', undefined]);
    editColumn(0, { nullable: true });
    editColumn(0, { type: { kind: 'builtin', name: 'text' } });
    expect(first()?.edits?.get(0)).toEqual({ nullable: true, type: { kind: 'builtin', name: 'text' } });
    decideReference('a', 'accepted');
    decideReference('b', 'rejected');
    decideReference('a', 'accepted');
    expect([...(sessionStore.getState().choices.references ?? [])]).toEqual([['b', 'rejected']]);
  });

  it('are of the file that is shown, and stay when the same data is looked at again', () => {
    follow(found(undefined, 'id\n1\n2\n', 'a\nx\ny\n'));
    showFile(1);
    nameColumn(0, 'letter');
    decide('key 0', 'accepted');
    decideLink(0, 'rejected');
    choose(() => ({ name: 'letters' }));
    leaveOut();
    expect(sessionStore.getState().choices.tables[1]).toMatchObject({ left: true, target: undefined });
    putInto('p');
    expect(sessionStore.getState().choices.tables[1]?.left).toBe(false);
    const [one, other] = sessionStore.getState().choices.tables;
    expect(one?.columns).toEqual(['id']);
    expect(other).toMatchObject({ columns: ['letter'], name: 'letters', target: 'p' });
    follow(found(undefined, 'id\n1\n2\n', 'a\nx\ny\n'));
    const [, again] = sessionStore.getState().choices.tables;
    expect(again).toMatchObject({ columns: ['letter'], name: 'letters' });
    expect(again?.decisions.get('key 0')).toBe('accepted');
  });
});
