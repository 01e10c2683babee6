import { expect, it } from 'vitest';
import { readDbml } from './dbml/read.ts';
import type { ExchangeReader } from './exchange.ts';
import { readPrisma } from './prisma/read.ts';

function told(read: ExchangeReader['read'], text: string) {
  const found = read({ name: 'broken', text });
  if (!found.ok) throw new Error(found.problem.message);
  const { document, receipt } = found.value;
  return {
    tables: Object.values(document.tables).map(({ name, columns }) => `${name}: ${columns.map((one) => one.name).join(' ')}`),
    errors: receipt.statements.flatMap((one) => (one.state === 'error' ? [`${one.line}:${one.column} ${one.reason}`] : [])),
    lost: receipt.lost.map(({ reason }) => reason).filter((reason) => reason.startsWith('Line')),
  };
}

it('keeps what is sound of a DBML table, and tells each fault with its place', () => {
  const text = 'Table a {\n  id int [pk]\n  id int\n  b text\n  b text\n  c int\n  indexes {\n    nope\n    c\n  }\n}\n';
  expect(told(readDbml, text)).toEqual({
    tables: ['a: id b c'],
    errors: ['3:3 Table a has a column id already.'],
    lost: ['Line 5, column 3: Table a has a column b already.', 'Line 8, column 5: Table a has no column nope.'],
  });
});

it('keeps what is sound of a Prisma model, and tells each fault with its place', () => {
  const text =
    'model A {\n  id Int @id\n  x Nope\n  y String\n  z Nada\n  bs B[]\n}\nmodel B {\n  id Int @id\n  a_id Int\n  a A @relation(fields: [a_id], references: [id])\n}\n';
  expect(told(readPrisma, text)).toEqual({
    tables: ['A: id y', 'B: id a_id'],
    errors: ['3:3 There is no type Nope.'],
    lost: ['Line 5, column 3: There is no type Nada.'],
  });
});
