import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEADERS } from '../scripts/headers.mjs';

describe('the headers', () => {
  it('are the same in the server, in the file for hosts and in the hosting page', () => {
    for (const file of ['public/_headers', 'docs/hosting.md']) {
      const text = readFileSync(file, 'utf8');
      for (const [name, value] of Object.entries(HEADERS)) expect(text).toContain(`${name}: ${value}`);
    }
  });
});
