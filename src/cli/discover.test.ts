import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { terminal } from '#test/terminal.ts';

const at = terminal();

const CITIES = 'id;zip;city\n1;4051;Basel\n2;4051;Basel\n3;8001;Zürich\n4;8001;Zürich\n5;3000;Bern\n';

describe('crowfoot discover', () => {
  it('tells dependencies and keys, and whether they are all', async () => {
    const { code, out, err } = await at.run('discover', at.file('cities.csv', CITIES));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('cities.csv: 5 rows, 3 columns, 4 dependencies, 1 keys');
    expect(out).toContain('complete: every minimal dependency and key is there');
    expect(out).toContain('say the same: zip, city');
    expect(out).toMatch(/zip -> city\n/);
    expect(out).toMatch(/id -> zip, city {3}no evidence/);
  });

  it('gives everything as JSON, which normalize takes as it is', async () => {
    const { out } = await at.run('discover', '--json', at.file('cities.csv', CITIES));
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      rows: 5,
      columns: 3,
      complete: true,
      completeUpToLeft: 3,
      sampledRows: 5,
      dependencyCount: 4,
      keyCount: 1,
      attributes: ['id', 'zip', 'city'],
      keys: [{ columns: ['id'] }],
      format: { separator: ';', header: true },
      proposal: { name: 'cities', primaryKey: [0], columns: [{ name: 'id', type: { name: 'integer' }, nullable: false }, {}, {}] },
      profile: [{ kind: 'integer' }, { kind: 'integer', distinct: 3 }, { kind: 'text', longest: 6 }],
    });
    const { dependencies, evidence } = report as { dependencies: [string[], string[]][]; evidence: { groups: number }[] };
    expect(dependencies.at(-1)).toEqual([['id'], ['zip', 'city']]);
    expect(evidence.map(({ groups }) => groups)).toEqual([2, 2, 0]);
    const normalized = await at.run('normalize', at.file('found.json', out));
    expect(normalized).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(normalized.out)).toMatchObject({ keys: [['id']], highest: '2NF' });
  });

  it('tells the tables that the rows may have been joined from', async () => {
    const lines = [...Array(60).keys()].map((line) => {
      const [order, item] = [Math.floor(line / 3), (line * 7) % 8];
      return [line, order, (order * 5) % 6, `C${(order * 5) % 6}`, item, `I${item}`].join();
    });
    const path = at.file('lines.csv', `line_id,order_id,customer_id,customer,item_id,item\n${lines.join('\n')}\n`);
    const { out } = await at.run('discover', path);
    expect(out).toContain('tables that it may be joined from:\n');
    for (const one of ['line_id*, order_id, item_id', 'order_id*, customer_id', 'customer_id*, customer', 'item_id*, item']) {
      expect(out).toContain(`  (${one})\n`);
    }
    const { tables } = JSON.parse((await at.run('discover', '--json', path)).out) as { tables: unknown[] };
    expect(tables).toHaveLength(4);
    expect(tables).toContainEqual({ columns: ['item_id', 'item'], keys: [['item_id']] });
  });

  it('proposes a table in the words of a database', async () => {
    const { out } = await at.run('discover', '--json', '--to', 'oracle', at.file('cities.csv', CITIES));
    expect(JSON.parse(out)).toMatchObject({
      proposal: { name: 'CITIES', columns: [{ name: 'ID', type: { name: 'number', args: ['10'] } }, {}, {}] },
    });
  });

  it('takes the first row for names unless told that it is data', async () => {
    const path = at.file('plain.csv', '1,a\n2,b\n3,a\n');
    expect(JSON.parse((await at.run('discover', '--json', path)).out)).toMatchObject({ rows: 2, attributes: ['1', 'a'] });
    expect(JSON.parse((await at.run('discover', '--json', '--no-header', path)).out)).toMatchObject({
      rows: 3,
      attributes: ['column1', 'column2'],
    });
  });

  it('takes the separator that is given, and the limit of the left side, and says so', async () => {
    const path = at.file('odd.txt', 'a:b:c\n1:1:1\n1:2:2\n2:1:2\n2:2:3\n');
    const { out } = await at.run('discover', path, '--separator', ':', '--max-left', '1');
    expect(out).toContain('4 rows, 3 columns, 0 dependencies, 0 keys');
    expect(out).toContain('not complete: larger left sides were not asked for: complete up to left sides of 1 column');
    const tabs = at.file('tabs.tsv', 'a\tb\n1\tx\n2\ty\n');
    expect(JSON.parse((await at.run('discover', tabs, '--separator', 'tab', '--json')).out)).toMatchObject({ columns: 2, rows: 2 });
  });

  it('knows both meanings of NULL', async () => {
    const path = at.file('nulls.csv', 'a,b\n,1\n,2\n3,3\n3,3\n');
    const found = async (...flags: string[]) =>
      (JSON.parse((await at.run('discover', '--json', path, ...flags)).out) as { dependencies: unknown }).dependencies;
    expect(await found()).toEqual([[['b'], ['a']]]);
    expect(await found('--nulls-distinct')).toEqual([
      [['b'], ['a']],
      [['a'], ['b']],
    ]);
    const word = at.file('word.csv', 'a,b\nnone,1\nnone,2\nx,1\n');
    expect(JSON.parse((await at.run('discover', '--json', word, '--null', 'none')).out)).toMatchObject({
      nulls: ['none'],
      profile: [{ nulls: 2 }, {}],
    });
  });

  it('tells rows that are left out on standard error, with line and column', async () => {
    const path = at.file('bad.csv', 'a,b\n1,2\n3\n4,"5\n');
    const { code, err, out } = await at.run('discover', path);
    expect(code).toBe(0);
    expect(err).toBe(
      `bad.csv:3:1: The row has 1 fields where 2 are expected. The row is left out.\nbad.csv:4:3: The quote " is never closed. The row is left out.\n`,
    );
    expect(out).toContain('1 rows, 2 columns');
  });

  it('proposes foreign keys between several files, and reads JSON lines', async () => {
    const cities = at.file('cities.csv', 'id,name\n1,Basel\n2,Bern\n3,Chur\n');
    const people = at.file('people.jsonl', '{"id":10,"city_id":1}\n{"id":11,"city_id":3}\n{"id":12,"city_id":3}\n');
    const { out } = await at.run('discover', cities, people);
    expect(out).toContain('people(city_id) -> cities(id)   the name says so');
    const { tables, foreignKeys } = JSON.parse((await at.run('discover', '--json', cities, people)).out) as Record<
      string,
      unknown[]
    >;
    expect(tables).toHaveLength(2);
    expect(foreignKeys?.[0]).toMatchObject({ child: 'people', childColumns: ['city_id'], parent: 'cities', parentColumns: ['id'] });
  });

  it('reads other encodings, and stops when its time is over', async () => {
    const latin = at.file('latin.csv', Uint8Array.from([...Buffer.from('n,x\nZ'), 0xfc, ...Buffer.from('rich,1\n')]));
    expect(JSON.parse((await at.run('discover', '--json', latin)).out)).toMatchObject({ profile: [{ max: 'Zürich' }, {}] });
    const { out } = await at.run('discover', at.file('cities.csv', CITIES), '--seconds', '0');
    expect(out).toContain('not complete: stopped before the end');
  });

  it('refuses what it cannot read or was asked wrongly', async () => {
    expect(await at.run('discover')).toMatchObject({ code: 2, err: expect.stringContaining('Name a file') });
    expect(await at.run('discover', join(at.folder, 'none.csv'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read'),
    });
    expect(await at.run('discover', at.file('empty.csv', ''))).toMatchObject({ code: 2, err: expect.stringContaining('empty') });
    expect(await at.run('discover', at.file('blank.csv', '\n\n'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no rows'),
    });
    expect(await at.run('discover', at.file('a.csv', 'a'), '--separator', ';;')).toMatchObject({ code: 2 });
    expect(await at.run('discover', at.file('a.csv', 'a'), '--max-left', 'x')).toMatchObject({ code: 2 });
  });
});
