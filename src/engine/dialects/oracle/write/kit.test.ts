import { describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { readSql } from '../../../sql/read.ts';
import { splitSql } from '../../../sql/split.ts';
import { writeDocument, writtenText } from '../../../sql/write.ts';

function document(sql: string): Document {
  const read = readSql([{ name: 'a.sql', text: sql }], { dialect: 'oracle' }, {});
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

function text(sql: string, version = 23): string {
  return writtenText(writeDocument(document(sql), { version }));
}

function unsupported(sql: string | Document, version: number): string[] {
  const { unsupported: all } = writeDocument(typeof sql === 'string' ? document(sql) : sql, { version });
  return all.map(({ feature, message }) => `${feature}: ${message}`);
}

describe('writing Oracle', () => {
  it('writes tables with what is their own', () => {
    const sql = `create table dept (id number(4) generated always as identity (start with 10 nocache) primary key, name varchar2(30 char) default 'x' not null);
      create table "Emp" (id number primary key, dept number(4), boss number references "Emp" (id), pay number(8,2) constraint pay_nn not null,
        total number generated always as (pay * 12) virtual, constraint emp_dept foreign key (dept) references dept (id) on delete set null,
        constraint pay_ck check (pay > 0) disable) tablespace users pctfree 5;
      create index "Emp_ix" on "Emp" (dept desc, upper(name));
      comment on column "Emp".pay is 'per month';`;
    expect(text(sql)).toBe(`CREATE TABLE DEPT (
    ID   NUMBER(4) GENERATED ALWAYS AS IDENTITY (START WITH 10 NOCACHE),
    NAME VARCHAR2(30 CHAR) DEFAULT 'x' NOT NULL,
    PRIMARY KEY (ID)
);

CREATE TABLE "Emp" (
    ID    NUMBER NOT NULL,
    DEPT  NUMBER(4),
    BOSS  NUMBER,
    PAY   NUMBER(8, 2) CONSTRAINT PAY_NN NOT NULL,
    TOTAL NUMBER GENERATED ALWAYS AS (pay * 12) VIRTUAL,
    PRIMARY KEY (ID),
    CONSTRAINT PAY_CK CHECK (pay > 0) DISABLE,
    CONSTRAINT EMP_DEPT FOREIGN KEY (DEPT) REFERENCES DEPT (ID) ON DELETE SET NULL,
    FOREIGN KEY (BOSS) REFERENCES "Emp" (ID)
) PCTFREE 5 TABLESPACE USERS;

CREATE INDEX "Emp_ix" ON "Emp" (DEPT DESC, upper(name));

COMMENT ON COLUMN "Emp".PAY IS 'per month';
`);
  });

  it('ends PL/SQL with a slash, and nothing else', () => {
    const sql = `create type o as object (a number);
/
create table t (a number);
create trigger g before insert on t begin null; end;
/
create trigger c before delete on t call p
/
create function f return number is begin return 1; end;
/
create package k as end;
/
grant select on t to joe;`;
    const spans = splitSql(text(sql), 'oracle');
    const written = text(sql);
    const said = spans.filter(({ kind }) => kind !== 'gap').map(({ start, end }) => written.slice(start, end).split('\n').at(-1));
    expect(said).toEqual([
      ...[');', '/', ');', 'create function f return number is begin return 1; end;', '/', 'call p', '/', 'begin null; end;', '/'],
      ...['create package k as end;', '/', 'grant select on t to joe;'],
    ]);
  });

  it('adds keys when the index they rest on is there', () => {
    const written = text(
      'create table t (a number, b number references t (a)); create unique index t_pk on t (a); alter table t add constraint t_pk primary key (a);',
    );
    const places = ['CREATE UNIQUE INDEX T_PK', 'ADD CONSTRAINT T_PK PRIMARY KEY', 'ADD FOREIGN KEY'].map((one) =>
      written.indexOf(one),
    );
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it.each<[string, string, number, string | undefined]>([
    ['boolean', 'create table t (a boolean)', 23, undefined],
    ['boolean', 'create table t (a boolean)', 19, 'type boolean: Oracle 19 has no type BOOLEAN. It is written as NUMBER(1).'],
    ['json', 'create table t (a json)', 21, undefined],
    ['json', 'create table t (a json)', 19, 'type json: Oracle 19 has no type JSON. It is written as CLOB.'],
    ['identity', 'create table t (a number generated always as identity)', 12, undefined],
    [
      'identity',
      'create table t (a number generated always as identity)',
      11,
      'identity: Oracle 11 has no numbers given by the engine. It is left out: a sequence and a trigger BEFORE INSERT have to give the numbers.',
    ],
    [
      'invisible',
      'create table t (a number invisible)',
      11,
      'invisible column: Oracle 11 has no invisible columns. It is left out.',
    ],
    [
      'stored',
      'create table t (a number, b number generated always as (a) materialized)',
      19,
      'stored column: Oracle 19 has no stored generated columns. It is written as a virtual column, which is worked out when it is read.',
    ],
  ])('%s in %s for Oracle %i', (_name, sql, version, message) => {
    const said = unsupported(sql, version);
    if (message === undefined) expect(said).toEqual([]);
    else expect(said).toContain(message);
  });

  it('puts clauses behind the columns in their order', () => {
    const sql =
      'create global temporary table t (a number, b clob) enable row movement lob (b) store as securefile logging tablespace x partition by hash (a) partitions 2 segment creation deferred on commit delete rows pctfree 5 default collation binary_ci';
    expect(text(sql).replaceAll(/\s+/g, ' ')).toContain(
      ') default collation binary_ci ON COMMIT DELETE ROWS segment creation deferred PCTFREE 5 TABLESPACE X logging lob (b) store as securefile PARTITION BY HASH (A) PARTITIONS 2 enable row movement;',
    );
  });

  it('tells what it has no words for', () => {
    const base = document(
      'create table p (id number primary key); create table t (id number primary key, p number references p (id))',
    );
    const [t] = Object.values(base.tables).filter(({ name }) => name === 'T');
    const [link] = Object.values(base.relationships);
    if (t === undefined || link === undefined) throw new Error('no table');
    const [id = t.columns[0]] = t.columns;
    const changed: Document = {
      ...base,
      types: { e: { id: 'e', kind: 'enum', schema: t.schema, name: 'MOOD', values: ["it's", 'ok'] } },
      tables: {
        ...base.tables,
        [t.id]: {
          ...t,
          columns: [
            ...t.columns,
            { ...(id as (typeof t.columns)[number]), id: 'c9', name: 'MOOD', type: { kind: 'custom', type: 'e' } },
          ],
          indexes: [
            { id: 'i1', elements: [{ column: id?.id ?? '' }, { column: 'c9', nulls: 'first' }], where: 'id > 0' },
            { id: 'i2', name: 'U', unique: true, elements: [{ column: 'c9' }], where: 'id > 0' },
          ],
        },
      },
      relationships: { [link.id]: { ...link, onDelete: 'restrict', onUpdate: 'cascade', match: 'full' } },
    };
    const written = writeDocument(changed, { version: 23 });
    expect(new Set(written.unsupported.map(({ feature }) => feature))).toEqual(
      new Set(['enum', 'partial index', 'nulls order', 'index name', 'restrict', 'update action', 'match full']),
    );
    const sql = writtenText(written);
    expect(sql).toContain("MOOD VARCHAR2(4 CHAR) NOT NULL CHECK (MOOD IN ('it''s', 'ok'))");
    expect(sql).toContain('CREATE INDEX T_ID_MOOD_IX ON T (ID, MOOD);');
    expect(sql).not.toContain('CREATE UNIQUE INDEX');
    expect(sql).toContain('FOREIGN KEY (P) REFERENCES P (ID)\n');
  });

  it('writes nothing for an empty document', () => {
    expect(writeDocument(emptyDocument('x', 23, 'oracle'), { version: 23 })).toEqual({ statements: [], unsupported: [] });
  });

  it('knows where parts stand', () => {
    const source = document('create type o as object (a number, b date);\n/\ncreate table t (x number primary key, y o);');
    for (const { sql, parts } of writeDocument(source, { version: 23 }).statements) {
      const said = parts.map(({ start, end }) => sql.slice(start, end));
      expect(said).toEqual(
        sql.startsWith('CREATE TYPE') ? ['A NUMBER', 'B DATE'] : ['X NUMBER NOT NULL', 'Y O', 'PRIMARY KEY (X)'],
      );
    }
  });
});
