import { expect, test } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { freeTableName, tableNameFor, wordsOf } from './names.ts';

test.each([
  [['cust_name', 'cust_city'], ['cust_name'], 'cust'],
  [['zip', 'city', 'state'], ['zip'], 'zip'],
  [['customer_id', 'name'], ['customer_id'], 'customer'],
  [['productCode', 'price'], ['productCode'], 'product'],
  [['ORDER_NO', 'TOTAL'], ['ORDER_NO'], 'ORDER'],
  [['course', 'teacher'], ['course', 'teacher'], 'course_teacher'],
  [['orderId', 'itemNo', 'count'], ['orderId', 'itemNo'], 'orderItem'],
  [['Order No', 'Order Date'], ['Order No'], 'Order'],
  [['countries_code', 'label'], ['countries_code'], 'country'],
  [['id', 'x'], ['id'], 'id'],
  [['cust', 'cust_name'], ['cust'], 'cust'],
])('%j with the key %j is called %s', (columns, key, name) => {
  expect(tableNameFor(columns, key)).toBe(name);
});

test('words are told apart as people write them', () => {
  expect(wordsOf('order_no').words).toEqual(['order', 'no']);
  expect(wordsOf('orderNo').words).toEqual(['order', 'No']);
  expect(wordsOf('HTTP').words).toEqual(['HTTP']);
});

test('a name is free of tables, views, types and what is spoken for, as the dialect compares names', () => {
  const named = (name: string) => ({ [name]: emptyTable(name, 'sch_public', name) });
  const document: Document = { ...emptyDocument(), tables: named('zip'), types: {} };
  expect(freeTableName(document, 'sch_public', 'zip')).toBe('zip_2');
  expect(freeTableName(document, 'sch_public', 'zip', ['zip_2'])).toBe('zip_3');
  expect(freeTableName(document, 'sch_public', 'zip', [], 'postcode')).toBe('postcode');
  expect(freeTableName(document, 'sch_public', 'zip', ['postcode'], 'postcode')).toBe('zip_2');
  expect(freeTableName(document, 'other', 'zip', [], 'postcode')).toBe('zip');
  expect(freeTableName(document, 'sch_public', 'ZIP')).toBe('ZIP');
  const mysql = { ...document, settings: { settings: { id: 'settings', name: 'x', dialect: 'mysql', version: 8 } } } as const;
  expect(freeTableName(mysql, 'sch_public', 'ZIP')).toBe('ZIP_2');
});
