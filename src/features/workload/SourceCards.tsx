import { useState } from 'react';
import { WORKLOAD_SOURCES, type WorkloadSource } from '#engine/workload/import/sources.ts';
import { copyText } from '#state/copy-text.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { WithCode } from '#ui/WithCode.tsx';

function Card({ source }: { readonly source: WorkloadSource }) {
  const { title, how, sql } = source;
  const [copied, setCopied] = useState(false);
  return (
    <section aria-label={title} className="rounded-lg border border-line p-3">
      <div className="flex items-center gap-2">
        <h4 className="min-w-0 flex-1 font-semibold">{title}</h4>
        {sql === undefined ? null : (
          <Button size="sm" icon={copied ? 'Check' : 'Copy'} onClick={() => void copyText(sql).then(setCopied)}>
            {copied ? 'Copied' : 'Copy the SQL'}
          </Button>
        )}
      </div>
      <p className="mt-0.5 text-xs leading-4.5 text-ink-2">
        <WithCode text={how} />
      </p>
      {sql === undefined ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, for keys too
        <pre tabIndex={0} className="mt-2 overflow-x-auto rounded-md bg-sunken px-2.5 py-2 font-mono text-[11.5px] leading-4.5">
          {sql}
        </pre>
      )}
    </section>
  );
}

/** What there is to paste, for the document's database. */
export function SourceCards() {
  const dialect = useDocumentState((state) => state.document.settings['settings']?.dialect ?? 'postgresql');
  return (
    <div className="flex min-h-0 flex-col gap-2.5 overflow-y-auto p-4">
      <h3 className="font-semibold">What to paste</h3>
      <p className="text-xs leading-4.5 text-ink-2">
        Nothing leaves this computer. Statements that differ in their values only become one query.
      </p>
      {WORKLOAD_SOURCES[dialect].map((source) => (
        <Card key={source.title} source={source} />
      ))}
    </div>
  );
}
