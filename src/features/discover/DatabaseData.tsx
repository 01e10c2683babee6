import { useState } from 'react';
import { useStore } from 'zustand';
import { isCheckable, TRAITS } from '#engine/dialects/base/traits.ts';
import { many } from '#lib/amounts.ts';
import type { Id } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { engineFor, openRowDatabase, rowDatabaseStore, stopRowDatabase } from '#state/row-database.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { TextField } from '#ui/TextField.tsx';
import { Working } from '#ui/Working.tsx';
import type { RowsOpened, RowTable } from '#verify/row-types.ts';
import { chooseDatabaseFiles, startWithRows } from './database.ts';

/** Before a database is open: what it could be opened with. */
function Closed() {
  const document = useDocumentState((state) => state.document);
  const engine = engineFor([], document);
  const own = document.settings['settings']?.dialect ?? 'postgresql';
  const tables = Object.keys(document.tables).length;
  return (
    <div className="min-h-0 flex-1 rounded-lg border border-line">
      <EmptyState
        icon="Database"
        title="A database in this browser"
        text="A dump with its rows (.sql) is run by PostgreSQL or SQLite here; of dumps for other databases the rows that INSERT writes out are taken. A SQLite file opens as it is, and files of rows become tables to query."
      >
        <span className="flex flex-wrap justify-center gap-2">
          <Button icon="FolderOpen" onClick={chooseDatabaseFiles}>
            Open a dump or database …
          </Button>
          <Button icon="Database" onClick={() => void openRowDatabase()}>
            {isCheckable(own) && tables > 0
              ? `${TRAITS[engine].label} with this document’s schema`
              : `An empty ${TRAITS[engine].label}`}
          </Button>
        </span>
      </EmptyState>
    </div>
  );
}

function Refused({ opened }: { readonly opened: RowsOpened }) {
  if (opened.refused === 0) return null;
  return (
    <details className="group/refused max-h-28 shrink-0 overflow-y-auto rounded-md bg-warn-soft px-3 py-1.5 text-warn text-xs leading-5">
      <summary className="flex cursor-default items-center gap-1.5">
        <Icon name="TriangleAlert" size={13} className="shrink-0" />
        <span className="min-w-0 truncate">
          {many(opened.refused, 'statement was', 'statements were')} refused. {opened.reasons[0]}
        </span>
        <Icon name="ChevronDown" size={13} className="shrink-0 group-open/refused:rotate-180" />
      </summary>
      <ul className="pl-5">
        {opened.reasons.slice(1).map((reason) => (
          <li key={reason} className="[overflow-wrap:anywhere]">
            {reason}
          </li>
        ))}
        {opened.refused > opened.reasons.length ? <li>and {many(opened.refused - opened.reasons.length, 'more')}</li> : null}
      </ul>
    </details>
  );
}

