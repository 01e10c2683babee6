import { normalKeys } from '#state/bindings.ts';

/** Combinations browsers never hand to a page. */
const RESERVED = [
  'mod+n',
  'mod+t',
  'mod+w',
  'mod+shift+n',
  'mod+shift+t',
  'mod+shift+w',
  'mod+tab',
  'mod+shift+tab',
  'alt+f4',
  'f11',
];
const RESERVED_MAC = [
  'mod+q',
  'mod+h',
  'mod+m',
  'mod+tab',
  'mod+space',
  'mod+n',
  'mod+t',
  'mod+w',
  'mod+shift+n',
  'mod+shift+t',
  'mod+shift+w',
];

/** What a combination does in the browser, where a page can take it over. */
const TAKEN: Readonly<Record<string, string>> = {
  'mod+a': 'selects all',
  'mod+c': 'copies',
  'mod+x': 'cuts',
  'mod+v': 'pastes',
  'mod+r': 'reloads the page',
  f5: 'reloads the page',
  'mod+l': 'goes to the address',
  'mod+f': 'finds in the page',
  'mod+g': 'finds again',
  'mod+p': 'prints',
  'mod+s': 'saves the page',
  'mod+o': 'opens a file',
  'mod+d': 'sets a bookmark',
  'mod+h': 'shows the history',
  'mod+j': 'shows the downloads',
  'mod+u': 'shows the source',
  'mod+shift+i': 'opens the developer tools',
  'mod+shift+j': 'opens the developer tools',
  'mod+shift+c': 'opens the developer tools',
  'mod++': 'zooms the page',
  'mod+-': 'zooms the page',
  'mod+0': 'zooms the page',
  'alt+arrowleft': 'goes back',
  'alt+arrowright': 'goes forward',
  f1: 'opens help',
  f3: 'finds again',
  f6: 'moves between the parts of the window',
  f12: 'opens the developer tools',
  tab: 'moves the focus',
  'shift+tab': 'moves the focus',
};

export interface BrowserKey {
  /** `reserved`: the studio will never see it. `taken`: the studio takes it from the browser. */
  readonly kind: 'reserved' | 'taken';
  readonly says: string;
}

/** What the browser or the system does with a combination, if anything. */
export function browserKey(combination: string, mac: boolean): BrowserKey | undefined {
  const keys = normalKeys(combination);
  if ((mac ? RESERVED_MAC : RESERVED).includes(keys) || /^mod\+[1-9]$/.test(keys)) {
    return { kind: 'reserved', says: 'Browsers keep this one for themselves: the studio may never see it.' };
  }
  const does = Object.hasOwn(TAKEN, keys) ? TAKEN[keys] : undefined;
  return does === undefined ? undefined : { kind: 'taken', says: `In a browser this ${does}; in the studio it will not any more.` };
}
