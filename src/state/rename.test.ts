import { castDraft } from 'mutative';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordIn } from '#model/collections.ts';
import { shop } from '#test/inspected-shop.ts';
import { documentStore, load, run, undo } from './document.ts';
import { nameToEdit, provideRenamer, renameObject } from './rename.ts';

const now = () => documentStore.getState().document;

/** A renamer as the parser's: whole records written anew, which know nothing of other names. */
function rewriting(): void {
  provideRenamer((document, ref, name) => {
    const table = recordIn(document, 'tables', ref.record);
    const record = table === undefined ? undefined : castDraft({ ...table, name, comment: 'rewritten' });
    return {
      ok: true,
      value:
        record === undefined ? [] : [{ name: 'putRecords', args: { label: 'Rename', put: [{ collection: 'tables', record }] } }],
    };
  });
}

beforeEach(() => load(shop()));
afterEach(() => provideRenamer(() => ({ ok: true, value: [] })));

describe('renameObject', () => {
  it('takes the calls that rewrite SQL', () => {
    rewriting();
    expect(renameObject({ record: 'tbl_orders' }, ' purchases ')).toMatchObject({ ok: true });
    expect(now().tables['tbl_orders']).toMatchObject({ name: 'purchases', comment: 'rewritten' });
  });

  it('refuses a name that is taken, although the rewritten records would not notice', () => {
    rewriting();
    const { tables } = shop();
    load({
      ...shop(),
      tables: { ...tables, tbl_twin: { ...(tables['tbl_orders'] as (typeof tables)[string]), id: 'tbl_twin', name: 'twin' } },
    });
    const before = now();
    expect(renameObject({ record: 'tbl_orders' }, 'twin')).toMatchObject({ ok: false, problem: { code: 'name-taken' } });
    expect(renameObject({ record: 'tbl_orders' }, '')).toMatchObject({ ok: false });
    expect(now()).toBe(before);
  });

  it('knows the attributes of composite types', () => {
    const at = { id: 'att_x', name: 'x', type: { kind: 'builtin' as const, name: 'integer' } };
    const spot = {
      id: 'typ_spot',
      kind: 'composite' as const,
      schema: Object.keys(shop().schemas)[0] ?? '',
      name: 'spot',
      attributes: [at],
    };
    load({ ...shop(), types: { ...shop().types, typ_spot: spot } });
    const ref = { record: 'typ_spot', part: 'att_x' };
    expect(nameToEdit(now(), ref)).toBe('x');
    provideRenamer((_document, _ref, name) => ({
      ok: true,
      value: [{ name: 'setType', args: { id: 'typ_spot', patch: { attributes: [{ ...at, name }] } } }],
    }));
    expect(renameObject(ref, 'wide')).toMatchObject({ ok: true });
    expect(now().types['typ_spot']).toMatchObject({ attributes: [{ id: 'att_x', name: 'wide' }] });
    expect(renameObject({ record: 'typ_spot', part: 'gone' }, 'y')).toMatchObject({ ok: false });
  });

  it('knows the checks of a domain, which is no table', () => {
    const email = shop().types['typ_email'];
    if (email?.kind !== 'domain') throw new Error('email is a domain');
    load({
      ...shop(),
      types: { ...shop().types, typ_email: { ...email, checks: [{ id: 'chk_at', name: 'has_at', expression: "VALUE ~ '@'" }] } },
    });
    const ref = { record: 'typ_email', part: 'chk_at' };
    expect(nameToEdit(now(), ref)).toBe('has_at');
    provideRenamer((_document, _ref, name) => ({
      ok: true,
      value: [{ name: 'setCheck', args: { table: 'typ_email', id: 'chk_at', patch: { name } } }],
    }));
    expect(renameObject(ref, 'email_has_at')).toMatchObject({ ok: true });
    expect(now().types['typ_email']).toMatchObject({ checks: [{ name: 'email_has_at' }] });
  });

  it('makes the first name of what is new a part of its making, and later ones steps of their own', () => {
    provideRenamer((document, ref, name) => ({
      ok: true,
      value: [{ name: 'setColumn', args: { table: ref.record, id: ref.part ?? '', patch: { name } } }],
    }));
    const before = now();
    const column = { id: 'col_new', name: 'new_column', type: { kind: 'builtin', name: 'text' }, nullable: true } as const;
    expect(run({ name: 'addColumn', args: { table: 'tbl_orders', column } })).toMatchObject({ ok: true });
    const ref = { record: 'tbl_orders', part: 'col_new' };
    expect(renameObject(ref, 'placed_at')).toMatchObject({ ok: true });
    expect(documentStore.getState().history.done).toHaveLength(1);
    expect(renameObject(ref, 'ordered_at')).toMatchObject({ ok: true });
    expect(documentStore.getState().history.done).toHaveLength(2);
    undo();
    undo();
    expect(now()).toEqual(before);
  });
});
