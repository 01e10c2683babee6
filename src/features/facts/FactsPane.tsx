import { useState } from 'react';
import { useStore } from 'zustand';
import { factsStore, showFacts } from '#state/facts.ts';
import { Button } from '#ui/Button.tsx';
import { Pill } from '#ui/Pill.tsx';
import { TextField } from '#ui/TextField.tsx';
import { FactsGrids } from './FactsGrids.tsx';
import { FromProduction } from './FromProduction.tsx';
import { FromSample } from './FromSample.tsx';
import { useFacts } from './use-facts.ts';

/** What is known of tables and their columns: typed in, taken from data or from a server; guessed where nobody says. */
export function FactsPane() {
  const view = useFacts();
  const [filter, setFilter] = useState('');
  const mode = useStore(factsStore, (state) => state.mode);
  const guessed = [...view.known.values()].filter((one) => one.rowsGuess !== undefined).length;
  const back = () => showFacts('grids');
  if (mode === 'production') return <FromProduction document={view.document} onDone={back} />;
  if (mode === 'sample') return <FromSample document={view.document} onDone={back} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2">
        <TextField
          label="Find a table"
          hideLabel
          placeholder="Find a table"
          boxClassName="w-52"
          value={filter}
          onChange={setFilter}
        />
        <p className="min-w-0 flex-1 text-xs text-ink-2">
          <span className="text-ink-3 italic underline decoration-dotted underline-offset-3">Dotted</span> facts are guesses.
          {guessed === 0 ? null : (
            <Pill tone="assume" className="ml-2">
              rows of {guessed} of {view.known.size} guessed
            </Pill>
          )}
        </p>
        <Button icon="FileText" onClick={() => showFacts('sample')}>
          From sample data …
        </Button>
        <Button icon="Database" onClick={() => showFacts('production')}>
          From production …
        </Button>
      </div>
      <FactsGrids view={view} filter={filter} />
    </div>
  );
}
