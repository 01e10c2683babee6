/** A way in which something is made or not: remembered between visits, no part of any document. */
export interface ItemChoice {
  readonly label: string;
  readonly hint: string;
  readonly isChosen: () => boolean;
  readonly choose: (chosen: boolean) => void;
}

const KEY = 'crowfoot.indexes';

/** Whether the migration of the indexes is written for a system that runs. */
export function areIndexesLive(): boolean {
  try {
    return localStorage.getItem(KEY) === 'live';
  } catch {
    return false;
  }
}

export const INDEX_FORM: ItemChoice = {
  label: 'Indexes for a running system',
  hint: '002_add_indexes.sql makes and drops them while others read and write, with what to do when one fails.',
  isChosen: areIndexesLive,
  choose(chosen) {
    try {
      localStorage.setItem(KEY, chosen ? 'live' : 'plain');
    } catch {
      // A full or forbidden store: the next visit begins with the plain form.
    }
  },
};
