import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { splitBatches, statementNodes } from './split.ts';

/** `kind:text` of every span that is no gap, white space made one blank. */
function parts(text: string): string[] {
  return splitBatches(text)
    .filter((span) => span.kind !== 'gap')
    .map((span) => `${span.kind}:${text.slice(span.start, span.end).replaceAll(/\s+/g, ' ')}`);
}

const statements = (text: string) => parts(text).map((part) => part.replace(/^statement:/, ''));

describe('batches', () => {
  it.each<[string, string, string[]]>([
    [
      'GO in every letter case, with a count, white space and a comment',
      'a\ngo\nb\n  Go 3 \nc\nGO -- next\nd',
      ['a', 'b', 'c', 'd'],
    ],
    [
      'no GO in quotes, brackets and comments',
      'a \'\nGO\n\' [\nGO\n] "\nGO\n" /*\nGO\n*/ b',
      [`a ' GO ' [ GO ] " GO " /* GO */ b`],
    ],
    ['no GO inside a line', 'select go\nGO\ngoing', ['select go', 'going']],
    ['GO after a comment that ends on its line', '/* x\n*/\nGO\na', ['a']],
    ['GO with a carriage return', 'a\r\nGO\r\nb', ['a', 'b']],
  ])('%s', (_name, text, expected) => {
    expect(statements(text).filter((part) => !part.startsWith('meta:'))).toEqual(expected);
  });

  it('takes lines of sqlcmd as such', () => {
    expect(parts(' :setvar Name "x"\n:r .\\other.sql\nUSE [$(Name)]\n!!dir\n:on error exit\nselect a::b')).toEqual([
      'meta::setvar Name "x"',
      'meta::r .\\other.sql',
      'statement:USE [$(Name)]',
      'meta:!!dir',
      'meta::on error exit',
      'statement:select a::b',
    ]);
  });
});

