import { describe, expect, it } from 'vitest';
import { type FilePort, fileNameOf, openFile, readLinked, saveFile } from './files.ts';

/** A file on a disk that others may write to as well. */
class FakeFile {
  content = '';
  modified = 1;
  permission: PermissionState = 'granted';
  asked = 0;
  gone = false;
  readonly handle: FileSystemFileHandle;

  constructor(name: string) {
    const self = this;
    this.handle = {
      kind: 'file',
      name,
      async getFile() {
        if (self.gone) throw new DOMException('gone', 'NotFoundError');
        return new File([self.content], name, { lastModified: self.modified });
      },
      async createWritable() {
        let text = '';
        return {
          write: async (chunk: string) => {
            text += chunk;
          },
          close: async () => {
            self.write(text);
          },
        };
      },
      queryPermission: async () => self.permission,
      requestPermission: async () => {
        self.asked += 1;
        self.permission = self.permission === 'prompt' ? 'granted' : self.permission;
        return self.permission;
      },
    } as unknown as FileSystemFileHandle;
  }

  write(text: string): void {
    this.content = text;
    this.modified += 1;
  }
}

function port(file: FakeFile | undefined, downloads: string[] = []): FilePort {
  return {
    open: async () => (file === undefined ? undefined : { file: await file.handle.getFile(), handle: file.handle }),
    choose: async () => file?.handle,
    download: (name) => downloads.push(name),
  };
}

async function linked(file: FakeFile, text = 'one') {
  const saved = await saveFile(port(file), text, { suggestedName: 'x' });
  if (!saved.ok || saved.value.kind !== 'written') throw new Error('not written');
  return saved.value.link;
}

describe('files on disk', () => {
  it('are written where the person chose, and again without asking', async () => {
    const file = new FakeFile('a.crowfoot.json');
    const link = await linked(file);
    expect(file.content).toBe('one');
    const again = await saveFile(port(undefined), 'two', { link, suggestedName: 'x' });
    expect(again.ok && again.value.kind).toBe('written');
    expect(file.content).toBe('two');
  });

  it('that somebody changed are not overwritten but reported, until told to', async () => {
    const file = new FakeFile('a.crowfoot.json');
    const link = await linked(file);
    file.write('theirs');
    const saved = await saveFile(port(file), 'mine', { link, suggestedName: 'x' });
    expect(saved.ok && saved.value).toEqual({ kind: 'changed', name: 'a.crowfoot.json', mine: 'mine', theirs: 'theirs' });
    expect(file.content).toBe('theirs');
    const forced = await saveFile(port(file), 'mine', { link, suggestedName: 'x', overwrite: true });
    expect(forced.ok && forced.value.kind).toBe('written');
    expect(file.content).toBe('mine');
  });

  it('that were only touched, or hold the very text, are written', async () => {
    const file = new FakeFile('a.crowfoot.json');
    const link = await linked(file);
    file.write('one');
    expect(await saveFile(port(file), 'two', { link, suggestedName: 'x' }).then((one) => one.ok && one.value.kind)).toBe('written');
    file.write('three');
    expect(await saveFile(port(file), 'three', { link, suggestedName: 'x' }).then((one) => one.ok && one.value.kind)).toBe(
      'written',
    );
  });

  it('after a reload are asked for again, and a refusal is a value', async () => {
    const file = new FakeFile('a.crowfoot.json');
    const link = await linked(file);
    file.permission = 'prompt';
    expect((await saveFile(port(file), 'two', { link, suggestedName: 'x' })).ok).toBe(true);
    expect(file.asked).toBe(1);
    file.permission = 'denied';
    const refused = await saveFile(port(file), 'three', { link, suggestedName: 'x' });
    expect(!refused.ok && refused.problem.code).toBe('file-forbidden');
    expect(file.content).toBe('two');
    file.permission = 'granted';
    file.gone = true;
    const gone = await saveFile(port(file), 'three', { link, suggestedName: 'x' });
    expect(!gone.ok && gone.problem.code).toBe('file-gone');
    expect((await readLinked(file.handle)).ok).toBe(false);
  });

  it('are downloads where the browser cannot save, and nothing when the person chooses nothing', async () => {
    const downloads: string[] = [];
    const { choose: _, ...only } = port(undefined, downloads);
    const saved = await saveFile(only, 'x', { suggestedName: 'shop.crowfoot.json' });
    expect(saved.ok && saved.value).toEqual({ kind: 'downloaded', name: 'shop.crowfoot.json' });
    expect(downloads).toEqual(['shop.crowfoot.json']);
    expect(await saveFile(port(undefined), 'x', { suggestedName: 'y' })).toEqual({ ok: true, value: { kind: 'cancelled' } });
    expect(await openFile(port(undefined))).toEqual({ ok: true, value: undefined });
  });

  it('are read with what is needed to notice a change later', async () => {
    const file = new FakeFile('b.crowfoot.json');
    file.write('there');
    const opened = await openFile(port(file));
    expect(opened.ok && opened.value).toMatchObject({ name: 'b.crowfoot.json', text: 'there', link: { size: 5, modified: 2 } });
  });

  it('have names that every file system takes', () => {
    expect(fileNameOf('Shop: a/b')).toBe('Shop- a-b.crowfoot.json');
    expect(fileNameOf('')).toBe('Untitled.crowfoot.json');
    expect(fileNameOf('..')).toBe('Untitled.crowfoot.json');
    expect(fileNameOf('größe\n漢字 ')).toBe('größe-漢字.crowfoot.json');
    expect(fileNameOf('x'.repeat(400)).length).toBeLessThan(130);
  });
});
