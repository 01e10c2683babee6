import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('the lockfile', () => {
  it('names every optional package, so that npm ci works on every system', () => {
    expect(() => execFileSync('node', ['scripts/complete-lockfile.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('names no registry', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
  });
});
