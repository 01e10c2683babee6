import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { splitSql } from './split.ts';

/** `kind:text` of every span that is no gap, after a look at whether the spans tile the text. */
function parts(text: string): string[] {
  const spans = splitSql(text, 'oracle');
  expect(spans.map((span) => text.slice(span.start, span.end)).join('')).toBe(text);
  for (const [i, span] of spans.entries()) expect(span.start).toBe(spans[i - 1]?.end ?? 0);
  return spans.filter((span) => span.kind !== 'gap').map((span) => `${span.kind}:${text.slice(span.start, span.end)}`);
}

const NEXT = 'CREATE TABLE next (a NUMBER);';

/** Units that a semicolon of their own must not end. */
const UNITS: readonly (readonly [string, string])[] = [
  ['an anonymous block', 'BEGIN\n  NULL;\n  IF a THEN b; END IF;\n  LOOP EXIT; END LOOP;\nEND;'],
  ['a block with declarations', 'DECLARE\n  n NUMBER := 1;\n  CURSOR c IS SELECT 1 FROM dual;\nBEGIN NULL; END;'],
  ['a block in a block', 'BEGIN\n  DECLARE x INT; BEGIN NULL; END;\n  BEGIN NULL; EXCEPTION WHEN OTHERS THEN NULL; END;\nEND;'],
  ['a labelled block inside', 'BEGIN\n <<declare>> NULL;\n GOTO top;\nEND;'],
  [
    'CASE as statement and as expression',
    'BEGIN\n CASE a WHEN 1 THEN b; ELSE c; END CASE;\n x := CASE WHEN a THEN 1 ELSE 2 END;\nEND;',
  ],
  ['a function', 'CREATE OR REPLACE FUNCTION f (a IN NUMBER DEFAULT 1) RETURN NUMBER IS\n  x NUMBER;\nBEGIN RETURN x; END f;'],
  [
    'subprograms in a procedure',
    'CREATE PROCEDURE p AS\n PROCEDURE q IS BEGIN NULL; END;\n FUNCTION r RETURN INT;\n FUNCTION r RETURN INT IS BEGIN RETURN 1; END r;\nBEGIN q; END p;',
  ],
  ['a call specification', "CREATE FUNCTION f RETURN NUMBER AS LANGUAGE JAVA NAME 'a.b() return int';"],
  ['an aggregate', 'CREATE FUNCTION f (a NUMBER) RETURN NUMBER PARALLEL_ENABLE AGGREGATE USING impl;'],
  [
    'a package',
    'CREATE OR REPLACE EDITIONABLE PACKAGE p AUTHID CURRENT_USER AS\n c CONSTANT INT := 1;\n PROCEDURE q;\n FUNCTION r (a INT) RETURN INT;\n TYPE t IS RECORD (a INT);\nEND p;',
  ],
  [
    'a package body',
    'CREATE PACKAGE BODY p IS\n v INT;\n PROCEDURE q IS\n  n INT;\n BEGIN\n  FOR i IN 1..2 LOOP NULL; END LOOP;\n END q;\n FUNCTION r RETURN INT IS BEGIN RETURN CASE WHEN v = 1 THEN 2 END; END;\nBEGIN\n v := 1;\n BEGIN NULL; END;\nEND p;',
  ],
  ['conditional compilation', 'CREATE PROCEDURE p IS\nBEGIN\n $IF a $THEN b; $ELSE c; $END\n NULL;\nEND;'],
  [
    'a type body',
    'CREATE OR REPLACE TYPE BODY t AS\n MEMBER FUNCTION f RETURN INT IS BEGIN RETURN 1; END;\n STATIC PROCEDURE g IS BEGIN NULL; END;\nEND;',
  ],
  [
    'a row trigger',
    'CREATE OR REPLACE TRIGGER t BEFORE INSERT ON a FOR EACH ROW WHEN (new.a IS NULL)\nDECLARE\n x INT;\nBEGIN :new.a := 1; END;',
  ],
  [
    'a compound trigger',
    'CREATE TRIGGER t FOR INSERT ON a COMPOUND TRIGGER\n n INT;\n BEFORE STATEMENT IS BEGIN n := 0; END BEFORE STATEMENT;\n AFTER EACH ROW IS BEGIN n := n + 1; END AFTER EACH ROW;\nEND t;',
  ],
  [
    'a compound trigger with declarations',
    'CREATE TRIGGER t FOR UPDATE OF a ON b COMPOUND TRIGGER\n TYPE l IS TABLE OF b%ROWTYPE INDEX BY PLS_INTEGER;\n PROCEDURE flush IS\n  n CONSTANT INT := 1;\n BEGIN FORALL i IN 1..n INSERT INTO c VALUES x(i); END flush;\n AFTER EACH ROW IS\n BEGIN IF a THEN flush(); END IF; END AFTER EACH ROW;\nEND t;',
  ],
  ['a trigger that calls', 'CREATE TRIGGER t AFTER LOGON ON DATABASE CALL p(1);'],
  ['quotes of its own', "BEGIN\n x := q'[it's; BEGIN]';\n y := nq'!END;!';\n z := q'<a>';\nEND;"],
  ['comments', 'BEGIN -- END;\n /* END; */ NULL;\nEND;'],
  ['a member called end', 'BEGIN r.end := 1; END;'],
];

