import { useEffect, useRef, useState } from 'react';
import type { Finding } from '#engine/finding.ts';
import { diffLines } from '#lib/line-diff.ts';
import type { Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import { documentStore } from '#state/document.ts';
import { useDocumentState } from '#state/hooks.ts';
import type { Preview } from '#state/preview.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { StatementDiff } from '#ui/StatementDiff.tsx';
import { applyFix, previewFix } from './go.ts';
import { problemsStore, useProblems } from './problems-store.ts';
import { ReshapePreview } from './ReshapePreview.tsx';

async function load(fix: Parameters<typeof import('#state/preview.ts').previewOf>[1]): Promise<Result<Preview>> {
  const [{ previewOf }, { previewWriter }] = await Promise.all([import('#state/preview.ts'), import('#state/preview-writer.ts')]);
  const { document } = documentStore.getState();
  return previewOf(document, fix, previewWriter(document));
}

interface BodyProps {
  readonly preview: Result<Preview> | undefined;
  readonly finding: Finding | undefined;
}

/** A query before and after. */
function QueryDiff({ finding }: { readonly finding: Finding }) {
  const query = useDocumentState((state) => recordIn(state.document, 'queries', finding.at[0]?.record ?? ''));
  if (query === undefined || finding.rewrite === undefined) return null;
  return (
    <>
      <StatementDiff kind="changed" what={query.name} lines={diffLines(query.sql, finding.rewrite.sql)} />
      {finding.rewrite.conditions.map((one) => (
        <p key={one} className="mt-1.5 text-ink-2">
          {one}
        </p>
      ))}
    </>
  );
}

function Body({ preview, finding }: BodyProps) {
  if (preview === undefined) {
    return (
      <div className="grid h-24 place-items-center">
        <Spinner label="Working out what changes" size={18} />
      </div>
    );
  }
  if (!preview.ok) return <p className="text-bad">{preview.problem.message}</p>;
  const { statements, records } = preview.value;
  if (finding?.rewrite !== undefined) return <QueryDiff finding={finding} />;
  if (statements.length === 0) {
    return (
      <p className="text-ink-2">
        The DDL stays as it is; the model changes: <span className="font-mono text-xs">{records.join(', ')}</span>.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2.5">
      {statements.map((statement) => (
        <StatementDiff key={statement.key} kind={statement.kind} what={statement.what} lines={statement.lines} />
      ))}
    </div>
  );
}

/** What a fix would change, before it does. Applying is one undo step. */
export function FixPreview() {
  const asked = useProblems((state) => state.preview);
  const { finding, fix } = asked ?? {};
  if (finding !== undefined && fix?.reshape !== undefined)
    return <ReshapePreview key={fix.label} finding={finding} fix={fix} asked={fix.reshape} />;
  return <CallsPreview />;
}

/** The statements that a fix touches, old and new. */
function CallsPreview() {
  const asked = useProblems((state) => state.preview);
  const [preview, setPreview] = useState<Result<Preview>>();
  useEffect(() => {
    setPreview(undefined);
    if (asked === undefined) return;
    let current = true;
    load(asked.fix).then((result) => {
      if (current) setPreview(result);
    });
    return () => {
      current = false;
    };
  }, [asked]);
  const apply = useRef<HTMLButtonElement>(null);
  const ready = preview?.ok === true;
  // Enter applies it as soon as one can see what it does.
  useEffect(() => {
    if (ready) apply.current?.focus();
  }, [ready]);
  const close = () => problemsStore.setState({ preview: undefined });
  const choose = (label: string) => {
    const fix = asked?.finding.fixes.find((one) => one.label === label);
    if (asked !== undefined && fix !== undefined) previewFix(asked.finding, fix);
  };
  const others = asked?.finding.fixes.filter((one) => one !== asked.fix) ?? [];
  return (
    <Dialog
      open={asked !== undefined}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={asked?.fix.label ?? 'Fix'}
      description={asked?.finding.message.what}
      size="md"
      footer={
        <>
          {others.map((other) => (
            <Button key={other.label} variant="ghost" onClick={() => choose(other.label)} className="mr-auto truncate">
              Instead: {other.label}
            </Button>
          ))}
          <Button onClick={close}>Cancel</Button>
          <Button
            ref={apply}
            variant="primary"
            disabled={!ready}
            onClick={() => {
              if (asked !== undefined && applyFix(asked.fix)) close();
            }}
          >
            Apply
          </Button>
        </>
      }
    >
      <Body preview={preview} finding={asked?.finding} />
    </Dialog>
  );
}
