import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dialect, Document } from '#model/types.ts';
import { loadPorts } from '../../../../cli/ports.ts';
import { writeMigrations } from '../../../sql/migrations.ts';
import { planImport } from '../../../sql/plan-import.ts';
import { readSql } from '../../../sql/read.ts';

async function read(texts: readonly string[], dialect: Dialect): Promise<Document> {
  const files = texts.map((text, at) => ({ name: `${at}.sql`, text }));
  const result = readSql(files, { dialect }, await loadPorts(dialect));
  if (!result.ok) throw new Error(result.problem.message);
  const broken = result.value.receipt.statements.filter((one) => one.state === 'error');
  expect(broken).toEqual([]);
  return result.value.document;
}

/** Indexes come in another order, which means nothing. */
function sorted(document: Document): Document {
  const tables = Object.entries(document.tables).map(([id, table]) => {
    const indexes = table.indexes.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
    return [id, { ...table, indexes }];
  });
  return { ...document, tables: Object.fromEntries(tables) };
}

describe('migrations of other dialects', () => {
  it.each<[Dialect, string]>([
    ['oracle', 'camunda'],
    ['oracle', 'hr'],
    ['mssql', 'camunda'],
    ['mssql', 'quartz'],
    ['mysql', 'camunda'],
    ['sqlite', 'sakila'],
  ])('%s %s: step by step it is the same schema, and the way back leaves no table', async (dialect, name) => {
    const document = await read([readFileSync(`test/data/sql/${dialect}/${name}.sql`, 'utf8')], dialect);
    const files = writeMigrations(document, { version: document.settings['settings']?.version ?? 1 });
    const [up, indexes] = [files['001_initial_schema.sql'] ?? '', files['002_add_indexes.sql'] ?? ''];
    expect(indexes).toMatch(/CREATE (?:NONCLUSTERED |BITMAP )?INDEX|ADD (?:INDEX|KEY)/);
    const again = await read([up, indexes], dialect);
    const { items } = planImport(sorted(document), sorted(again));
    expect(items.flatMap(({ state, label, changes }) => (state === 'same' ? [] : [[label, state, changes]]))).toEqual([]);
    const back = [files['002_add_indexes.down.sql'] ?? '', files['001_initial_schema.down.sql'] ?? ''];
    const nothing = await read([up, indexes, ...back], dialect);
    expect(Object.keys(nothing.tables)).toEqual([]);
    expect(Object.keys(nothing.relationships)).toEqual([]);
    expect(Object.keys(nothing.views)).toEqual([]);
  });
});
