import { describe, expect, it } from 'vitest';
import { fillPlaceholders, findPlaceholders } from './placeholders.ts';

const of = (text: string, dialect: Parameters<typeof findPlaceholders>[1]) => findPlaceholders([{ name: 'a.sql', text }], dialect);

describe('placeholders', () => {
  it('are variables of sqlcmd, with what :setvar says', () => {
    const text = ':setvar Db "Shop"\nUSE $(Db)\nGO\nCREATE TABLE $(Db).dbo.T (a int DEFAULT $(Zero))\n';
    expect(of(text, 'mssql')).toEqual([
      { mark: '$(Db)', name: 'Db', count: 2, value: 'Shop', qualifies: false },
      { mark: '$(Zero)', name: 'Zero', count: 1, qualifies: false },
    ]);
    expect(fillPlaceholders(text, 'mssql', { Db: 'Shop', Zero: '0' })).toContain('CREATE TABLE Shop.dbo.T (a int DEFAULT 0)');
  });

  it('are schemas of portable scripts, which may be left out', () => {
    const text = 'CREATE TABLE @cdmDatabaseSchema.person (id integer);\nCREATE TABLE @cdmDatabaseSchema.visit (id integer);';
    expect(of(text, 'postgresql')).toEqual([{ mark: '@cdmDatabaseSchema', name: 'cdmDatabaseSchema', count: 2, qualifies: true }]);
    expect(fillPlaceholders(text, 'postgresql', { cdmDatabaseSchema: 'cdm' })).toContain('TABLE cdm.person');
    expect(fillPlaceholders(text, 'postgresql', { cdmDatabaseSchema: '' })).toContain('TABLE person');
  });

  it('are substitution variables of SQL*Plus, whatever their case, unless it is switched off', () => {
    const text = 'DEFINE owner = hr\nCREATE TABLE &owner..t (a NUMBER) TABLESPACE &&Space;\n';
    expect(of(text, 'oracle')).toEqual([
      { mark: '&owner', name: 'OWNER', count: 1, value: 'hr', qualifies: false },
      { mark: '&Space', name: 'SPACE', count: 1, qualifies: false },
    ]);
    expect(fillPlaceholders(text, 'oracle', { OWNER: 'hr', SPACE: 'users' })).toContain(
      'CREATE TABLE hr.t (a NUMBER) TABLESPACE users;',
    );
    expect(of(`SET DEFINE OFF\n${text}`, 'oracle')).toEqual([]);
  });

  it('are none where a dialect has variables or operators of the same look', () => {
    expect(of('SELECT @a, @b := 1; SELECT a && b, a & c FROM t', 'mysql')).toEqual([]);
    expect(of('DECLARE @id int; SELECT @x.value(1)', 'mssql')).toEqual([]);
    expect(of("SELECT $1, '$(a)'", 'postgresql')).toEqual([]);
  });

  it('stay as they are when nothing is said for them', () => {
    expect(fillPlaceholders('USE $(Db)', 'mssql', {})).toBe('USE $(Db)');
    expect(fillPlaceholders('USE $(constructor)', 'mssql', {})).toBe('USE $(constructor)');
  });
});

describe('SQL*Plus', () => {
  it('replaces variables only where the script has that switched on', () => {
    const text =
      "SET DEFINE OFF\nINSERT INTO t VALUES ('R&D');\nset echo off define on\nCREATE TABLE &owner..t (a NUMBER);\nSET SCAN OFF\n-- AT&T\n";
    expect(of(text, 'oracle').map(({ mark, count }) => [mark, count])).toEqual([['&owner', 1]]);
    expect(fillPlaceholders(text, 'oracle', { OWNER: 'hr', D: 'x', T: 'x' })).toBe(text.replace('&owner.', 'hr'));
  });

  it('replaces them in literals, and arguments of the script by their number', () => {
    const text = "CREATE TABLE &1..t (a VARCHAR2(9) DEFAULT '&2');";
    expect(of(text, 'oracle').map(({ name }) => name)).toEqual(['1', '2']);
    expect(fillPlaceholders(text, 'oracle', { 1: 'hr', 2: 'x' })).toBe("CREATE TABLE hr.t (a VARCHAR2(9) DEFAULT 'x');");
  });

  it('takes another mark for them when the script chooses one', () => {
    const text =
      "SET DEFINE '#'\nCREATE TABLE #owner..t (a VARCHAR2(9) DEFAULT 'R&D');\nSET DEFINE OFF\n-- #x\nSET DEFINE ON\n-- #y";
    expect(of(text, 'oracle').map(({ mark }) => mark)).toEqual(['#owner', '#y']);
    expect(fillPlaceholders(text, 'oracle', { OWNER: 'hr' })).toContain("TABLE hr.t (a VARCHAR2(9) DEFAULT 'R&D')");
  });

  it('takes no column for a switch', () => {
    expect(of("UPDATE t\nSET define = 'x', a = '&b'", 'oracle').map(({ mark }) => mark)).toEqual(['&b']);
  });
});
