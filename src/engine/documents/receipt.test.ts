import { marked } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { withSources } from '#engine/sql/sources.ts';
import { emptyDocument } from '#model/create.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { receiptDocument } from './receipt.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function documentOf(...texts: readonly string[]) {
  const files = texts.map((text, at) => ({ name: `${at + 1}.sql`, text }));
  const read = readSql(files, { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return withSources(read.value, files).document;
}

const TEXT = [
  'CREATE TABLE shop (id integer PRIMARY KEY);',
  'INSERT INTO shop VALUES (1), (2), (3);',
  'GRANT SELECT ON shop TO PUBLIC;',
  'SET search_path = public;',
  'CREATE TABLE broken (id integer;',
].join('\n');

describe('the receipt as a document', () => {
  it('says what came in by kind, what is kept, what was refused and where, and what was skipped', () => {
    const document = documentOf(TEXT, 'CREATE INDEX shop_x ON shop (id);');
    const said = receiptDocument({ document, roundTrip: roundTrip(document, { parser }) });
    expect(said).toContain('6 statements in 2 files');
    expect(said).toMatch(/\| table \| 1 \| 0 \|/);
    expect(said).toMatch(/## Refused\n\n.*\n\n\| Where \| What \| Why \|\n\| --- \| --- \| --- \|\n\| `1\.sql:5:\d+`/);
    expect(said).toMatch(/## Kept word for word[^#]*`1\.sql:3`/);
    expect(said).toContain('3 rows of data');
    expect(said).toContain('Identical:');
  });

  it('names what comes back as something else', () => {
    const document = documentOf(TEXT);
    const trip = { compared: 3, different: 2, differences: [{ label: 'table shop', what: ['column a: int comes back as text'] }] };
    const said = receiptDocument({ document, roundTrip: trip });
    expect(said).toContain('2 of 3 objects');
    expect(said).toContain('| table shop | column a: int comes back as text |');
    expect(said).toContain('And 1 more.');
    expect(receiptDocument({ document })).toContain('Not looked at.');
  });

  it('is nothing for a document that nothing was imported into', () => {
    expect(receiptDocument({ document: emptyDocument() })).toBe('');
  });

  it('shows hostile names as text', async () => {
    const document = documentOf('CREATE TABLE "<img src=x onerror=alert(1)>|`x`" (a int);\nGRANT SELECT ON "<b>" TO "|y|";');
    const html = await marked(receiptDocument({ document }));
    expect(html).not.toMatch(/<img|<b>|<script/);
    expect(html.match(/<table>/g)?.length).toBe(4);
  });
});
