import { beforeAll, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { childName, repeatingGroups } from './repeating.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function groups(columns: string): string[] {
  const document = readDdl(parser, `CREATE TABLE t (id int PRIMARY KEY, ${columns});`);
  const [table] = Object.values(document.tables);
  if (table === undefined) throw new Error('no table');
  const name = (id: string) => table.columns.find((one) => one.id === id)?.name;
  return repeatingGroups(document, table).map(
    ({ stem, counter, numbers, attributes }) =>
      `${stem} by ${counter} ${numbers.join()}: ${attributes.map((one) => `${one.name}(${one.columns.map(name).join()})`).join(' ')}`,
  );
}

it.each([
  ['phone1 text, phone2 text', ['phone by position 1,2: phone(phone1,phone2)']],
  [
    '"phoneNumber1" text, "phoneNumber2" text, "phoneNumber3" text',
    ['phone_number by position 1,2,3: phone_number(phoneNumber1,phoneNumber2,phoneNumber3)'],
  ],
  ['tax_3 int, tax_2 int, tax_1 int', ['tax by position 1,2,3: tax(tax_1,tax_2,tax_3)']],
  [
    'address_1_street text, address_1_city text, address_2_street text, address_2_city text',
    ['address by position 1,2: street(address_1_street,address_2_street) city(address_1_city,address_2_city)'],
  ],
  ['item1 int, qty1 int, item2 int, qty2 int', ['item by position 1,2: item(item1,item2) qty(qty1,qty2)']],
  [
    'phone1 text, phone2 text, email1 text, email2 text',
    ['phone by position 1,2: phone(phone1,phone2)', 'email by position 1,2: email(email1,email2)'],
  ],
  ['sales_2022 numeric, sales_2023 numeric', ['sales by year 2022,2023: sales(sales_2022,sales_2023)']],
  [
    'h_jan int, h_feb int, h_mar int, h_apr int, h_may int, h_jun int',
    ['h by month 1,2,3,4,5,6: h(h_jan,h_feb,h_mar,h_apr,h_may,h_jun)'],
  ],
])('%s', (columns, expected) => {
  expect(groups(columns)).toEqual(expected);
});

it.each([
  [
    'lines of an address',
    'address1 text, address2 text, address_line_1 text, address_line_2 text, line1 text, line2 text, street_1 text, street_2 text',
  ],
  ['coordinates', 'x1 int, y1 int, x2 int, y2 int, lat1 real, lat2 real'],
  [
    'algorithms and formats',
    'md4 text, md5 text, sha1 text, sha2 text, sha3 text, utf8 text, utf16 text, iso2 text, iso3 text, s1 text, s2 text, s3 text, ipv4 text, ipv6 text, mp3 text, mp4 text',
  ],
  ['quarters', 'q1 int, q2 int, q3 int, q4 int'],
  ['numbers of other things', 'ec2 text, s3 text, route53 text, icd_9 text, icd_10 text, top_1 int, top_3 int, top_10 int'],
  ['types that differ', 'value1 int, value2 text'],
  ['letters', 'a1 int, a2 int, c1 int, c2 int, c3 int'],
  ['the second and third', 'alpha2 text, alpha3 text'],
])('not %s', (_, columns) => {
  expect(groups(columns)).toEqual([]);
});

it('a child table is called after both', () => {
  expect(childName('contacts', 'phone')).toBe('contact_phones');
  expect(childName('orders', 'order_line')).toBe('order_lines');
  expect(childName('people', 'address')).toBe('person_addresses');
  expect(childName('posts', 'category')).toBe('post_categories');
});
