import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { mermaidReader, readMermaid } from './read.ts';
import { writeMermaid } from './write.ts';

type Mermaid = typeof import('mermaid')['default'];
let mermaid: Mermaid;

beforeAll(async () => {
  // Its sanitiser asks for a page even where nothing is drawn.
  const { window } = new JSDOM('');
  Object.assign(globalThis, { window, document: window.document });
  mermaid = (await import('mermaid')).default;
  mermaid.initialize({ maxTextSize: 10_000_000, maxEdges: 10_000 });
});

const written = (document: Document) => writeMermaid(document).files[0]?.text ?? '';

function reread(text: string): Document {
  const read = readMermaid({ name: 'a.mmd', text });
  if (!read.ok) throw new Error(read.problem.message);
  const bad = read.value.receipt.statements.find((one) => one.state === 'error');
  if (bad !== undefined) throw new Error(`${bad.line}:${bad.column}: ${bad.reason}\n${text.split('\n')[bad.line - 1]}`);
  expect(validate(read.value.document)).toEqual([]);
  return read.value.document;
}

describe.each(CORPUS)('Mermaid of %s', (path, dialect) => {
  it('is a diagram to its own parser', async () => {
    const parsed = await mermaid.parse(written(await documentOf(path, dialect)));
    expect(parsed).toMatchObject({ diagramType: 'er' });
  });

  it('comes back with its tables, columns and keys', async () => {
    const document = await documentOf(path, dialect);
    const back = reread(written(document));
    const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
    expect(Object.keys(back.tables)).toHaveLength(tables.length);
    const drawn = Object.values(document.relationships).filter((one) => {
      const at = (id: string) => tables.some((table) => table.id === id);
      return at(one.child) && at(one.parent);
    });
    expect(Object.keys(back.relationships)).toHaveLength(drawn.length);
    expect(written(reread(written(back)))).toBe(written(back));
  });
});

it('tells a diagram that is wrong from one that is right', async () => {
  await expect(mermaid.parse('erDiagram\n A {\n timestamp with time zone x\n }')).rejects.toThrow();
});

it('says hostile names as names that it takes, and which it changed', async () => {
  const document = hostileDocument(NAUGHTY_NAMES);
  const { files, losses } = writeMermaid(document);
  const text = files[0]?.text ?? '';
  await expect(mermaid.parse(text)).resolves.toMatchObject({ diagramType: 'er' });
  const back = reread(text);
  expect(Object.keys(back.tables)).toHaveLength(NAUGHTY_NAMES.length);
  const names = new Set(Object.values(back.tables).map(({ name }) => name));
  const renamed = new Set(losses.filter(({ feature }) => feature === 'name').map(({ object }) => object));
  // A dot parts a schema from a name when it is read.
  for (const name of NAUGHTY_NAMES)
    if (!name.includes('.')) expect(names.has(name) || renamed.has(`table ${name}`), name).toBe(true);
});

describe('reading Mermaid', () => {
  const diagram = `---
title: Orders
---
erDiagram
    %% a comment
    direction LR
    CUSTOMER ||--o{ ORDER : places
    ORDER ||--|{ LINE-ITEM : contains
    CUSTOMER }|..|{ DELIVERY-ADDRESS : uses
    PERSON only one to zero or more CAR : owns
    CUSTOMER {
        int id PK
        string name UK "the legal name"
    }
    ORDER {
        int id PK
        int customer_id FK
    }
    p["The Product"] {
        varchar(20) sku PK, FK
    }
    classDef red fill:#f00
    class CUSTOMER red
`;

  it('takes entities, attributes with keys and comments, and lines', () => {
    const document = reread(diagram);
    const names = Object.values(document.tables).map(({ name }) => name);
    expect(names).toEqual(['CUSTOMER', 'ORDER', 'The Product', 'LINE-ITEM', 'DELIVERY-ADDRESS', 'PERSON', 'CAR']);
    const customer = Object.values(document.tables).find(({ name }) => name === 'CUSTOMER');
    expect(customer?.columns).toMatchObject([
      { name: 'id', type: { name: 'integer' }, nullable: false },
      { name: 'name', type: { name: 'text' }, comment: 'the legal name' },
    ]);
    expect(customer?.keys.map(({ kind }) => kind).sort()).toEqual(['primary', 'unique']);
  });

  it('makes a foreign key where a marked column is called after the other table, else a relationship without one', () => {
    const relationships = Object.values(reread(diagram).relationships);
    const keys = relationships.map(({ childColumns, declared, manyToMany }) => [
      childColumns.length,
      declared?.parent,
      declared?.child,
      manyToMany,
    ]);
    expect(keys).toEqual([
      // The keys tell these ends themselves.
      [1, undefined, undefined, undefined],
      [0, '1', '1..n', undefined],
      [0, '1..n', '1..n', true],
      [0, '1', '0..n', undefined],
    ]);
  });

  it.each([
    ['erDiagram\n  A ||--o{ : x', 2, 'name of an entity'],
    ['erDiagram\n  A {\n    int\n  }\n  B', 3, 'type and a name'],
    ['erDiagram\n  A {\n int id', 2, 'never closed'],
    ['erDiagram\n  A ??? B : x', 2, 'a line such as'],
    ['erDiagram\n  A {\n int id\n int id\n }', 4, 'a column id already'],
  ])('%j is an error in its line', (text, line, reason) => {
    const read = readMermaid({ name: 'a.mmd', text });
    const errors = read.ok ? read.value.receipt.statements.filter(({ state }) => state === 'error') : [];
    expect(errors).toMatchObject([{ line, reason: expect.stringContaining(reason) }]);
  });

  it('is told from other text', () => {
    expect(mermaidReader.sniff(diagram)).toBe(true);
    expect(mermaidReader.sniff('%% c\nerDiagram\n A')).toBe(true);
    expect(mermaidReader.sniff('create table erDiagram (x int)')).toBe(false);
  });
});
