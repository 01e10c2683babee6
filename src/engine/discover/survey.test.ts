import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../budget.ts';
import { plainName, type SurveyOptions, surveyData } from './survey.ts';

const OPTIONS: SurveyOptions = { nulls: 'equal', dialect: 'postgresql' };
const ORDERS = [
  'id,zip,city,land',
  '1,8001,Zurich,CH',
  '2,3011,Bern,CH',
  '3,8001,Zurich,CH',
  '4,3011,,CH',
  '5,8001,Zurich,CH',
].join('\n');

function surveyed(text: string, options: Partial<SurveyOptions> = {}) {
  const survey = surveyData([{ name: 'data/orders.csv', text }], { ...OPTIONS, ...options }, UNLIMITED);
  if (!survey.ok) throw new Error(survey.problem.message);
  const [table] = survey.value.tables;
  if (table === undefined) throw new Error('no table');
  return table;
}

describe('a survey of data', () => {
  it('tells dependencies, keys, constants and what nearly holds, without the rows', () => {
    const table = surveyed(ORDERS);
    expect(table.rows).toBe(5);
    expect(table.keys.map((key) => key.columns)).toEqual([[0]]);
    expect(table.constants).toEqual([3]);
    expect(table.dependencyCount).toBe(table.dependencies.reduce((sum, one) => sum + one.right.length, 0));
    expect(table.proposal.name).toBe('orders');
    expect(JSON.stringify(table)).not.toContain('codes');
  });

  it('shows the rows that break what nearly holds, with NULL as no value', () => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at},${at % 3},${['a', 'b', 'c'][at % 3]}`);
    rows[10] = '10,1,';
    const [near] = surveyed(['id,code,word', ...rows].join('\n')).near.filter((one) => one.left.join() === '1');
    expect(near).toMatchObject({ left: [1], right: 2, violating: 1 });
    expect(near?.examples[0]).toEqual({ usual: { row: 2, values: ['1', 'b'] }, odd: { row: 11, values: ['1', undefined] } });
  });

  it('names the file, line and column when nothing can be read', () => {
    const broken = surveyData([{ name: 'x.csv', text: 'a,b\n1,2,3\n' }], OPTIONS, UNLIMITED);
    expect(broken).toMatchObject({
      ok: false,
      problem: { code: 'no-rows', message: expect.stringContaining('x.csv: no row can be read. Line 2, column 1:') },
    });
    const empty = surveyData([{ name: 'x.csv', text: 'a,b\n', read: { header: true } }], OPTIONS, UNLIMITED);
    expect(empty).toMatchObject({ ok: false, problem: { code: 'no-rows' } });
  });

  it('judges what was found when the search is ended', () => {
    const ended = surveyed(ORDERS, { endSearch: () => true });
    expect(ended.complete).toBe(false);
    expect(ended.completeUpToLeft).toBe(1);
    expect(ended.keys.map((key) => key.columns)).toEqual([[0]]);
    expect(ended.nearComplete).toBe(false);
    expect(ended.profiles).toHaveLength(4);
  });

  it('reads each file as it is told to', () => {
    const files = [{ name: 'a.csv', text: '1|2\n3|4\n', read: { separator: '|', header: false } }];
    const survey = surveyData(files, OPTIONS, UNLIMITED);
    expect(survey).toMatchObject({ ok: true, value: { tables: [{ rows: 2, format: { separator: '|', header: false } }] } });
  });

  it('proposes foreign keys between files, and says progress that only grows', () => {
    const heard: number[] = [];
    const files = [
      { name: 'orders.csv', text: 'id,customer_id\n1,ann\n2,bob\n3,ann\n' },
      { name: 'customers.csv', text: 'id,name\nann,Ann A\nbob,Bob B\ncy,Cy C\n' },
    ];
    const survey = surveyData(files, OPTIONS, { shouldStop: () => false, progress: (done) => heard.push(done) });
    expect(survey.ok && survey.value.foreignKeys[0]?.inclusion).toEqual({
      child: 0,
      childColumns: [1],
      parent: 1,
      parentColumns: [0],
    });
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(Math.max(...heard)).toBeLessThanOrEqual(1);
  });

  it('takes folders and endings off names', () => {
    expect(plainName('a/b\\orders.2024.csv')).toBe('orders.2024');
  });
});
