import { useState } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { Problem } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Menu } from '#ui/Menu.tsx';
import { ExampleCards } from './StartCards.tsx';
import { chooseFiles, startWithPaste } from './start.ts';

const DATABASES = Object.keys(TRAITS) as Dialect[];

function Refused({ problem }: { readonly problem: Problem }) {
  return (
    <div role="alert" className="flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad">
      <Icon name="CircleAlert" className="mt-0.5" />
      <p className="min-w-0 flex-1 break-words">
        {problem.message} <span className="text-ink-2">The document was not touched.</span>
      </p>
    </div>
  );
}

/** The dialog before anything was given: a place to paste, a button for files, the examples. */
export function ChooseStage({ problem }: { readonly problem: Problem | undefined }) {
  const [text, setText] = useState('');
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-5">
      {problem === undefined ? null : <Refused problem={problem} />}
      <textarea
        aria-label="SQL to import"
        // biome-ignore lint/a11y/noAutofocus: the person opened the dialog to paste here
        autoFocus
        value={text}
        placeholder={
          'Paste DDL here: PostgreSQL, MySQL, MariaDB, SQLite, SQL Server or Oracle. Which one it is, the text tells.\n\nWhole dumps are fine: of pg_dump, mysqldump, mariadb-dump, sqlite3 .dump, scripts with GO, SQL*Plus.\nSo are DBML, Prisma and Mermaid, and the answer of a catalog query.\n\nNothing is dropped: a preview says what becomes of every statement.'
        }
        className="min-h-40 flex-1 resize-none rounded-lg border border-line-strong bg-sunken p-3 font-mono text-xs leading-5 outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (text === '' && pasted.trim() !== '') {
            event.preventDefault();
            startWithPaste(pasted);
          }
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') startWithPaste(text);
        }}
      />
      <div className="flex items-center gap-2">
        <Button icon="FolderOpen" onClick={chooseFiles}>
          Open files …
        </Button>
        <Menu
          items={DATABASES.map((dialect) => ({
            label: TRAITS[dialect].label,
            onSelect: () => perform(`file.catalog-query.${dialect}`),
          }))}
          trigger={
            <Button
              icon="Copy"
              title="Copies a query; run it in your database and paste its answer here. No connection, no password."
            >
              Query a database
              <Icon name="ChevronDown" size={12} />
            </Button>
          }
        />
        <span
          className="min-w-0 flex-1 truncate text-ink-3 text-xs"
          title="One .sql file or several, .gz, .zip, a .crowfoot.json; or drop them, or a folder of migrations, anywhere"
        >
          .sql, several, .gz, .zip; or drop a folder of migrations anywhere
        </span>
        <Button variant="primary" disabled={text.trim() === ''} onClick={() => startWithPaste(text)}>
          Read it
        </Button>
      </div>
      <div className="border-line border-t pt-4">
        <h3 className="mb-2.5 text-center text-xs font-semibold text-ink-2">Or start from an example</h3>
        <ExampleCards />
      </div>
    </div>
  );
}
