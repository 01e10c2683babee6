import { describe, expect, it } from 'vitest';
import { LONG_LINK, LONGEST_LINK } from '#storage/share.ts';
import { linkOf } from './make-link.ts';

describe('linkOf', () => {
  it('puts the document behind the address, in place of what stood there', () => {
    expect(linkOf('doc=1.abc', 'https://x.example/studio/?a=1#doc=1.old#x')).toEqual({
      ok: true,
      value: { url: 'https://x.example/studio/?a=1#doc=1.abc', long: false },
    });
  });

  it('warns of a long one, and refuses one that browsers would not open, saying what to do', () => {
    const warned = linkOf('x'.repeat(LONG_LINK), 'https://x.example/');
    expect(warned.ok && warned.value.long).toBe(true);
    const refused = linkOf('x'.repeat(LONGEST_LINK), 'https://x.example/');
    expect(!refused.ok && refused.problem.code).toBe('link-too-long');
    expect(!refused.ok && refused.problem.message).toContain('Crowfoot file');
  });
});
