import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { Spinner } from '#ui/Spinner.tsx';

type Write = typeof import('#engine/documents/design.ts').databaseDesign;

/** The writer is a chunk of its own: it is needed here and in the worker that makes the files. */
function useWriter(): Write | undefined {
  const [write, setWrite] = useState<{ readonly write: Write }>();
  useEffect(() => {
    let current = true;
    import('#engine/documents/design.ts').then(({ databaseDesign }) => {
      if (current) setWrite({ write: databaseDesign });
    });
    return () => {
      current = false;
    };
  }, []);
  return write?.write;
}

/** `database-design.md` as it would be handed over now, without the picture. */
export function DesignPreview() {
  const write = useWriter();
  // Typing in a decision goes before writing a long document anew.
  const document = useDeferredValue(useDocumentState((state) => state.document));
  const findings = useDeferredValue(useResults((state) => state.findings));
  const normalForms = useDeferredValue(useResults((state) => state.normalForms));
  const workload = useDeferredValue(useResults((state) => state.workload));
  const chapters = useMemo(
    () => write?.({ document, findings, normalForms, workload }).split(/^(?=#{2,3} )/m),
    [write, document, findings, normalForms, workload],
  );
  return (
    <section
      aria-label="Preview of database-design.md"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
      tabIndex={0}
      className="min-h-0 min-w-0 overflow-y-auto bg-sunken px-4 py-3 -outline-offset-2 max-[900px]:hidden"
    >
      {chapters === undefined ? (
        <Spinner label="Writing the document" size={16} />
      ) : (
        chapters.map((chapter, at) => (
          <pre
            // biome-ignore lint/suspicious/noArrayIndexKey: chapters of a text have no other name than their number
            key={at}
            className="whitespace-pre-wrap font-mono text-[11.5px] leading-[18px] [contain-intrinsic-height:auto_320px] [content-visibility:auto] [overflow-wrap:anywhere]"
          >
            {chapter}
          </pre>
        ))
      )}
    </section>
  );
}
