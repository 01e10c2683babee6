import type { ChangeStep, SchemaChange } from '#model/change-types.ts';
import type { Document } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { FRAMES, framed, stepText } from '../dialects/frames.ts';

/** The script of one way: each step with what it is for. */
export function changeScript(change: SchemaChange, steps: readonly ChangeStep[], way: 'forward' | 'back'): string {
  const frame = FRAMES[change.dialect];
  const head = [
    `-- ${change.title}${way === 'back' ? ': the way back' : ''} (${change.date}), for ${TRAITS[change.dialect].label} ${change.version}.`,
    ...frame.says.map((line) => `-- ${line}`),
  ].map((line) => line.replaceAll(/[\r\n]+/g, ' '));
  const around = (statements: readonly string[]) => (statements.length === 0 ? [] : [framed(frame, statements)]);
  const parts = steps.map(
    ({ phase, note, sql }, at) => `-- ${at + 1}. ${phase}: ${note.replaceAll(/[\r\n]+/g, ' ')}\n${stepText(frame, sql)}`,
  );
  return `${[head.join('\n'), ...around(frame.begin), ...parts, ...around(frame.end)].join('\n\n')}\n`;
}

/** The kept changes in the order of their dates, as a file for each way; `name` makes a file's stem of a title. */
export function changeFiles(
  document: Document,
  name: (title: string) => string,
): readonly { readonly path: string; readonly text: string }[] {
  const all = Object.values(document.changes).sort((a, b) => (`${a.date} ${a.id}` < `${b.date} ${b.id}` ? -1 : 1));
  return all.flatMap((change, at) => {
    const stem = `changes/${String(at + 1).padStart(3, '0')}-${name(change.title)}`;
    return [
      { path: `${stem}.sql`, text: changeScript(change, change.forward, 'forward') },
      { path: `${stem}.down.sql`, text: changeScript(change, change.back, 'back') },
    ];
  });
}
