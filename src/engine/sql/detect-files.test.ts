import { describe, expect, it } from 'vitest';
import { detectFiles } from './detect-files.ts';

const MYSQL = { name: 'a.sql', text: 'CREATE TABLE `t` (a int AUTO_INCREMENT) ENGINE=InnoDB;' };
const MARIADB = { name: 'b.sql', text: '-- MariaDB dump 10.19\nCREATE TABLE `u` (a int AUTO_INCREMENT) ENGINE=InnoDB;' };
const POSTGRESQL = { name: 'c.sql', text: 'CREATE TABLE t (id bigserial, j jsonb);' };
const PLAIN = { name: 'd.sql', text: 'CREATE TABLE v (a INT);' };

describe('the dialect of several files', () => {
  it('is that of the surest, and the others go with it', () => {
    const found = detectFiles([PLAIN, MYSQL, PLAIN]);
    expect(found).toMatchObject({ ok: true, value: { dialect: 'mysql', confidence: 'certain' } });
    expect(found.ok && found.value.evidence[0]?.file).toBe('a.sql');
  });

  it('is MariaDB for files of MySQL and MariaDB', () => {
    expect(detectFiles([MYSQL, MARIADB])).toMatchObject({ ok: true, value: { dialect: 'mariadb' } });
    expect(detectFiles([MARIADB, MYSQL])).toMatchObject({ ok: true, value: { dialect: 'mariadb' } });
  });

  it('is refused for files that are certainly of two dialects, with both named', () => {
    const refused = detectFiles([PLAIN, MYSQL, POSTGRESQL]);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'mixed-dialects' } });
    const message = refused.ok ? '' : refused.problem.message;
    expect(message).toContain('a.sql is MySQL');
    expect(message).toContain('c.sql is PostgreSQL');
  });

  it('is what is expected where no file tells', () => {
    expect(detectFiles([PLAIN], { fallback: 'sqlite' })).toMatchObject({
      ok: true,
      value: { dialect: 'sqlite', confidence: 'guess' },
    });
    expect(detectFiles([])).toMatchObject({ ok: true, value: { dialect: 'postgresql' } });
  });
});
