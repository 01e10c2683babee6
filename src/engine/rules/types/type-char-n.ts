import { defineRule } from '../define.ts';
import { columnsOfType, renamed, sayColumns } from './by-column.ts';

export const typeCharN = defineRule({
  id: 'type-char-n',
  category: 'types',
  scope: 'table',
  severity: 'info',
  title: 'Blank-padded char(n)',
  dialects: ['postgresql'],
  docs: {
    what: 'Columns have the type char(n).',
    why: 'Values are padded with blanks to the length; trailing blanks do not count in some comparisons and do in others. It saves nothing: PostgreSQL stores the padding.',
    todo: 'Use text or varchar(n), with CHECK (length(...) = n) where the length is exact.',
  },
  sources: ['PostgreSQL wiki, Don’t Do This: char(n)', 'Checked likewise by squawk (ban-char-field), pg-index-health, SOAR'],
  check(at) {
    return sayColumns(
      at,
      columnsOfType(at, 'char', 'bpchar', 'character'),
      (names, several) => `${at.title}: ${names} ${several ? 'are' : 'is'} padded with blanks (char).`,
      (column) => {
        const args = column.type.kind === 'builtin' ? column.type.args : undefined;
        return column.generated === undefined ? renamed(column.type, 'varchar', args ?? ['1']) : undefined;
      },
    );
  },
  examples: {
    bad: [{ ddl: 'CREATE TABLE countries (code char(2) PRIMARY KEY, name text);', expect: ['countries.code'] }],
    good: [{ ddl: 'CREATE TABLE countries (code varchar(2) PRIMARY KEY CHECK (length(code) = 2), name text);' }],
  },
});
