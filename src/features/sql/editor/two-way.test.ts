import type { editor } from 'monaco-editor/editor/editor.api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import { documentStore, load, redo, run, undo } from '#state/document.ts';
import { engineIdle } from '#state/engine.ts';
import { resultsStore } from '#state/results.ts';
import { startEngine } from '#state/sync.ts';
import { loadPgParser } from '#worker/pg-parser.ts';
import { applyEdits, type TextEdit } from '../logic/text-edits.ts';
import { Drafts } from './drafts.ts';
import { TextBinding } from './text-binding.ts';

/** As much of an editor's model as the binding uses: one string, whose positions are its offsets. */
class PlainModel {
  #text = '';
  #heard: ((event: { changes: unknown[] }) => void)[] = [];

  onDidChangeContent(listener: (event: { changes: unknown[] }) => void): { dispose: () => void } {
    this.#heard.push(listener);
    return { dispose: () => {} };
  }
  getValue(): string {
    return this.#text;
  }
  getValueLength(): number {
    return this.#text.length;
  }
  getPositionAt(offset: number): { lineNumber: number; column: number } {
    return { lineNumber: 1, column: offset + 1 };
  }
  setValue(text: string): void {
    this.#change([{ start: 0, end: this.#text.length, text }]);
  }
  applyEdits(edits: readonly { range: { startColumn: number; endColumn: number }; text: string }[]): void {
    this.#change(edits.map(({ range, text }) => ({ start: range.startColumn - 1, end: range.endColumn - 1, text })));
  }
  /** As a person does. */
  replace(from: string | RegExp, to: string): void {
    const found = typeof from === 'string' ? this.#text.indexOf(from) : (from.exec(this.#text)?.index ?? -1);
    const length = typeof from === 'string' ? from.length : (from.exec(this.#text)?.[0].length ?? 0);
    if (found < 0) throw new Error(`${String(from)} is not in:\n${this.#text}`);
    this.#change([{ start: found, end: found + length, text: to }]);
  }
  #change(edits: readonly TextEdit[]): void {
    this.#text = applyEdits(this.#text, edits);
    const changes = edits.map(({ start, end, text }) => ({ rangeOffset: start, rangeLength: end - start, text }));
    for (const listener of this.#heard) listener({ changes });
  }
}

const SHOP = `-- People who buy.
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), total numeric CHECK (total >= 0));
CREATE INDEX orders_customer_idx ON orders (customer_id);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 1000;`;

let stop: () => void;
let importText: (text: string) => Document;
beforeAll(async () => {
  const parser = await loadPgParser();
  importText = (text) => {
    const read = readSql([{ name: 'shop', text }], { dialect: 'postgresql' }, { parser });
    if (!read.ok) throw new Error(read.problem.message);
    return read.value.document;
  };
  stop = startEngine();
});
afterAll(() => stop());

let model: PlainModel;
let binding: TextBinding;
let drafts: Drafts;
let confirmed: string[];
let unsubscribe = () => {};

beforeEach(async () => {
  unsubscribe();
  load(importText(SHOP));
  await engineIdle();
  model = new PlainModel();
  confirmed = [];
  binding = new TextBinding(model as unknown as editor.ITextModel, () => {});
  drafts = new Drafts(binding, {
    confirm: async (dependents) => {
      confirmed.push(...dependents.map((one) => one.label));
      return true;
    },
    onChange: () => {},
  });
  unsubscribe = resultsStore.subscribe((now, before) => {
    if (now.ddl !== before.ddl) binding.show(now.ddl);
  });
  binding.show(resultsStore.getState().ddl);
});

const document = () => documentStore.getState().document;
const ddlOf = (one: Document) => writtenText(writeDocument(one, { version: 18 }));
const table = (name: string) => {
  const found = Object.values(document().tables).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};
async function apply(): Promise<void> {
  await drafts.applyAll();
  await engineIdle();
}
async function edited(step: () => unknown): Promise<void> {
  step();
  await engineIdle();
}

describe('the two sides', () => {
  it('show a change of the model at once, and leave a draft alone', async () => {
    model.replace('numeric', 'numer');
    await edited(() => run({ name: 'setTable', args: { id: table('customers').id, patch: { name: 'people' } } }));
    expect(model.getValue()).toContain('CREATE TABLE people');
    expect(model.getValue()).toContain('numer,');
    expect(binding.drafts()).toHaveLength(1);
  });

  it('apply a draft as one undo step, keep how it was typed, and take it back with the document’s undo', async () => {
    const before = model.getValue();
    model.replace(/email text NOT NULL/, 'email text not null, -- login\n      phone text');
    await apply();
    expect(table('customers').columns.map((one) => one.name)).toEqual(['id', 'email', 'phone']);
    expect(model.getValue()).toContain('email text not null, -- login\n      phone text');
    expect(binding.drafts()).toEqual([]);
    expect(documentStore.getState().history.done).toHaveLength(1);
    await edited(undo);
    expect(model.getValue()).toBe(before);
    await edited(redo);
    expect(model.getValue()).toContain('-- login\n      phone text');
  });

  it('format a typed statement anew only when its object changes elsewhere', async () => {
    model.replace(/email text NOT NULL/, 'email   TEXT   NOT NULL');
    await apply();
    expect(model.getValue()).toContain('email   TEXT   NOT NULL');
    await edited(() => run({ name: 'setTable', args: { id: table('orders').id, patch: { comment: 'x' } } }));
    expect(model.getValue()).toContain('email   TEXT   NOT NULL');
    await edited(() =>
      run({
        name: 'addColumn',
        args: { table: table('customers').id, column: { name: 'n', type: { kind: 'builtin', name: 'int4' }, nullable: true } },
      }),
    );
    expect(model.getValue()).not.toContain('email   TEXT');
  });

  it('change nothing for text that cannot be read, and say where', async () => {
    const before = document();
    model.replace('numeric', 'numeric(');
    await apply();
    expect(document()).toBe(before);
    expect([...drafts.problems().values()].flat()).toMatchObject([{ code: 'syntax' }]);
    model.replace('numeric(', 'numeric');
    expect(binding.drafts()).toEqual([]);
  });

  it('take typing back in a draft without touching the document', async () => {
    model.replace('numeric', 'numericx');
    const at = model.getValue().indexOf('numericx');
    expect(binding.stepTyping(at, 'undo')).toBeDefined();
    expect(binding.drafts()).toEqual([]);
    expect(binding.stepTyping(at, 'redo')).toBeDefined();
    expect(model.getValue()).toContain('numericx');
    expect(documentStore.getState().history.done).toEqual([]);
  });

  it('delete what was deleted in the text, after telling what needs it', async () => {
    model.replace(/CREATE TABLE orders[\s\S]*?;\n\n/, '');
    await apply();
    expect(Object.values(document().tables).map((one) => one.name)).toEqual(['customers']);
    expect(confirmed).toContain('view big');
    await edited(undo);
    expect(ddlOf(document())).toBe(ddlOf(importText(SHOP)));
  });

  it('add what is typed between statements, with its comment', async () => {
    model.replace(
      '\n\nCREATE TABLE orders',
      '\n\n-- Who sells.\nCREATE TABLE sellers (id int PRIMARY KEY);\n\nCREATE TABLE orders',
    );
    await apply();
    expect(table('sellers').remarks).toMatchObject([{ at: 'before', text: '-- Who sells.' }]);
    expect(model.getValue().match(/-- Who sells\./g)).toHaveLength(1);
  });

  it('end where they should after twenty canvas edits, text edits and undos in any order', async () => {
    const customers = table('customers').id;
    const total = table('orders').columns[2]?.id as string;
    const steps: (() => unknown)[] = [
      () => run({ name: 'setTable', args: { id: customers, patch: { name: 'people' } } }),
      () => model.replace('email text NOT NULL', 'email text NOT NULL,\n    phone text'),
      apply,
      undo,
      redo,
      () =>
        run({
          name: 'addColumn',
          args: { table: customers, column: { name: 'born', type: { kind: 'builtin', name: 'date' }, nullable: true } },
        }),
      () => model.replace(/total {2,}numeric/, 'amount numeric(12,2)'),
      apply,
      () => run({ name: 'setColumn', args: { table: table('orders').id, id: total, patch: { comment: 'Gross' } } }),
      () => model.replace("'Gross'", "'Gross, with tax'"),
      apply,
      undo,
      () => model.replace('orders_customer_idx', 'orders_buyer_idx'),
      apply,
      () => model.replace(/CREATE VIEW big[\s\S]*?;/, (ddl().match(/CREATE VIEW big[\s\S]*?;/)?.[0] ?? '').replace('1000', '5000')),
      apply,
      () => run({ name: 'setTable', args: { id: table('orders').id, patch: { name: 'purchases' } } }),
      undo,
      () => model.replace(/$/, '\nCREATE TABLE tags (name text PRIMARY KEY);\n'),
      apply,
    ];
    const ddl = () => model.getValue();
    for (const step of steps) {
      await step();
      await engineIdle();
    }
    expect(binding.drafts()).toEqual([]);
    expect(ddlOf(importText(model.getValue()))).toBe(ddlOf(importText(ddlOf(document()))));
    expect(table('people').id).toBe(customers);
    expect(table('people').columns.map((one) => one.name)).toEqual(['id', 'email', 'phone', 'born']);
    const orders = table('orders');
    expect(orders.columns[2]).toMatchObject({ id: total, name: 'amount', comment: 'Gross' });
    expect(orders.indexes[0]?.name).toBe('orders_buyer_idx');
    expect(Object.values(document().views)[0]?.query).toMatch(/amount > 5000/);
    expect(table('tags').keys).toHaveLength(1);
  });
});
