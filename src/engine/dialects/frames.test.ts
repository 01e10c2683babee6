import { expect, it } from 'vitest';
import { FRAMES, framed, stepText } from './frames.ts';

it('a batch of SQL Server runs only while the transaction is there', () => {
  const frame = FRAMES.mssql;
  const look = 'IF @@TRANCOUNT = 0 SET NOEXEC ON;\nGO';
  expect(stepText(frame, 'SELECT 1;\nGO\n\nSELECT 2;\nGO\n')).toBe(`${look}\nSELECT 1;\nGO\n${look}\n\nSELECT 2;\nGO`);
  expect(framed(frame, frame.begin)).toBe('SET XACT_ABORT ON;\nGO\nBEGIN TRANSACTION;\nGO');
  // A line of a text that only begins so ends no batch.
  expect(stepText(frame, "SELECT N'GO on'\nGO").split(look)).toHaveLength(2);
});

it('other steps stand as they are', () => {
  for (const dialect of ['postgresql', 'mysql', 'mariadb', 'sqlite', 'oracle'] as const)
    expect(stepText(FRAMES[dialect], 'SELECT 1;\nGO\n')).toBe('SELECT 1;\nGO\n');
  expect(FRAMES.mysql.says.join(' ')).toContain('commit by themselves');
  expect(framed(FRAMES.sqlite, FRAMES.sqlite.begin).split('\n')).toHaveLength(3);
});
