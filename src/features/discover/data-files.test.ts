import { describe, expect, it } from 'vitest';
import { isDataName, looksLikeData } from './data-files.ts';

describe('what is data', () => {
  it.each(['a.csv', 'A.CSV', 'x/y.tsv', 'a.jsonl', 'a.ndjson', 'a.csv.gz'])('a file called %s', (name) => {
    expect(isDataName(name)).toBe(true);
  });

  it.each(['a.sql', 'a.crowfoot.json', 'a.json', 'csv', 'a.csv.zip', 'a.txt', 'a.sql.gz'])('not a file called %s', (name) => {
    expect(isDataName(name)).toBe(false);
  });

  it.each([
    ['rows with commas', 'id,zip,city\n1,8001,Zürich\n2,3011,Bern\n'],
    ['rows with semicolons', 'id;zip\n1;8001\n2;3011\n'],
    ['cells of a spreadsheet', 'id\tzip\r\n1\t8001\r\n2\t3011\r\n'],
    ['commas within quotes', 'id,name\n1,"Doe, J"\n2,"Roe, ""R"""\n'],
    ['JSON lines', '{"a":1}\n{"a":2,"b":[1]}\n'],
  ])('%s', (_, text) => {
    expect(looksLikeData(text)).toBe(true);
  });

  it.each([
    ['DDL', 'CREATE TABLE a (\n  id int,\n  b text,\n  c text\n);'],
    ['a query', 'SELECT a,\nb,\nc,\nd FROM x'],
    ['DBML', 'Table users {\n  id int [pk]\n  name text\n}'],
    ['one line', 'id,zip,city'],
    ['prose', 'This is a text, with a comma.\nThis has none.\nAnd a third, as it is, has two.'],
    ['a design', '{\n  "format": "crowfoot",\n  "version": 3\n}'],
    ['an array', '[{"a":1},\n{"a":2},\n{"a":3}]'],
    ['inserts', 'INSERT INTO a VALUES (1,2);\nINSERT INTO a VALUES (3,4);\nINSERT INTO a VALUES (5,6);'],
    ['a comment before DDL', '-- a, b\n-- c, d\n-- e, f\nCREATE TABLE x (id int);'],
    ['columns of a table', 'id bigint\nname text\nprice numeric'],
    ['nothing', ''],
  ])('not %s', (_, text) => {
    expect(looksLikeData(text)).toBe(false);
  });
});
