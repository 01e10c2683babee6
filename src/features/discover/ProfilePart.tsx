import type { ColumnProfile } from '#engine/discover/profile/profile.ts';
import { many } from '#lib/amounts.ts';
import { typeName } from '#model/derive/type-name.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Pill } from '#ui/Pill.tsx';
import { TextField } from '#ui/TextField.tsx';
import { ColumnShape } from './ColumnShape.tsx';
import { keyOf } from './choice.ts';
import type { PartProps } from './DependenciesPart.tsx';
import { nameColumn } from './session.ts';
import { VirtualList } from './VirtualList.tsx';

const GRID =
  'grid grid-cols-[minmax(9rem,1.1fr)_minmax(8.5rem,0.7fr)_4.5rem_4.5rem_minmax(7rem,0.9fr)_minmax(9rem,1.4fr)_minmax(6rem,0.8fr)] gap-x-3 px-4';
const HEADS = ['Column', 'Type', 'Distinct', 'NULLs', 'Smallest, largest', 'Most frequent', 'Looks like'];

/** What a text with several facts in it is called. */
const PACKED = { list: 'a list', pairs: 'pairs', code: 'a code', quantity: 'with a unit' } as const;

function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const share = (part / whole) * 100;
  return share < 1 ? '< 1 %' : `${Math.round(share)} %`;
}

function Said({ what }: { readonly what: string }) {
  return <span className="sr-only">{what}: </span>;
}

function Lines({ what, values, rows }: { readonly what: string; readonly values: ColumnProfile['top']; readonly rows?: number }) {
  const shown = values.slice(0, 2);
  const all = values.map(({ value, rows: count }) => `${value}  ${many(count, 'row')}`).join('\n');
  return (
    <span className="flex min-w-0 flex-col justify-center" title={all}>
      <Said what={what} />
      {shown.map(({ value, rows: count }) => (
        <span key={value} className="flex min-w-0 gap-2">
          <span className="min-w-0 truncate font-mono">{value === '' ? '(empty text)' : value}</span>
          {rows === undefined ? null : <span className="shrink-0 text-ink-3 tabular-nums">{percent(count, rows)}</span>}
        </span>
      ))}
    </span>
  );
}

interface Line {
  readonly key: string;
  readonly at: number;
  readonly profile: ColumnProfile;
}

/** What each column holds, and what it would be in the table. */
export function ProfilePart({ table, choice, standing }: PartProps) {
  const document = useDocumentState((state) => state.document);
  const lines = table.profiles.map((profile, at): Line => ({ key: String(at), at, profile }));
  const primary = table.keys.find(({ columns }) => keyOf(columns) === choice.primary)?.columns ?? [];
  const draw = ({ at, profile }: Line, tabIndex: 0 | -1) => {
    const proposed = table.proposal.columns[at];
    const mapped = standing.mapped?.[at];
    const name = choice.columns[at] ?? '';
    const twice = choice.columns.some((other, index) => index !== at && other === name);
    return (
      <div className={`${GRID} h-full items-center text-xs`}>
        <span className="flex min-w-0 flex-col justify-center gap-0.5">
          {standing.mapped === undefined ? (
            <TextField
              label={`Name of column ${profile.name}`}
              hideLabel
              mono
              tabIndex={tabIndex}
              value={name}
              title={profile.name === name ? undefined : `${profile.name} in the file`}
              error={name === '' ? 'A name is missing.' : twice ? 'The name stands twice.' : undefined}
              onCommit={(next) => nameColumn(at, next.trim())}
            />
          ) : (
            <>
              <span className="truncate font-mono" title={profile.name}>
                {profile.name}
              </span>
              {mapped === undefined ? (
                <Pill tone="warn" className="self-start">
                  not in the table
                </Pill>
              ) : mapped === profile.name ? null : (
                <span className="truncate text-ink-3">is {mapped}</span>
              )}
            </>
          )}
        </span>
        {proposed === undefined || standing.mapped !== undefined ? (
          <span className="min-w-0 truncate font-mono text-ink-2" title={proposed?.why}>
            <Said what="type" />
            {proposed === undefined ? '' : typeName(document, proposed.type)}
            {proposed?.nullable === true ? '?' : ''}
          </span>
        ) : (
          <ColumnShape
            at={at}
            proposed={proposed}
            profile={profile}
            choice={choice}
            primary={primary.includes(at)}
            tabIndex={tabIndex}
          />
        )}
        <span className="text-right tabular-nums">
          <Said what="distinct" />
          {profile.distinct.toLocaleString('en')}
          {profile.unique && profile.rows > 1 && profile.distinct > 0 ? <span className="block text-ok">unique</span> : null}
        </span>
        <span className={`text-right tabular-nums ${profile.nulls === 0 ? 'text-ink-3' : ''}`} title={many(profile.nulls, 'row')}>
          <Said what="NULLs" />
          {percent(profile.nulls, profile.rows)}
        </span>
        <span className="flex min-w-0 flex-col font-mono" title={`${profile.min ?? ''} … ${profile.max ?? ''}`}>
          <Said what="smallest and largest" />
          <span className="truncate">{profile.min}</span>
          {profile.min === profile.max ? null : <span className="truncate">{profile.max}</span>}
        </span>
        <Lines what="most frequent" values={profile.top} rows={profile.rows} />
        {profile.packed === undefined ? (
          <Lines what="looks like" values={profile.patterns} />
        ) : (
          <span
            className="flex min-w-0 flex-col justify-center"
            title={`${profile.packed.why}\n${profile.packed.examples.join('\n')}`}
          >
            <Said what="looks like" />
            <span className="truncate font-mono">{profile.patterns[0]?.value}</span>
            <Pill tone="warn" className="self-start">
              {PACKED[profile.packed.kind]}
            </Pill>
          </span>
        )}
      </div>
    );
  };
  return (
    <>
      <div aria-hidden="true" className={`${GRID} shrink-0 border-line border-b bg-sunken py-1 text-ink-2 text-xs`}>
        {HEADS.map((head, at) => (
          <span key={head} className={at === 2 || at === 3 ? 'text-right' : undefined}>
            {head}
          </span>
        ))}
      </div>
      <VirtualList label="Columns of the data" items={lines} height={56} keyOf={(line) => line.key} draw={draw} />
    </>
  );
}
