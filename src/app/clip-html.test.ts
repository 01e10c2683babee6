import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { clipHtml, clipInHtml } from './clip-html.ts';

describe('HTML that carries a clip', () => {
  it('gives back any text, whatever the SQL beside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (clip, sql) => {
        expect(clipInHtml(`<html><body>${clipHtml(clip, sql)}</body></html>`)).toBe(clip);
      }),
      runs(31, 100),
    );
  });

  it('shows SQL as text, and finds nothing where nothing is carried', () => {
    expect(clipHtml('{}', '<script>&')).toContain('>&lt;script&gt;&amp;</pre>');
    expect(clipInHtml('<pre>CREATE TABLE a ();</pre>')).toBeUndefined();
    expect(clipInHtml('<pre data-crowfoot="')).toBeUndefined();
    expect(clipInHtml('<pre data-crowfoot="***">')).toBeUndefined();
  });
});