interface TablesProps {
  readonly tables: readonly RowTable[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function Tables({ tables, chosen, onChoose }: TablesProps) {
  const filled = tables.filter(({ rows }) => rows > 0);
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    onChoose(next);
  };
  const all = filled.length > 0 && filled.every(({ name }) => chosen.has(name));
  return (
    <section aria-label="Tables" className="flex min-h-0 w-72 shrink-0 flex-col rounded-lg border border-line">
      <div className="flex shrink-0 items-center justify-between border-line border-b bg-sunken px-3 py-2 text-xs">
        <Checkbox
          label={`All ${many(filled.length, 'table')} with rows`}
          checked={all ? true : chosen.size > 0 ? 'indeterminate' : false}
          disabled={filled.length === 0}
          onCheckedChange={(on) => onChoose(new Set(on ? filled.map(({ name }) => name) : []))}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto py-1">
        {tables.map(({ name, label, rows }) => (
          <li key={name} className="flex min-h-6 min-w-0 items-center justify-between gap-2 px-3 text-xs" title={name}>
            <Checkbox
              className="min-w-0 font-mono [overflow-wrap:anywhere]"
              label={label}
              checked={chosen.has(name)}
              disabled={rows === 0}
              onCheckedChange={(on) => toggle(name, on)}
            />
            <span className={`shrink-0 tabular-nums ${rows === 0 ? 'text-ink-3' : 'text-ink-2'}`}>{many(rows, 'row')}</span>
          </li>
        ))}
        {tables.length === 0 ? <li className="px-3 py-1 text-ink-3 text-xs">No table. A query may still give rows.</li> : null}
      </ul>
    </section>
  );
}

const EXAMPLE =
  'A query whose rows are looked at, such as\n\nSELECT o.*, c.name\nFROM orders o JOIN customers c ON c.id = o.customer_id';

function Open({ opened, onto }: { readonly opened: RowsOpened; readonly onto: Id | undefined }) {
  const { files, engine = 'sqlite' } = useStore(rowDatabaseStore);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [sql, setSql] = useState('');
  const [name, setName] = useState('query');
  const picked = opened.tables.filter((table) => chosen.has(table.name));
  const asks = sql.trim() !== '';
  const look = () => void startWithRows({ tables: picked, query: asks ? { name, sql } : undefined }, onto);
  const able = picked.length > 0 || asks;
  const from = files.length === 0 ? 'this document’s schema' : files.map((file) => file.name.replace(/^.*[/\\]/, '')).join(', ');
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 text-xs">
        <Icon name="Database" size={14} className="shrink-0 text-ok" />
        <span className="min-w-0 flex-1 truncate" title={from}>
          {TRAITS[engine].label} {opened.version} <span className="text-ink-2">with {from}</span>
        </span>
        <Button size="sm" icon="FilePlus" onClick={chooseDatabaseFiles}>
          Open more …
        </Button>
      </div>
      <Refused opened={opened} />
      <div className="flex min-h-0 flex-1 gap-3">
        <Tables tables={opened.tables} chosen={chosen} onChoose={setChosen} />
        <textarea
          aria-label="Query"
          value={sql}
          placeholder={EXAMPLE}
          className="min-h-24 min-w-0 flex-1 resize-none rounded-lg border border-line-strong bg-sunken p-3 font-mono text-xs leading-5 outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
          spellCheck={false}
          onChange={(event) => setSql(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && able) look();
          }}
        />
      </div>
      <div className="flex shrink-0 items-center gap-2">
        {asks ? (
          <span className="flex items-center gap-1.5 text-ink-2 text-xs">
            <span aria-hidden="true">The query’s rows are called</span>
            <TextField
              label="Name of the query’s rows"
              hideLabel
              mono
              boxClassName="w-40"
              value={name}
              onCommit={(next) => setName(next.trim() === '' ? 'query' : next.trim())}
            />
          </span>
        ) : null}
        <span className="min-w-0 flex-1 truncate text-ink-3 text-xs">
          {asks ? '' : 'Several tables at once: keys of one are found in the others.'}
        </span>
        <Button variant="primary" disabled={!able} onClick={look}>
          {lookWords(picked.length, asks)}
        </Button>
      </div>
    </>
  );
}

function lookWords(tables: number, asks: boolean): string {
  if (tables === 0) return 'Look at the query’s rows';
  return asks ? `Look at ${many(tables, 'table')} and the query’s rows` : `Look at ${many(tables, 'table')}`;
}

/** Rows out of a database: tables to pick, a query to write. */
export function DatabaseData({ onto }: { readonly onto: Id | undefined }) {
  const { opened, working, problem } = useStore(rowDatabaseStore);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      {problem === undefined ? null : (
        <p
          role="alert"
          className="flex shrink-0 items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad [overflow-wrap:anywhere]"
        >
          <Icon name="CircleAlert" className="mt-0.5 shrink-0" />
          <span className="min-w-0 flex-1">{problem.message}</span>
        </p>
      )}
      {working === undefined ? null : (
        <Working done={working.done} what={working.what} label="The database" stop="Stop" onStop={stopRowDatabase} />
      )}
      {opened === undefined ? (
        working === undefined ? (
          <Closed />
        ) : null
      ) : (
        <div className={working === undefined ? 'flex min-h-0 flex-1 flex-col gap-3' : 'hidden'}>
          <Open opened={opened} onto={onto} />
        </div>
      )}
    </div>
  );
}
