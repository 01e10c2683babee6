import { useEffect, useState } from 'react';
import type { WorkloadImport } from '#engine/workload/import/read.ts';
import type { Problem } from '#lib/result.ts';
import { readQueries } from '#state/workload.ts';
import { decode } from '#storage/decode.ts';

/** What is given to be read: typed or pasted, or a file that is held beside the field. */
export interface Given {
  readonly text: string;
  /** Of the file it came from. */
  readonly name?: string;
}

export interface ReadGiven {
  readonly busy: boolean;
  readonly read?: WorkloadImport;
  readonly problem?: Problem;
}

/** Milliseconds after the last key before the text is read. */
const REST = 200;
const NOTHING: ReadGiven = { busy: false };

/** What the text says, read away from this thread a moment after each change. */
export function useImport({ text, name }: Given): ReadGiven {
  const [state, setState] = useState<ReadGiven>(NOTHING);
  useEffect(() => {
    if (text.trim() === '') {
      setState(NOTHING);
      return undefined;
    }
    // Not aborted: that would end the worker, and the next text would wait for its parser once more.
    const signal = new AbortController();
    let current = true;
    setState((before) => ({ ...before, busy: true }));
    const timer = setTimeout(
      () => {
        void readQueries(text, name, signal.signal).then((result) => {
          if (!current) return;
          setState(result.ok ? { busy: false, read: result.value } : { busy: false, problem: result.problem });
        });
      },
      name === undefined ? REST : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, name]);
  return state;
}

/** A file's text, or why it has none. */
export async function textOf(file: File): Promise<Given | Problem> {
  const decoded = decode(new Uint8Array(await file.arrayBuffer()));
  return decoded.ok ? { text: decoded.value.text, name: file.name } : decoded.problem;
}
