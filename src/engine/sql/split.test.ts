import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '#model/types.ts';
import { cpuMs } from '#test/cpu-time.ts';
import { runs } from '#test/runs.ts';
import { type Span, splitSql, statementText } from './split.ts';

/** `kind:text` of every span that is no gap. */
function parts(text: string, dialect: Dialect = 'postgresql'): string[] {
  return splitSql(text, dialect)
    .filter((span) => span.kind !== 'gap')
    .map((span) => `${span.kind}:${text.slice(span.start, span.end)}`);
}

function tiles(text: string, spans: readonly Span[]): void {
  let at = 0;
  let line = 1;
  for (const span of spans) {
    expect(span.start).toBe(at);
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.line).toBe(line);
    line += text.slice(span.start, span.end).split('\n').length - 1;
    at = span.end;
  }
  expect(at).toBe(text.length);
}

describe('splitting PostgreSQL', () => {
  it.each<[string, string, string[]]>([
    ['statements at semicolons', 'a;b ;\n c', ['statement:a;', 'statement:b ;', 'statement:c']],
    ['nothing', '', []],
    ['comments only', '-- a;\n/* b; */', []],
    ['semicolons in quotes', `a ';' ";" b;c`, [`statement:a ';' ";" b;`, 'statement:c']],
    ['doubled quotes', `a 'it''s;' b;c`, [`statement:a 'it''s;' b;`, 'statement:c']],
    ['a backslash is plain in a plain string', `a '\\';b`, [`statement:a '\\';`, 'statement:b']],
    ['a backslash escapes in E strings', `a E'\\';b';c`, [`statement:a E'\\';b';`, 'statement:c']],
    ['an E at a word end is no E string', `a like'\\';b`, [`statement:a like'\\';`, 'statement:b']],
    ['dollar quotes', 'a $$;$$;b $x$;$$;$x$;c', ['statement:a $$;$$;', 'statement:b $x$;$$;$x$;', 'statement:c']],
    ['no dollar quote inside a name', 'a$b$;c$b$', ['statement:a$b$;', 'statement:c$b$']],
    ['parameters are no dollar quotes', 'a $1;b $1', ['statement:a $1;', 'statement:b $1']],
    ['nested comments', 'a /* /* ; */ ; */;b', ['statement:a /* /* ; */ ; */;', 'statement:b']],
    ['a comment in a statement', 'a -- ;\n b;c', ['statement:a -- ;\n b;', 'statement:c']],
    ['psql lines', '\\set x 1;\na;\n\\connect b\nc;', ['meta:\\set x 1;', 'statement:a;', 'meta:\\connect b', 'statement:c;']],
    ['psql commands end a statement', 'select 1 \\gexec\nb;', ['statement:select 1', 'meta:\\gexec', 'statement:b;']],
    ['rule actions', 'create rule r as on x do (a; b);c', ['statement:create rule r as on x do (a; b);', 'statement:c']],
    ['an unclosed bracket ends at the semicolon', 'create table t (a;b', ['statement:create table t (a;', 'statement:b']],
  ])('%s', (_name, text, expected) => {
    expect(parts(text)).toEqual(expected);
    tiles(text, splitSql(text, 'postgresql'));
  });

  it('keeps a BEGIN ATOMIC body together', () => {
    const body = 'create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end;';
    expect(parts(`${body} select 3;`)).toEqual([`statement:${body}`, 'statement:select 3;']);
    expect(parts('begin; select 1; end;')).toEqual(['statement:begin;', 'statement:select 1;', 'statement:end;']);
  });

  it('takes the rows of COPY as one span and counts them', () => {
    const text = "COPY public.t (a, b) FROM stdin;\n1\t;\n2\t'\n\\.\n\nselect 1;";
    const spans = splitSql(text, 'postgresql');
    tiles(text, spans);
    const data = spans.find((span) => span.kind === 'data');
    expect(data?.rows).toBe(2);
    expect(parts(text)).toEqual([`data:${text.slice(0, text.indexOf('\\.') + 2)}`, 'statement:select 1;']);
    expect(parts("copy t from '/x';a")).toEqual(["statement:copy t from '/x';", 'statement:a']);
  });

  it('flags a COPY that is cut off', () => {
    const text = 'COPY t FROM stdin;\n1\n2';
    expect(splitSql(text, 'postgresql')).toMatchObject([{ kind: 'data', rows: 2, unterminated: { at: 0 }, end: text.length }]);
  });

  it('counts the rows of INSERT', () => {
    const rows = (text: string) => splitSql(text, 'postgresql').map((span) => [span.kind, span.rows]);
    expect(rows("insert into t (a, b) values (1, (2)), (3, ')(');")).toEqual([['data', 2]]);
    expect(rows('insert into t (a) values (1) on conflict (a) do nothing;')).toEqual([['data', 1]]);
    expect(rows('insert into t select * from u;')).toEqual([['data', undefined]]);
  });

  it.each([
    ["a;b 'c;d", 'quoted text', 4],
    ['a;b "c;d', 'quoted name', 4],
    ['a;b $x$c;d', '$x$ quoted text', 4],
    ['a;b /* c;d', 'comment', 4],
    ["a;b E'\\';d", 'quoted text', 5],
  ])('says where the unterminated opened: %s', (text, what, at) => {
    const spans = splitSql(text, 'postgresql');
    tiles(text, spans);
    expect(spans.at(-1)).toMatchObject({ kind: 'statement', unterminated: { what, at }, end: text.length });
  });

  it('flags an unterminated comment between statements as a gap', () => {
    expect(splitSql('a; /* b', 'postgresql').at(-1)).toMatchObject({ kind: 'gap', unterminated: { what: 'comment', at: 3 } });
  });

  it('takes a byte order mark and carriage returns', () => {
    const text = '\uFEFFa;\r\n-- x\r\nb;\r\n';
    tiles(text, splitSql(text, 'postgresql'));
    expect(parts(text)).toEqual(['statement:a;', 'statement:b;']);
  });
});

