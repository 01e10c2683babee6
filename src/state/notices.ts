import { createStore } from 'zustand/vanilla';

/** Something said to the person at the edge of the screen, with at most one thing to do about it. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'ok' | 'warn' | 'bad';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Stays until dismissed. */
  readonly sticky?: boolean;
}

export const noticesStore = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let serial = 0;

export function notify(notice: Omit<Notice, 'id'>): number {
  serial += 1;
  const id = serial;
  noticesStore.setState(({ notices }) => ({ notices: [...notices.slice(-3), { ...notice, id }] }));
  return id;
}

export function dismissNotice(id: number): void {
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }));
}
