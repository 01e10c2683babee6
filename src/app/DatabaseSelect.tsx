import { useDocumentState } from '#state/hooks.ts';
import { chooseDatabase, isBlank, openMove } from '#state/move.ts';
import { Select } from '#ui/Select.tsx';
import { allChoices, choiceOf, versionChoices } from './versions.ts';

const MOVE = 'move';

/**
 * Which database the document is for. An empty one can become any; of one that holds something the version is chosen here,
 * and another database in the dialog that moves it there.
 */
export function DatabaseSelect({ className }: { readonly className?: string }) {
  const settings = useDocumentState((state) => state.document.settings['settings']);
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const blank = useDocumentState((state) => isBlank(state.document));
  if (settings === undefined) return null;
  const { dialect, version } = settings;
  const own = versionChoices(dialect, version);
  const options = blank
    ? [...own, ...allChoices().filter((one) => choiceOf(one.value).dialect !== dialect)]
    : [...own, { value: MOVE, label: 'Another database …' }];
  return (
    <Select
      label="Database and version the DDL is written for"
      value={`${dialect}:${version}`}
      options={options}
      disabled={readOnly}
      {...(className === undefined ? {} : { className })}
      onValueChange={(value) => {
        if (value === MOVE) openMove(dialect === 'postgresql' ? 'mysql' : 'postgresql');
        else {
          const chosen = choiceOf(value);
          chooseDatabase(chosen.dialect, chosen.version);
        }
      }}
    />
  );
}
