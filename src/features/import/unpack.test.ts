import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readGiven } from './unpack.ts';

const file = (name: string, data: string | Uint8Array) => new File([data as BlobPart], name);
const problem = async (...files: File[]) => {
  const read = await readGiven(files);
  return read.ok ? read.value : read.problem;
};

describe('what was dropped', () => {
  it('takes several SQL files in the order of their names', async () => {
    const read = await problem(file('10_b.sql', 'select 2;'), file('2_a.sql', 'select 1;'));
    expect(read).toMatchObject({ kind: 'sql', files: [{ name: '2_a.sql' }, { name: '10_b.sql' }] });
  });

  it('takes a saved design as a document', async () => {
    expect(await problem(file('shop.crowfoot.json', '{}'))).toEqual({ kind: 'design', name: 'shop.crowfoot.json', text: '{}' });
  });

  it('unpacks gzip, and the SQL files of a zip', async () => {
    expect(await problem(file('dump.sql.gz', gzipSync(strToU8('select 1;'))))).toMatchObject({
      files: [{ name: 'dump.sql', text: 'select 1;' }],
    });
    const zip = zipSync({ 'b.sql': strToU8('b;'), 'readme.md': strToU8('x'), 'a.sql': strToU8('a;') });
    expect(await problem(file('all.zip', zip))).toMatchObject({ files: [{ name: 'a.sql' }, { name: 'b.sql' }] });
  });

  it('takes the design out of a zip that was handed over, whatever SQL lies beside it', async () => {
    const zip = zipSync({
      'shop/schema.sql': strToU8('b;'),
      'shop/shop.crowfoot.json': strToU8('{"x": 1}'),
      'a.sql': strToU8('a;'),
    });
    expect(await problem(file('shop.zip', zip))).toEqual({ kind: 'design', name: 'shop.crowfoot.json', text: '{"x": 1}' });
    const packed = gzipSync(strToU8('{"y": 2}'));
    expect(await problem(file('shop.crowfoot.json.gz', packed))).toMatchObject({ kind: 'design', text: '{"y": 2}' });
  });

  it('refuses a Word document, a zip without SQL, a damaged archive and an empty file, naming the file', async () => {
    const word = zipSync({ '[Content_Types].xml': strToU8('<x/>'), 'word/document.xml': strToU8('<x/>') });
    expect(await problem(file('schema.docx', word))).toMatchObject({
      code: 'not-text',
      message: expect.stringContaining('schema.docx'),
    });
    expect(await problem(file('x.zip', zipSync({ 'a.md': strToU8('a') })))).toMatchObject({ code: 'no-sql' });
    expect(await problem(file('x.zip', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9])))).toMatchObject({ code: 'damaged' });
    expect(await problem(file('a.sql', ''))).toMatchObject({ code: 'empty' });
    expect(await problem(file('a.sql', '  \n'))).toMatchObject({ code: 'empty' });
  });

  it('says when the encoding was a guess', async () => {
    expect(await problem(file('a.sql', new Uint8Array([0x2d, 0x2d, 0xe4])))).toMatchObject({
      notes: [expect.stringContaining('Windows-1252')],
    });
  });
});
