import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyText } from './copy-text.ts';
import { noticesStore } from './notices.ts';

const said = () => noticesStore.getState().notices.map(({ tone, text }) => `${tone}: ${text}`);

afterEach(() => {
  vi.unstubAllGlobals();
  noticesStore.setState({ notices: [] });
});

describe('copying a text', () => {
  it('puts it on the clipboard and says what it was told to', async () => {
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    expect(await copyText('SELECT 1', 'The query is copied.')).toBe(true);
    expect(writeText).toHaveBeenCalledExactlyOnceWith('SELECT 1');
    expect(said()).toEqual(['ok: The query is copied.']);
  });

  it('says nothing where whoever asks shows it', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: async () => undefined } });
    expect(await copyText('SELECT 1')).toBe(true);
    expect(said()).toEqual([]);
  });

  it('says what to do when the browser does not let it, or has no clipboard at all', async () => {
    const refused = ['bad: The browser did not let the studio copy: select the text and copy it.'];
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('NotAllowedError')) } });
    expect(await copyText('SELECT 1', 'The query is copied.')).toBe(false);
    expect(said()).toEqual(refused);
    noticesStore.setState({ notices: [] });
    vi.stubGlobal('navigator', {});
    expect(await copyText('SELECT 1')).toBe(false);
    expect(said()).toEqual(refused);
  });
});
