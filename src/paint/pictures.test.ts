import { describe, expect, it } from 'vitest';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import { generatedDocument } from '#test/generated-document.ts';
import type { FromPictures, PictureLook, PictureSubject, ToPictures } from './picture-protocol.ts';
import { Pictures, type PicturesWorker } from './pictures.ts';

/** A worker that answers when it is told to. */
class Desk implements PicturesWorker {
  readonly got: ToPictures[] = [];
  ended = false;
  onmessage: PicturesWorker['onmessage'] = null;
  onerror: PicturesWorker['onerror'] = null;

  postMessage(message: ToPictures): void {
    this.got.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: FromPictures): void {
    this.onmessage?.({ data });
  }
}

function set(): { readonly pictures: Pictures; readonly desks: Desk[] } {
  const desks: Desk[] = [];
  const pictures = new Pictures(() => {
    const desk = new Desk();
    desks.push(desk);
    return desk;
  });
  return { pictures, desks };
}

const SUBJECT: PictureSubject = { document: generatedDocument(2), diagram: MAIN_DIAGRAM };
const LOOK: PictureLook = { theme: 'light', background: true };
const FACTS = { width: 10, height: 20, nodes: 2, drawn: 2 };

describe('Pictures', () => {
  it('sends a subject once, however often it is shown', async () => {
    const { pictures, desks } = set();
    const first = pictures.show(SUBJECT);
    const again = pictures.show({ ...SUBJECT });
    desks[0]?.say({ kind: 'facts', id: 1, facts: FACTS });
    expect(await first).toEqual({ ok: true, value: FACTS });
    expect(await again).toEqual({ ok: true, value: FACTS });
    expect(desks[0]?.got).toHaveLength(1);
    void pictures.show({ ...SUBJECT, only: ['tbl_0'] });
    expect(desks[0]?.got).toHaveLength(2);
  });

  it('says how far a picture is, and hands it over', async () => {
    const { pictures, desks } = set();
    const heard: number[] = [];
    const made = pictures.make(LOOK, { kind: 'png', scale: 1 }, undefined, (done) => heard.push(done));
    desks[0]?.say({ kind: 'progress', id: 1, done: 0.5, what: 'Drawing' });
    const blob = new Blob(['x']);
    desks[0]?.say({ kind: 'made', id: 1, result: { ok: true, value: blob } });
    expect(await made).toEqual({ ok: true, value: blob });
    expect(heard).toEqual([0.5]);
  });

  it('ends the worker to cancel, and tells the next one the subject again', async () => {
    const { pictures, desks } = set();
    void pictures.show(SUBJECT);
    desks[0]?.say({ kind: 'facts', id: 1, facts: FACTS });
    const stop = new AbortController();
    const made = pictures.make(LOOK, { kind: 'png', scale: 4 }, stop.signal);
    stop.abort();
    const result = await made;
    expect(!result.ok && result.problem.code).toBe('stopped');
    expect(desks[0]?.ended).toBe(true);
    void pictures.make(LOOK, { kind: 'svg', fonts: false });
    expect(desks[1]?.got.map((one) => one.kind)).toEqual(['subject', 'make']);
    const late = await pictures.make(LOOK, { kind: 'html' }, stop.signal);
    expect(!late.ok && late.problem.code).toBe('stopped');
  });

  it('says why when the work fails or the worker ends', async () => {
    const { pictures, desks } = set();
    const failed = pictures.make(LOOK, { kind: 'html' });
    desks[0]?.say({ kind: 'failed', id: 1, message: 'no memory' });
    const one = await failed;
    expect(!one.ok && one.problem).toMatchObject({ code: 'picture-failed', message: expect.stringContaining('no memory') });
    const broken = pictures.make(LOOK, { kind: 'html' });
    desks[0]?.onerror?.({ message: 'gone' });
    const two = await broken;
    expect(!two.ok && two.problem.message).toContain('gone');
    void pictures.make(LOOK, { kind: 'html' });
    expect(desks).toHaveLength(2);
  });
});