describe('splitting Oracle', () => {
  it.each(UNITS)('%s is one statement, with a slash and without', (_name, unit) => {
    expect(parts(`${unit}\n/\n${NEXT}`)).toEqual([`statement:${unit}`, 'meta:/', `statement:${NEXT}`]);
    expect(parts(`${unit}\n${NEXT}`)).toEqual([`statement:${unit}`, `statement:${NEXT}`]);
  });

  it('ends at the slash whatever is open', () => {
    expect(parts(`BEGIN\n IF a THEN\nEND;\n/\n${NEXT}`)).toEqual([
      'statement:BEGIN\n IF a THEN\nEND;',
      'meta:/',
      `statement:${NEXT}`,
    ]);
    const java = 'CREATE AND COMPILE JAVA SOURCE NAMED a AS\npublic class A { int a; int b() { return 1; } }';
    expect(parts(`${java}\n/\n${NEXT}`)).toEqual([`statement:${java}`, 'meta:/', `statement:${NEXT}`]);
    const wrapped = 'CREATE PACKAGE BODY p wrapped\na000000\n; abcd==';
    expect(parts(`${wrapped}\n/\n${NEXT}`)).toEqual([`statement:${wrapped}`, 'meta:/', `statement:${NEXT}`]);
  });

  it('ends types at a semicolon or a slash', () => {
    const object = 'CREATE TYPE t AS OBJECT (a NUMBER, MEMBER FUNCTION f RETURN INT)';
    expect(parts(`${object};\n/\n${NEXT}`)).toEqual([`statement:${object};`, 'meta:/', `statement:${NEXT}`]);
    expect(parts(`${object}\n/\n${NEXT}`)).toEqual([`statement:${object}`, 'meta:/', `statement:${NEXT}`]);
    expect(parts(`${object};\n${NEXT}`)).toEqual([`statement:${object};`, `statement:${NEXT}`]);
  });

  it.each([
    'SET ECHO OFF',
    'prompt it;s here',
    'REM a; b',
    'Remark x',
    '@@other.sql',
    '@&script',
    'SPOOL a.log',
    'DEFINE a = 1',
    'undefine a',
    'WHENEVER SQLERROR EXIT',
    'CONNECT a/b@c',
    'COLUMN a FORMAT a10',
    "ACCEPT a PROMPT 'x'",
    'exit;',
    'SHOW ERRORS',
    'TTITLE x',
    'EXEC p(1);',
    '.',
    '/',
    'SET a 1 -\n  b 2',
    'prompt one -\n two',
  ])('%s is for SQL*Plus', (line) => {
    expect(parts(`${line}\n${NEXT}`)).toEqual([`meta:${line}`, `statement:${NEXT}`]);
  });

  it.each(['SET ROLE a;', 'SET TRANSACTION READ ONLY;', 'SET CONSTRAINTS ALL DEFERRED;', 'ALTER SESSION SET CURRENT_SCHEMA = a;'])(
    '%s is SQL',
    (sql) => expect(parts(sql)).toEqual([`statement:${sql}`]),
  );

  it('goes on after remarks and rules that end with hyphens', () => {
    expect(parts(`rem a -\n${NEXT}`)).toEqual(['meta:rem a -', `statement:${NEXT}`]);
    expect(parts(`prompt -----\n${NEXT}`)).toEqual(['meta:prompt -----', `statement:${NEXT}`]);
  });

  it('leaves words of SQL*Plus alone inside statements', () => {
    const sql = 'UPDATE t\nSET a = 1\n, b = 2;';
    const table = 'CREATE TABLE t (\nCOLUMN_A NUMBER,\nSET_B NUMBER\n);';
    expect(parts(`${sql}\n${table}`)).toEqual([`statement:${sql}`, `statement:${table}`]);
  });

  it('tells END CASE from the end of one CASE and the begin of the next', () => {
    const unit =
      'BEGIN\n IF (CASE WHEN a IS NULL THEN 1 ELSE 0 END) <> (CASE WHEN b IS NULL THEN 1 ELSE 0 END) THEN c := 1; END IF;\n CASE WHEN a = 1 THEN NULL; END CASE;\nEND;';
    expect(parts(`${unit}\n/\nSELECT 1 FROM dual;`)[0]).toBe(`statement:${unit}`);
    expect(splitSql(`${unit}\n/\nSELECT 1 FROM dual;`, 'oracle').filter(({ kind }) => kind === 'statement')).toHaveLength(2);
  });

  it('counts the rows of INSERT ALL', () => {
    const text =
      'INSERT ALL\n INTO t (a, b) VALUES (1, 2)\n INTO t (a) VALUES ((3))\nSELECT * FROM dual;\nINSERT INTO t (a) VALUES (1), (2);';
    expect(splitSql(text, 'oracle').flatMap((span) => (span.kind === 'data' ? [span.rows] : []))).toEqual([2, 2]);
  });

  it('says that a unit never ends', () => {
    expect(splitSql('BEGIN NULL;', 'oracle')).toMatchObject([
      { kind: 'statement', end: 11, unterminated: { what: 'PL/SQL unit' } },
    ]);
    expect(splitSql("SELECT q'[a]", 'oracle')).toMatchObject([{ unterminated: { what: 'quoted text', at: 7 } }]);
  });

  it('tiles any text made of its words', () => {
    const word = fc.constantFrom(
      ...['BEGIN', 'END', 'CASE', 'IF', 'LOOP', 'CREATE', 'PACKAGE', 'BODY', 'TYPE', 'IS', 'DECLARE', 'TRIGGER', 'FUNCTION', ';'],
      ...['\n/\n', '\nREM x -\n', "q'[", "]'", "'", '(', ')', '--', '/*', '*/', '\nSET a -\n', '\n.\n', '<<', 'a', '\n'],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        parts(words.join(' '));
      }),
      runs(41, 500),
    );
  });
});
