import { perform } from '#state/actions.ts';
import { Icon } from '#ui/Icon.tsx';
import type { IconName } from '#ui/icons.ts';

interface CardProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly onClick: () => void;
}

function Card({ icon, title, text, onClick }: CardProps) {
  return (
    <button
      type="button"
      className="pointer-events-auto flex w-52 flex-col items-start gap-1.5 rounded-xl border border-line-strong bg-raised p-4 text-left shadow-card transition-colors duration-100 hover:border-accent"
      onClick={onClick}
    >
      <span className="mb-1 grid size-9 place-items-center rounded-lg bg-accent-soft text-accent">
        <Icon name={icon} size={18} />
      </span>
      <span className="font-semibold">{title}</span>
      <span className="text-xs leading-4.5 text-ink-2">{text}</span>
    </button>
  );
}

/** What an empty canvas offers. */
export function StartCards() {
  return (
    <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center overflow-auto p-4">
      <div className="flex flex-col items-center gap-4">
        <div className="text-center">
          <h1 className="text-lg leading-7 font-semibold tracking-[-0.01em]">Start with a schema</h1>
          <p className="text-ink-2">Drop a file anywhere, or paste SQL right here. Nothing leaves this browser.</p>
        </div>
        <div className="flex flex-wrap justify-center gap-3">
          <Card
            icon="ClipboardPaste"
            title="Paste SQL"
            text="Any PostgreSQL DDL, pg_dump output included."
            onClick={() => perform('file.import')}
          />
          <Card
            icon="FolderOpen"
            title="Open a file"
            text="A .sql dump, or a design saved as .crowfoot.json."
            onClick={() => perform('file.openFile')}
          />
          <Card
            icon="BookOpen"
            title="Start from an example"
            text="Three worked designs: a multi-tenant SaaS, a shop, a blog."
            onClick={() => perform('file.examples')}
          />
        </div>
      </div>
    </div>
  );
}
