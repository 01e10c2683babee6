import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument } from '#model/create.ts';
import { applyDiff, diffDocuments } from '#model/diff.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { FakeBrowser } from '#test/fake-tabs.ts';
import { type Dice, randomCall, seededDice } from '#test/random-calls.ts';
import { Tenure } from './tabs.ts';

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** A tab that shows one document; `disk` stands for the store that all tabs share. */
class Tab {
  document: Document;
  role: 'owner' | 'follower' | undefined;
  owned = 0;
  readonly tenure: Tenure;
  readonly number: number;
  readonly #disk: { document: Document };

  constructor(browser: FakeBrowser, disk: { document: Document }, patience = 20) {
    const { port, tab } = browser.tab();
    this.number = tab;
    this.#disk = disk;
    this.document = disk.document;
    this.tenure = new Tenure(
      port,
      'doc',
      `tab${tab}`,
      {
        own: async () => {
          this.owned += 1;
          this.role = 'owner';
          // What reached this tab by words but not the store is kept.
          disk.document = this.document;
        },
        follow: () => {
          this.role = 'follower';
        },
        state: (document) => {
          this.document = document;
        },
        diff: (diff) => {
          this.document = applyDiff(this.document, diff);
        },
        flush: async () => {
          disk.document = this.document;
        },
        current: () => this.document,
      },
      patience,
    );
  }

  async start(): Promise<this> {
    this.role = await this.tenure.start();
    this.document = this.#disk.document;
    if (this.role === 'follower') this.tenure.greet();
    return this;
  }

  edit(dice: Dice): void {
    const ran = runCommands(this.document, [randomCall(this.document, dice)], derivedIds());
    if (!ran.ok) return;
    const diff = diffDocuments(this.document, ran.value.document);
    this.document = ran.value.document;
    this.tenure.publish(diff);
  }
}

describe('tabs of one document', () => {
  it('[T1] the first owns it, the others follow its edits, unsaved ones included', async () => {
    const browser = new FakeBrowser();
    const disk = { document: emptyDocument() };
    const first = await new Tab(browser, disk).start();
    for (let n = 0; n < 30; n++) first.edit(seededDice(n));
    const second = await new Tab(browser, disk).start();
    expect([first.role, second.role]).toEqual(['owner', 'follower']);
    await settle();
    expect(serialize(second.document)).toBe(serialize(first.document));
    for (let n = 30; n < 60; n++) first.edit(seededDice(n));
    await settle();
    expect(serialize(second.document)).toBe(serialize(first.document));
    expect(serialize(first.document)).not.toBe(serialize(emptyDocument()));
  });

  it('[T2] when the owner closes or crashes, the one that waits longest owns', async () => {
    for (const end of ['close', 'crash'] as const) {
      const browser = new FakeBrowser();
      const disk = { document: emptyDocument() };
      const tabs = [
        await new Tab(browser, disk).start(),
        await new Tab(browser, disk).start(),
        await new Tab(browser, disk).start(),
      ];
      const [first, second, third] = tabs as [Tab, Tab, Tab];
      await settle();
      first.edit(seededDice(1));
      await settle();
      if (end === 'close') first.tenure.stop();
      else browser.crash(first.number);
      await settle();
      expect([second.role, second.owned, third.role]).toEqual(['owner', 1, 'follower']);
      second.edit(seededDice(2));
      await settle();
      expect(serialize(third.document)).toBe(serialize(second.document));
    }
  });

  it('[T3] any tab may take over; the owner stores its edits first and follows', async () => {
    const browser = new FakeBrowser();
    const disk = { document: emptyDocument() };
    const [first, second, third] = [
      await new Tab(browser, disk).start(),
      await new Tab(browser, disk).start(),
      await new Tab(browser, disk).start(),
    ] as const;
    first.edit(seededDice(3));
    await settle();
    await third.tenure.takeOver();
    await settle();
    expect([first.role, second.role, third.role]).toEqual(['follower', 'follower', 'owner']);
    third.edit(seededDice(4));
    await settle();
    for (const tab of [first, second]) expect(serialize(tab.document)).toBe(serialize(third.document));
    await first.tenure.takeOver();
    await settle();
    expect([first.role, third.role]).toEqual(['owner', 'follower']);
  });

  it('[T4] an owner that does not answer loses the document, and learns it', async () => {
    const browser = new FakeBrowser();
    const disk = { document: emptyDocument() };
    const first = await new Tab(browser, disk).start();
    const second = await new Tab(browser, disk, 5).start();
    await settle();
    browser.freeze(first.number);
    await second.tenure.takeOver();
    await settle();
    expect([first.role, second.role]).toEqual(['follower', 'owner']);
    expect([first.tenure.owner, second.tenure.owner]).toEqual([false, true]);
  });

  it('[T5] whatever two to four tabs do, there is one owner and all see the same', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const dice = seededDice(seed);
      const browser = new FakeBrowser();
      const disk = { document: emptyDocument() };
      const tabs: Tab[] = [];
      for (let n = 0; n < 2 + dice.roll(3); n++) tabs.push(await new Tab(browser, disk, 50).start());
      await settle();
      for (let n = 0; n < 60; n++) {
        const roll = dice.roll(20);
        const tab = tabs[dice.roll(tabs.length)] as Tab;
        if (roll === 0) await tab.tenure.takeOver();
        else if (roll === 1 && tabs.length > 1) {
          browser.crash(tab.number);
          tabs.splice(tabs.indexOf(tab), 1);
        } else if (roll === 2 && tabs.length < 4) tabs.push(await new Tab(browser, disk, 50).start());
        else if (roll === 3) await settle();
        else tabs.find((one) => one.tenure.owner)?.edit(dice);
      }
      await settle();
      await settle();
      expect([seed, tabs.filter((one) => one.tenure.owner).length]).toEqual([seed, 1]);
      const texts = new Set(tabs.map((one) => serialize(one.document)));
      expect([seed, texts.size]).toEqual([seed, 1]);
    }
  });
});
