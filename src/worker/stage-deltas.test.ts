import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { createWorkloadReader } from '#engine/workload/report.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { SHOP } from '#test/workload-schema.ts';
import { createStageMirror, createStageSender } from './stage-deltas.ts';

let parser: PgParser;
let shop: Document;

const query = (id: string, sql: string): CommandCall => ({ name: 'addQuery', args: { record: { id, name: id, sql } } });

beforeAll(async () => {
  parser = await parserForTests();
  shop = withCalls(readDdl(parser, SHOP), [
    query('a', 'SELECT id FROM orders WHERE customer_id = $1'),
    query('b', 'SELECT title FROM products WHERE sku = $1'),
  ]);
});

describe('what queries say', () => {
  it('travels query by query, and arrives as it was sent', () => {
    const read = createWorkloadReader(parser);
    const sender = createStageSender();
    const mirror = createStageMirror();
    const send = (document: Document) => {
      const sent = structuredClone(sender.encode('workload', read(document)));
      mirror.receive(sent);
      expect(mirror.value.workload).toEqual(read(document));
      return sent.payload;
    };
    send(shop);
    const { a, b } = mirror.value.workload;
    expect(a?.uses).toHaveLength(1);
    expect(send(shop)).toBe('unchanged');

    const mended = withCalls(shop, [{ name: 'setQuery', args: { id: 'b', patch: { sql: 'SELECT * FROM products' } } }]);
    expect(send(mended)).toMatchObject({ changed: [['b', { statement: 'select' }]], removed: [] });
    expect(mirror.value.workload['a']).toBe(a);
    expect(mirror.value.workload['b']).not.toBe(b);

    expect(send(withCalls(mended, [{ name: 'removeQueries', args: { ids: ['a'] } }]))).toEqual({ changed: [], removed: ['a'] });
    expect(Object.keys(mirror.value.workload)).toEqual(['b']);
  });

  it('says nothing when a query was read again and says the same', () => {
    const read = createWorkloadReader(parser);
    const sender = createStageSender();
    sender.encode('workload', read(shop));
    const orders = Object.values(shop.tables).find(({ name }) => name === 'orders');
    const commented = withCalls(shop, [{ name: 'setTable', args: { id: orders?.id ?? '', patch: { comment: 'Orders' } } }]);
    expect(sender.encode('workload', read(commented))).toEqual({ stage: 'workload', payload: 'unchanged' });
  });
});
