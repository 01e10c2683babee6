import { parse as parseHcl } from '@cdktf/hcl2json';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Document } from '#model/types.ts';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { writeDbt } from './dbt.ts';
import { writeHcl } from './hcl.ts';
import { writeJsonSchema, writeOpenApi } from './json.ts';

const SUBJECTS: readonly (readonly [string, () => Promise<Document>])[] = [
  ...CORPUS.map(([path, dialect]) => [path, () => documentOf(path, dialect)] as const),
  ['hostile names', () => Promise.resolve(hostileDocument(NAUGHTY_NAMES))] as const,
];

/** A text as dbt has it after its templates: only an expression of one string is there to be rendered. */
function rendered(text: string): string {
  const found = /^\{\{ (".*") \}\}$/s.exec(text);
  if (found === null) expect(text).not.toMatch(/\{[{%#]/);
  return found === null ? text : (JSON.parse(found[1] ?? '') as string);
}

const tablesIn = (document: Document) => Object.values(document.tables).filter((table) => table.partitionOf === undefined);

describe.each(SUBJECTS)('%s', (_name, load) => {
  it('is JSON Schema 2020-12 that compiles', async () => {
    const document = await load();
    const schema = JSON.parse(writeJsonSchema(document).files[0]?.text ?? '') as { $defs: Record<string, object> };
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(Object.keys(schema.$defs)).toHaveLength(tablesIn(document).length);
    for (const definition of Object.values(schema.$defs)) expect(() => ajv.compile(definition)).not.toThrow();
  });

  it('is OpenAPI 3.1 to its validator', async () => {
    const judged = await new Validator().validate(writeOpenApi(await load()).files[0]?.text ?? '');
    expect(judged).toMatchObject({ valid: true });
  });

  it('is HCL with every table and column', async () => {
    const document = await load();
    const parsed = (await parseHcl('schema.hcl', writeHcl(document).files[0]?.text ?? '')) as { table: Record<string, unknown> };
    expect(Object.keys(parsed.table).length).toBeGreaterThan(0);
    const names = new Set(tablesIn(document).map(({ name }) => name));
    const plain = [...names].filter((name) => !/[$%\\]/.test(name));
    expect(
      plain.filter((name) => !Object.hasOwn(parsed.table, name) && !JSON.stringify(parsed.table).includes(JSON.stringify(name))),
    ).toEqual([]);
  });

  it('is YAML and models that name each other', async () => {
    const document = await load();
    const { files } = writeDbt(document);
    const yaml = (path: string) =>
      parseYaml(files.find((file) => file.path.endsWith(path))?.text ?? '') as Record<
        string,
        { name: string; tables?: { name: string }[]; columns?: { name: string; data_tests?: unknown[] }[] }[]
      >;
    const models = yaml('_schema.yml')['models'] ?? [];
    const sources = yaml('_sources.yml')['sources'] ?? [];
    const tables = tablesIn(document);
    expect(
      sources
        .flatMap((source) => source.tables ?? [])
        .map(({ name }) => rendered(name))
        .sort(),
    ).toEqual(tables.map(({ name }) => name).sort());
    const stems = new Set(files.map(({ path }) => path.replace(/^.*\//, '').replace(/\.sql$/, '')));
    expect(models.filter(({ name }) => !stems.has(name))).toEqual([]);
    expect(new Set(models.map(({ name }) => name.toLowerCase()))).toHaveLength(tables.length);
    const text = JSON.stringify(models);
    for (const [, to = ''] of text.matchAll(/ref\('([^']+)'\)/g)) expect(stems.has(to), to).toBe(true);
  });
});

it('a row is judged by its schema', async () => {
  const document = await documentOf('src/features/import/examples/shop.sql');
  const { $defs } = JSON.parse(writeJsonSchema(document).files[0]?.text ?? '') as { $defs: Record<string, object> };
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile($defs['Warehouse'] ?? $defs['StockLevel'] ?? {});
  const good = { variant_id: 1, warehouse_code: 'ABC12', on_hand: 1, reserved: 0, updated_at: 'x', created_at: 'x' };
  expect([validate(good), validate.errors]).toEqual([true, null]);
  expect(validate({ ...good, on_hand: 'many' })).toBe(false);
  expect(validate({ ...good, other: 1 })).toBe(false);
});

it('what is wrong is refused by the judges', async () => {
  await expect(parseHcl('a.hcl', 'table "x" {')).rejects.toThrow();
  expect((await new Validator().validate({ openapi: '3.1.0', info: {}, components: { schemas: 1 } })).valid).toBe(false);
});
