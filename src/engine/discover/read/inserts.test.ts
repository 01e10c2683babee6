import { describe, expect, it } from 'vitest';
import type { Dialect } from '#model/types.ts';
import { UNLIMITED } from '../../budget.ts';
import { readInserts } from './inserts.ts';

const rowsOf = (text: string, dialect: Dialect) => readInserts(text, dialect, UNLIMITED);

describe('rows of a dump', () => {
  it('of MySQL: many in one statement, named by CREATE TABLE, escapes undone', () => {
    const text = [
      'CREATE TABLE `shop`.`a` (`id` int, `name` varchar(20), PRIMARY KEY (`id`), KEY `k` (`name`)) ENGINE=InnoDB;',
      "INSERT INTO `a` VALUES (1,'O\\'Hara; (x)'),(-2,NULL),(3,'it''s');",
      "INSERT INTO `a` (`name`) VALUES (_utf8mb4'y');",
    ].join('\n');
    expect(rowsOf(text, 'mysql')).toEqual([
      {
        name: 'a',
        columns: ['id', 'name'],
        rows: [
          ['1', "O'Hara; (x)"],
          ['-2', undefined],
          ['3', "it's"],
          [undefined, 'y'],
        ],
      },
    ]);
  });

  it('of SQL Server: several statements in a batch, casts and national texts', () => {
    const text = [
      'CREATE TABLE [dbo].[Order Details] ([OrderID] int NOT NULL, [Day] datetime)',
      'GO',
      "INSERT [dbo].[Order Details] ([OrderID], [Day]) VALUES (1, CAST(N'2004-05-01' AS DateTime))",
      "INSERT INTO [dbo].[Order Details] ([OrderID], [Day]) VALUES (2, N'x')",
      'GO',
    ].join('\n');
    const [table] = rowsOf(text, 'mssql');
    expect(table?.name).toBe('Order Details');
    expect(table?.rows).toEqual([
      ['1', '2004-05-01'],
      ['2', 'x'],
    ]);
  });

  it('of Oracle: dates by their text, columns by number where nobody names them', () => {
    const text = "INSERT INTO emp VALUES (7, TO_DATE('17-12-1980','dd-mm-yyyy'), DATE '2001-01-01', NULL);";
    expect(rowsOf(text, 'oracle')).toEqual([
      {
        name: 'EMP',
        columns: ['column_1', 'column_2', 'column_3', 'column_4'],
        rows: [['7', '17-12-1980', '2001-01-01', undefined]],
      },
    ]);
  });

  it('are not those of queries, and of nothing there are none', () => {
    expect(rowsOf('INSERT INTO a SELECT * FROM b; CREATE TABLE c (x int);', 'mysql')).toEqual([]);
    expect(rowsOf('INSERT INTO a (x', 'mysql')).toEqual([]);
  });
});
