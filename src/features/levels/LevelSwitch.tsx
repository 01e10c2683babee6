import { useDocumentState } from '#state/hooks.ts';
import { Tooltip } from '#ui/Tooltip.tsx';
import { LEVELS, showLevel, useLook } from './look.ts';

/** Conceptual, logical, physical: which level of the model the diagram shows. */
export function LevelSwitch() {
  const { level } = useLook();
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  return (
    <div
      role="radiogroup"
      aria-label="Level of the model"
      className="flex h-7 shrink-0 overflow-hidden rounded-[7px] border border-line-strong"
    >
      {LEVELS.map(({ id, name, says }) => (
        <Tooltip key={id} text={`${name}: ${says}`} keys={`alt+${name[0]?.toLowerCase()}`}>
          {/* biome-ignore lint/a11y/useSemanticElements: a segmented switch */}
          <button
            type="button"
            role="radio"
            aria-checked={level === id}
            aria-label={name}
            disabled={readOnly}
            className={`min-w-7 border-line-strong px-2 border-l first:border-l-0 disabled:opacity-45 ${
              level === id ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-2 hover:bg-sunken'
            }`}
            onClick={() => showLevel(id)}
          >
            <span className="min-[1400px]:hidden">{name[0]}</span>
            <span className="max-[1399px]:hidden">{name}</span>
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
