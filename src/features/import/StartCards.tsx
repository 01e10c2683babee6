import { useState } from 'react';
import { perform } from '#state/actions.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { IconName } from '#ui/icons.ts';
import { Spinner } from '#ui/Spinner.tsx';
import { EXAMPLES, type Example } from './examples/examples.ts';

interface CardProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly busy?: boolean;
  readonly onClick: () => void;
}

function Card({ icon, title, text, busy, onClick }: CardProps) {
  return (
    <button
      type="button"
      className="pointer-events-auto flex w-54 max-w-full flex-col items-start gap-2.5 rounded-xl border border-line-strong bg-raised p-4 text-left shadow-card transition-colors duration-100 hover:border-accent max-[1100px]:w-44 max-[1100px]:p-3 @max-[600px]:w-104 @max-[600px]:flex-row @max-[600px]:p-2"
      onClick={onClick}
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent">
        {busy === true ? <Spinner label={`Opening ${title}`} /> : <Icon name={icon} size={18} />}
      </span>
      <span className="flex min-w-0 flex-col gap-1.5 @max-[600px]:gap-0">
        <span className="font-semibold @max-[600px]:leading-4.5">{title}</span>
        <span className="text-xs leading-4.5 text-ink-2 @max-[600px]:leading-4">{text}</span>
      </span>
    </button>
  );
}

/** The worked designs, each a card. */
export function ExampleCards() {
  const [opening, setOpening] = useState<Example['id'] | undefined>();
  const open = async (example: Example) => {
    if (opening !== undefined) return;
    setOpening(example.id);
    const { startWithExample } = await import('./start.ts');
    await startWithExample(example);
    setOpening(undefined);
  };
  return (
    <div className="flex flex-wrap justify-center gap-3 @max-[600px]:gap-2">
      {EXAMPLES.map((example) => (
        <Card key={example.id} {...example} busy={opening === example.id} onClick={() => void open(example)} />
      ))}
    </div>
  );
}

function Ways({ onExamples }: { readonly onExamples: () => void }) {
  return (
    <div className="flex flex-wrap justify-center gap-3 @max-[600px]:gap-2">
      <Card
        icon="ClipboardPaste"
        title="Paste SQL"
        text="DDL of PostgreSQL, MySQL, MariaDB, SQLite, SQL Server or Oracle; whole dumps too."
        onClick={() => perform('file.import')}
      />
      <Card
        icon="FolderOpen"
        title="Open a file"
        text="SQL dumps, a .zip of migrations, DBML, Prisma, Mermaid; or a saved design."
        onClick={() => perform('file.openFile')}
      />
      <Card
        icon="BookOpen"
        title="Start from an example"
        text="Three worked designs: a multi-tenant SaaS, a shop, a blog."
        onClick={onExamples}
      />
    </div>
  );
}

/** What an empty canvas offers. */
export function StartCards() {
  const [examples, setExamples] = useState(false);
  return (
    <div
      data-start-cards=""
      className="@container pointer-events-none absolute inset-x-0 top-0 bottom-14 z-10 grid place-items-center overflow-auto p-3"
    >
      <div className="flex flex-col items-center gap-4 @max-[600px]:gap-2.5">
        <div className="text-center">
          <h1 className="text-lg leading-7 font-semibold tracking-[-0.01em]">
            {examples ? 'Start from an example' : 'Start with a schema'}
          </h1>
          <p className="text-ink-2">
            {examples
              ? 'Each is a whole design that runs on PostgreSQL.'
              : 'Drop a file anywhere, or paste SQL right here. Nothing leaves this browser.'}
          </p>
        </div>
        {examples ? <ExampleCards /> : <Ways onExamples={() => setExamples(true)} />}
        {examples ? (
          <Button variant="ghost" icon="ArrowLeft" className="pointer-events-auto" onClick={() => setExamples(false)}>
            Other ways to start
          </Button>
        ) : (
          <p className="text-xs text-ink-3">Or press T and click to draw the first table.</p>
        )}
      </div>
    </div>
  );
}
