import { type RefObject, useEffect, useState } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { FileEvidence } from '#engine/sql/detect-files.ts';
import type { Dialect } from '#model/types.ts';
import { type GivenText, readAgain } from '#state/import.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { Popover } from '#ui/Popover.tsx';
import { Select } from '#ui/Select.tsx';
import type { Looked } from '#worker/jobs-protocol.ts';
import { FileOrder } from './FileOrder.tsx';
import { lastOfPath } from './file-list.ts';

export interface SourceBarProps {
  readonly given: GivenText;
  readonly looked: Looked;
  /** Id of the control that had the text read again. */
  readonly asked: RefObject<string | undefined>;
}

const DIALECTS = (Object.keys(TRAITS) as Dialect[]).map((value) => ({ value, label: TRAITS[value].label }));
const SHOWN = 3;
const DIALECT = 'import-dialect';
const ORDER = 'import-order';

/** What was found, with how often (it is counted up to five) and where first. */
function where({ says, count, line, file }: FileEvidence, nameOf: ((path: string) => string) | undefined): string {
  const place = line === undefined ? undefined : nameOf === undefined ? `line ${line}` : `${nameOf(file)}:${line}`;
  const often = count < 2 ? undefined : count === 5 ? '5 or more' : `${count} times`;
  const said = often === undefined || place === undefined ? (often ?? place) : `${often}, first ${nameOf ? 'in' : 'on'} ${place}`;
  return said === undefined ? says : `${says} (${said})`;
}

/** Why the text is taken for its dialect, in a sentence. */
export function reasonOf({ detected, dialect }: Looked, several: boolean): string {
  if (detected.dialect !== dialect) return `chosen here; the text looks like ${TRAITS[detected.dialect].label}`;
  if (detected.evidence.length === 0) return 'nothing in the text tells its dialect: choose it if this is wrong';
  const sure = { certain: 'by', likely: 'most likely, by', guess: 'a guess, by' }[detected.confidence];
  const named = detected.evidence.slice(0, SHOWN).map((one) => where(one, several ? lastOfPath : undefined));
  return `${sure} ${named.join(', ')}`;
}

/** What the text is, when it is not SQL. */
function FormatBar({ format }: { readonly format: string }) {
  return (
    <p className="flex shrink-0 items-center gap-2.5 border-line border-b px-3 py-1.5 text-ink-2 text-xs">
      Read as <span className="font-semibold text-ink">{format}</span>
      <Icon name="CircleCheck" size={13} className="text-ok" />
    </p>
  );
}

/** In which dialect the text is read and why, and the order of its files. */
export function SourceBar({ given, looked, asked }: SourceBarProps) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const id = asked.current;
    asked.current = undefined;
    if (id !== undefined) document.getElementById(id)?.focus();
  }, [asked]);
  const again = (id: string, change: Partial<GivenText>) => {
    asked.current = id;
    void readAgain(change);
  };
  const several = given.files.length > 1;
  const why = reasonOf(looked, several);
  if (looked.format !== undefined) return <FormatBar format={looked.format} />;
  const all = looked.detected.evidence.map((one) => where(one, several ? (path) => path : undefined)).join('\n');
  const { detected } = looked;
  const doubted = detected.dialect !== looked.dialect;
  return (
    <div className="flex shrink-0 items-center gap-2.5 border-line border-b px-3 py-1.5">
      <span className="shrink-0 text-ink-2 text-xs">Read as</span>
      <Select
        id={DIALECT}
        label="Dialect of the text"
        size="sm"
        value={looked.dialect}
        options={DIALECTS}
        className="w-32 shrink-0"
        onValueChange={(dialect) => again(DIALECT, { dialect })}
      />
      <p
        className={cx('min-w-0 truncate text-xs', doubted ? 'text-warn' : 'flex-1 text-ink-2')}
        title={all === '' ? why : `${why}\n\n${all}`}
      >
        {doubted ? (
          <Icon name="TriangleAlert" size={13} className="mr-1 inline" />
        ) : detected.confidence === 'certain' ? (
          <Icon name="CircleCheck" size={13} className="mr-1 inline text-ok" />
        ) : null}
        {why}
      </p>
      {doubted ? (
        <>
          <Button size="sm" onClick={() => again(DIALECT, { dialect: detected.dialect })}>
            Read as {TRAITS[detected.dialect].label}
          </Button>
          <span className="flex-1" />
        </>
      ) : null}
      {given.values !== undefined && Object.keys(given.values).length > 0 ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            const { values: _values, ...rest } = given;
            void readAgain({ ...rest, dialect: looked.dialect });
          }}
        >
          Placeholders …
        </Button>
      ) : null}
      {several ? (
        <Popover
          label="Order of the files"
          open={open}
          onOpenChange={setOpen}
          align="end"
          trigger={
            <Button id={ORDER} size="sm" icon="ListOrdered">
              {given.files.length.toLocaleString('en')} files in order
            </Button>
          }
        >
          <FileOrder
            files={given.files}
            onDone={(files) => {
              setOpen(false);
              again(ORDER, { files });
            }}
          />
        </Popover>
      ) : null}
    </div>
  );
}
