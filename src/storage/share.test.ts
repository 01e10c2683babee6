import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { randomDocument } from '#test/random-walk.ts';
import { runs } from '#test/runs.ts';
import { decodeShare, encodeShare, isShare } from './share.ts';

describe('a link that carries a document', () => {
  it('gives back exactly what it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (text) => {
        const link = await encodeShare(text);
        expect(link).toMatch(/^doc=1\.[A-Za-z0-9_-]+$/);
        expect(isShare(`#${link}`)).toBe(true);
        expect(await decodeShare(link)).toEqual({ ok: true, value: text });
        expect(await decodeShare(`#${link}`)).toEqual({ ok: true, value: text });
      }),
      runs(4711, 100),
    );
  });

  it('carries random documents with all that a concept, a diagram and a type can be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const document = randomDocument(seed);
        const back = await decodeShare(await encodeShare(serialize(document)));
        const parsed = back.ok ? parseDocument(back.value) : back;
        expect(parsed.ok && parsed.value.document).toEqual(document);
      }),
      runs(4712, 20),
    );
  });

  it('carries a document of 200 tables in less than a tenth of its file', async () => {
    const text = serialize(generatedDocument(200));
    const link = await encodeShare(text);
    expect(link.length).toBeLessThan(text.length / 10);
    const back = await decodeShare(link);
    const parsed = back.ok ? parseDocument(back.value) : back;
    expect(parsed.ok && serialize(parsed.value.document)).toBe(text);
  });

  it('notices any damage: a letter changed, or cut off', async () => {
    const link = await encodeShare(serialize(generatedDocument(3)));
    await fc.assert(
      fc.asyncProperty(fc.nat(link.length - 7), fc.constantFrom(...'AZaz09-_'), async (at, letter) => {
        const place = 6 + at;
        if (link[place] === letter) return;
        const changed = await decodeShare(`${link.slice(0, place)}${letter}${link.slice(place + 1)}`);
        // The last letter has bits that belong to no byte: those may differ.
        if (changed.ok) expect(place).toBe(link.length - 1);
        else expect(changed.problem.code).toBe('link-damaged');
        const cut = await decodeShare(link.slice(0, place));
        expect(cut.ok).toBe(false);
      }),
      runs(815, 120),
    );
  });

  it('refuses what is no link, whatever it is, without throwing', async () => {
    for (const text of ['', '#', '#doc=', '#doc=1.', '#doc=1.%00', '#doc=x.abc', '#doc=1.\ud800', 'doc=1.AAAA', '#other=1.AAAA']) {
      expect((await decodeShare(text)).ok).toBe(false);
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect((await decodeShare(`#doc=1.${text}`)).ok).toBe(false);
      }),
      runs(99, 60),
    );
    expect(isShare('#t12')).toBe(false);
  });

  it('says that a link is of a newer version', async () => {
    const refused = await decodeShare('#doc=2.AAAA');
    expect(!refused.ok && refused.problem.code).toBe('link-newer');
  });

  it('stops unpacking a bomb', async () => {
    const bomb = deflateSync(Buffer.alloc(40_000_000)).toString('base64url');
    expect(bomb.length).toBeLessThan(60_000);
    const refused = await decodeShare(`#doc=1.${bomb}`, 5_000_000);
    expect(!refused.ok && refused.problem.code).toBe('link-large');
  });

  it('refuses bytes that are no text', async () => {
    const bytes = deflateSync(Buffer.from([0xff, 0xfe, 0x00, 0xc3])).toString('base64url');
    const refused = await decodeShare(`#doc=1.${bytes}`);
    expect(!refused.ok && refused.problem.code).toBe('link-damaged');
  });
});
