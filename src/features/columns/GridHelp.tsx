import { Kbd } from '#ui/Kbd.tsx';

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['enter', 'f2'], does: 'Edit the cell; Enter again takes it and goes down' },
  { keys: ['tab'], does: 'While editing: take it, edit the next cell' },
  { keys: ['mod+enter'], does: 'A new column below' },
  { keys: ['shift+arrowdown'], does: 'Select rows' },
  { keys: ['k', 'u', 'i', 'm'], does: 'On the signs: primary key, unique, index, not null' },
  { keys: ['alt+arrowdown'], does: 'Move the selected rows' },
  { keys: ['delete'], does: 'Delete the selected rows' },
  { keys: ['escape'], does: 'Leave the cell, then the grid' },
];

const LINES: readonly { readonly typed: string; readonly means: string }[] = [
  { typed: 'email text!', means: 'type, not null' },
  { typed: 'id pk', means: 'a key that counts by itself' },
  { typed: 'customer_id -> customers', means: 'foreign key' },
  { typed: 'status enum(draft, sent)', means: 'an enum and its column' },
  { typed: 'total numeric(12,2) = 0', means: 'default' },
  { typed: 'code text uq ix -- why', means: 'unique, index, comment' },
  { typed: 'first_name, last_name', means: 'several columns' },
];

/** What the keys of the columns' grid do, and what can be typed as a column in one line. They cannot be changed. */
export function GridHelp() {
  return (
    <>
      <section aria-label="In the grid of columns" className="mb-4 break-inside-avoid">
        <h3 className="mb-1 text-xs font-semibold text-ink-2">In the grid of columns</h3>
        <ul>
          {KEYS.map(({ keys, does }) => (
            <li key={does} className="flex min-h-7 items-center gap-1.5 border-line border-b py-0.5">
              <span className="min-w-0 flex-1 leading-4.5">{does}</span>
              {keys.map((one) => (
                <Kbd key={one} keys={one} />
              ))}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="A column in one line" className="mb-4 break-inside-avoid">
        <h3 className="mb-1 text-xs font-semibold text-ink-2">A column in one line</h3>
        <ul>
          {LINES.map(({ typed, means }) => (
            <li key={typed} className="flex min-h-7 items-center gap-2 border-line border-b py-0.5">
              <code className="min-w-0 flex-1 truncate font-mono text-[11.5px]">{typed}</code>
              <span className="text-ink-2">{means}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