describe('splitting other dialects', () => {
  it('MySQL: DELIMITER, backticks, hashes and executed comments', () => {
    const text = [
      'DELIMITER //',
      'CREATE TRIGGER x BEGIN a; b; END//',
      'delimiter ;',
      "SELECT '\\';', `;`, 1--1; # c;",
      '/*!40101 SET x = 1 */;',
    ].join('\n');
    tiles(text, splitSql(text, 'mysql'));
    expect(parts(text, 'mysql')).toEqual([
      'meta:DELIMITER //',
      'statement:CREATE TRIGGER x BEGIN a; b; END//',
      'meta:delimiter ;',
      "statement:SELECT '\\';', `;`, 1--1;",
      'statement:/*!40101 SET x = 1 */;',
    ]);
  });

  it('MySQL: a delimiter ends the word or number it stands behind', () => {
    const text = 'DELIMITER $$\nBEGIN a; END$$\nRETURN x + 1$$\nSELECT $$ SELECT 2 $$\nDELIMITER ;';
    const spans = splitSql(text, 'mysql').filter(({ kind }) => kind === 'statement');
    expect(spans.map((span) => statementText(text, span))).toEqual(['BEGIN a; END', 'RETURN x + 1', 'SELECT ', 'SELECT 2 ']);
    expect(spans.map(({ terminator }) => terminator)).toEqual([2, 2, 2, 2]);
    expect(splitSql('a; b', 'mysql').map((span) => statementText('a; b', span))).toEqual(['a', ' ', 'b']);
  });

  it('MySQL: what its client program takes for an end', () => {
    const text = 'use `my shop`\nUSE shop \r\nSELECT 1\\G\nCREATE TABLE a (x int)\\g\nuse b; SELECT "\\Gx" AS `\\G`;\nuse\nc;';
    const spans = splitSql(text, 'mysql');
    tiles(text, spans);
    const statements = spans.filter(({ kind }) => kind === 'statement');
    expect(statements.map((span) => statementText(text, span).trim())).toEqual([
      'use `my shop`',
      'USE shop',
      'SELECT 1',
      'CREATE TABLE a (x int)',
      'use b',
      'SELECT "\\Gx" AS `\\G`',
      'use\nc',
    ]);
    expect(statements.map(({ words }) => words[0])).toEqual(['USE', 'USE', 'SELECT', 'CREATE', 'USE', 'SELECT', 'USE']);
  });

  it('MySQL: stored programs without a DELIMITER', () => {
    const body =
      'CREATE DEFINER=`a`@`b` PROCEDURE p(a int) l: BEGIN IF a THEN SELECT CASE a WHEN 1 THEN 2 END; END IF; CASE a WHEN 1 THEN BEGIN END; END CASE; WHILE a DO SET a = 0; END WHILE; END l;';
    const all = [
      body,
      'BEGIN;',
      'CREATE TABLE event (begin int, `end` int);',
      'CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;',
      'COMMIT;',
    ];
    expect(parts(all.join('\n'), 'mysql')).toEqual(all.map((one) => `statement:${one}`));
  });

  it('MySQL and MariaDB: each executes comments of its own versions', () => {
    const kinds = (text: string, dialect: 'mysql' | 'mariadb') => splitSql(text, dialect).map(({ kind }) => kind);
    expect(kinds('/*!40101 SET x = 1 */;', 'mariadb')).toEqual(['statement']);
    expect(kinds('/*M!100301 SET x = 1 */', 'mariadb')).toEqual(['statement']);
    expect(kinds('/*M!100301 SET x = 1 */', 'mysql')).toEqual(['gap']);
    expect(kinds('/*!80023 SET x = 1 */', 'mariadb')).toEqual(['gap']);
    expect(kinds('/*!80023 SET x = 1 */', 'mysql')).toEqual(['statement']);
    expect(kinds('/*M!999999\\- enable the sandbox mode */ SET x = 1;', 'mariadb')).toEqual(['gap', 'statement']);
  });

  it('SQLite: trigger bodies, brackets and dot commands', () => {
    const trigger = 'CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END;';
    const text = `.mode csv\nBEGIN;\n${trigger}\nSELECT [a;b];`;
    expect(parts(text, 'sqlite')).toEqual([
      'meta:.mode csv',
      'statement:BEGIN;',
      `statement:${trigger}`,
      'statement:SELECT [a;b];',
    ]);
  });

  it('SQL Server: GO ends a batch', () => {
    expect(parts('select [a]]go]\nGO\nselect 2\ngo 5\n', 'mssql')).toEqual([
      'statement:select [a]]go]',
      'meta:GO',
      'statement:select 2',
      'meta:go 5',
    ]);
  });
});

describe('tiling', () => {
  const pieces = fc.constantFrom(
    ..."'|\"|$$|$a$|/*|*/|--|\n|;|\\.|\\|E'|copy t from stdin;\n|begin atomic|end|case|create function|(|)|`|[|]|#|delimiter //\n|//|go\n|x|insert into t values |,|/*!|\uFEFF|\u0000|\ud800|é| ".split(
      '|',
    ),
  );
  it.each<Dialect>(['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'])('any text in %s', (dialect) => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (list) => {
        const text = list.join('');
        tiles(text, splitSql(text, dialect));
      }),
      runs(7, 2000),
    );
  });

  it('is linear', () => {
    const piece =
      "CREATE TABLE t (a text DEFAULT 'x', b int); -- c /* d\n/* e */ SELECT $f$ g $f$;\nINSERT INTO t VALUES (1,'a'),(2,'b');\n";
    const time = (copies: number) => {
      const text = piece.repeat(copies);
      return cpuMs(() => splitSql(text, 'postgresql'));
    };
    time(20_000);
    const small = Math.max(time(20_000), time(20_000));
    expect(time(160_000)).toBeLessThan(small * 8 * 4);
  });
});