describe('statements without a semicolon', () => {
  it.each<[string, string, string[]]>([
    [
      'begin at reserved words',
      'set nocount on set dateformat mdy\nUSE master select 1',
      ['set nocount on', 'set dateformat mdy', 'USE master', 'select 1'],
    ],
    [
      'not in brackets',
      'create table t (a int default (1), [select] int, constraint c foreign key (a) references u on delete set null)\ncreate index i on t (a)',
      [
        'create table t (a int default (1), [select] int, constraint c foreign key (a) references u on delete set null)',
        'create index i on t (a)',
      ],
    ],
    [
      'a switch before an insert',
      'set identity_insert t on\ninsert t values (1)\nset identity_insert t off',
      ['set identity_insert t on', 'data:insert t values (1)', 'set identity_insert t off'],
    ],
    [
      'actions of ALTER TABLE on lines of their own',
      'alter table t\nadd a int\nalter table t\ndrop constraint c\nalter table t\nalter column a int not null\ndrop table u',
      ['alter table t add a int', 'alter table t drop constraint c', 'alter table t alter column a int not null', 'drop table u'],
    ],
    [
      'clauses of ALTER COLUMN',
      'alter table t alter column a drop masked\nalter table t alter column b drop sparse',
      ['alter table t alter column a drop masked', 'alter table t alter column b drop sparse'],
    ],
    [
      'referential actions',
      'alter table t with check add constraint f foreign key (a) references u (b) on delete set null on update set default\nalter table t check constraint f',
      [
        'alter table t with check add constraint f foreign key (a) references u (b) on delete set null on update set default',
        'alter table t check constraint f',
      ],
    ],
    [
      'permissions',
      'grant select, insert, update on t to a with grant option deny delete on t to b revoke execute on p from c',
      ['grant select, insert, update on t to a with grant option', 'deny delete on t to b', 'revoke execute on p from c'],
    ],
    [
      'queries that are joined',
      'select 1 union all select 2 except select 3 select 4',
      ['select 1 union all select 2 except select 3', 'select 4'],
    ],
    [
      'rows of a query',
      'select a from t order by a offset 1 rows fetch next 5 rows only fetch next from c',
      ['select a from t order by a offset 1 rows fetch next 5 rows only', 'fetch next from c'],
    ],
    [
      'IF EXISTS of DROP',
      'drop table if exists a drop view if exists b\nif exists (select 1) drop table c',
      ['drop table if exists a', 'drop view if exists b', 'if exists (select 1) drop table c'],
    ],
    [
      'updates',
      'update t set a = 1 set @b = 2 update statistics t delete from t',
      ['update t set a = 1', 'set @b = 2', 'update statistics t', 'delete from t'],
    ],
    [
      'a schema and what is made in it',
      'create schema s authorization d create table t (a int) grant select on t to x',
      ['create schema s authorization d create table t (a int) grant select on t to x'],
    ],
    [
      'cursors',
      'declare c cursor for select a from t open c fetch next from c close c deallocate c',
      ['declare c cursor for select a from t', 'open c', 'fetch next from c', 'close c', 'deallocate c'],
    ],
    [
      'common table expressions',
      ';with x as (select 1 a) update t set a = 2 from x select 5',
      [';', 'with x as (select 1 a) update t set a = 2 from x', 'select 5'],
    ],
    [
      'triggers switched',
      'alter table t disable trigger x\nenable trigger x on t\ndisable trigger y on database',
      ['alter table t disable trigger x', 'enable trigger x on t', 'disable trigger y on database'],
    ],
    [
      'transactions',
      'begin tran create table t (a int) commit tran begin transaction rollback',
      ['begin tran', 'create table t (a int)', 'commit tran', 'begin transaction', 'rollback'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(statements(text)).toEqual(expected);
  });

  it('counts the rows of INSERT', () => {
    const rows = (text: string) => splitBatches(text).map((span) => [span.kind, span.rows]);
    expect(rows("insert into t (a, b) values (1, (2)), (3, ')(')")).toEqual([['data', 2]]);
    expect(rows("insert t select 1, 'a' union all select 2, 'b'")).toEqual([['data', 2]]);
    expect(rows('insert t select a from u')).toEqual([['data', undefined]]);
    expect(rows("bulk insert t from 'x' with (tablock)")).toEqual([['data', undefined]]);
  });
});

describe('bodies', () => {
  it.each(['proc', 'procedure', 'function', 'trigger'])('a %s runs to the end of its batch', (kind) => {
    const body = `create ${kind} x as begin create table #t (a int); select 1; end\nselect 2;\nupdate t set a = 1`;
    expect(statements(`${body}\nGO\ndrop table t`)).toEqual([body.replaceAll('\n', ' '), 'meta:GO', 'drop table t']);
  });

  it('begins another where GO was forgotten', () => {
    expect(statements('create or alter proc a as select 1\ncreate procedure b as select 2\nalter view v as select 3')).toEqual([
      'create or alter proc a as select 1',
      'create procedure b as select 2',
      'alter view v as select 3',
    ]);
  });

  it('ends a view at its semicolon or at the next definition', () => {
    expect(
      statements(
        'create view v as select a from t;\ncreate table u (a int)\ngo\ncreate view w as select 1 a\nunion select 2\ncreate index i on w (a)',
      ),
    ).toEqual([
      'create view v as select a from t;',
      'create table u (a int)',
      'meta:go',
      'create view w as select 1 a union select 2',
      'create index i on w (a)',
    ]);
  });
});

describe('statements that hold statements', () => {
  it('are one', () => {
    const text =
      "if not exists (select 1 from x)\nbegin\n create table t (a int);\n insert t values (case when 1=1 then 2 end)\nend\nelse if 1 = 2 drop table u;\nelse begin print 'x' end\nselect 1";
    expect(statements(text)).toEqual([text.slice(0, text.lastIndexOf('\n')).replaceAll(/\s+/g, ' '), 'select 1']);
    expect(statements('begin try create table t (a int) end try begin catch throw end catch select 1')).toEqual([
      'begin try create table t (a int) end try begin catch throw end catch',
      'select 1',
    ]);
    expect(statements('while @i < 3 begin set @i += 1; exec p end drop table t')).toEqual([
      'while @i < 3 begin set @i += 1; exec p end',
      'drop table t',
    ]);
  });

  it('say what they are made of', () => {
    const text = "if object_id(N't') is null begin create table t (a int); create index i on t (a) end else drop table t";
    const [node] = statementNodes(text);
    expect(node).toMatchObject({
      kind: 'if',
      body: { kind: 'block', body: [{ kind: 'leaf' }, { kind: 'leaf' }] },
      otherwise: { kind: 'leaf' },
    });
    if (node?.kind !== 'if' || node.body.kind !== 'block') throw new Error('not read');
    const texts = node.body.body.map((one) => (one.kind === 'leaf' ? text.slice(one.start, one.end) : ''));
    expect(texts).toEqual(['create table t (a int);', 'create index i on t (a)']);
    expect(text.slice(node.condition.start, node.condition.end)).toBe("object_id(N't') is null");
  });

  it('may be deep', () => {
    const text = `${'if 1 = 1 begin '.repeat(5000)}drop table t`;
    expect(splitBatches(text)).toMatchObject([{ start: 0, end: text.length }]);
  });
});

describe('tiling', () => {
  const pieces = fc.constantFrom(
    ...'\'|"|[|]|/*|*/|--|\n|;|(|)|\nGO\n|\n:r x\n|if |else |begin |end |try |catch |case |create |procedure |view |table |alter |drop |insert |values |select |union |all |grant |to |set |on |@x |#y |x |,|.|\uFEFF|\u0000|\ud800'.split(
      '|',
    ),
  );
  it('any text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (list) => {
        const text = list.join('');
        let at = 0;
        let line = 1;
        for (const span of splitBatches(text)) {
          expect([span.start, span.line]).toEqual([at, line]);
          expect(span.end).toBeGreaterThan(at);
          line += text.slice(at, span.end).split('\n').length - 1;
          at = span.end;
        }
        expect(at).toBe(text.length);
      }),
      runs(11, 3000),
    );
  });

  it.each([
    ["select 1;\nselect 'x", 'quoted text'],
    ['select 1;\nselect [x', 'quoted name'],
    ['select 1;\nselect "x', 'quoted name'],
    ['select 1;\nselect 2 /* x', 'comment'],
  ])('says what never ends in %j', (text, what) => {
    expect(splitBatches(text).at(-1)).toMatchObject({ end: text.length, unterminated: { what } });
  });
});
