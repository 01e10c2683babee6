import { describe, expect, it } from 'vitest';
import { boxesOf } from '#model/derive/place.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { placedAt } from '#test/generated-document.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { subjectAreas, subjectNames } from './subjects.ts';

const DDL = `
CREATE TABLE crm_people (id bigint PRIMARY KEY);
CREATE TABLE crm_calls (id bigint PRIMARY KEY, person_id bigint REFERENCES crm_people);
CREATE TABLE letters (id bigint PRIMARY KEY, person_id bigint REFERENCES crm_people);
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE order_lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE TABLE refunds (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
`;

function ids(document: Document, names: readonly string[]): string[] {
  return names.map((name) => Object.values(document.tables).find((table) => table.name === name)?.id ?? '');
}

describe('subjectNames', () => {
  it('say what names begin with, else which table the others refer to, each name once', async () => {
    const document = readDdl(await parserForTests(), DDL);
    const crm = ids(document, ['crm_people', 'crm_calls', 'letters']);
    const sales = ids(document, ['order_lines', 'refunds', 'orders']);
    expect(subjectNames(document, [crm, sales])).toEqual(['Crm', 'Orders']);
    expect(subjectNames(document, [sales, sales, sales, sales])).toEqual(['Orders', 'Order lines', 'Refunds', 'Area 4']);
  });
});

describe('subjectAreas', () => {
  it('draw a named area round each set', async () => {
    const read = readDdl(await parserForTests(), DDL);
    const document = placedAt(
      read,
      Object.keys(read.tables).map((id, at) => [id, { x: at * 400, y: 100 }]),
    );
    const sets = [ids(document, ['crm_people', 'crm_calls']), ids(document, ['orders', 'order_lines', 'refunds'])];
    const boxes = boxesOf(document, MAIN_DIAGRAM);
    const after = withCalls(
      document,
      subjectAreas(document, MAIN_DIAGRAM, sets, (id) => boxes.get(id)),
    );
    const areas = Object.values(after.areas);
    expect(areas.map((area) => area.name).sort()).toEqual(['Crm', 'Orders']);
    for (const [at, set] of sets.entries()) {
      const area = areas.find((one) => one.name === ['Crm', 'Orders'][at]);
      for (const id of set) {
        const box = boxes.get(id);
        if (box === undefined || area === undefined) throw new Error('both are there');
        expect(box.x > area.x && box.y > area.y).toBe(true);
        expect(box.x + box.width < area.x + area.width && box.y + box.height < area.y + area.height).toBe(true);
      }
    }
  });
});
