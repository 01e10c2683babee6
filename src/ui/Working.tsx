import { Button } from './Button.tsx';
import { Progress } from './Progress.tsx';

export interface WorkingProps {
  /** From 0 to 1. */
  readonly done: number;
  /** The step it is at. */
  readonly what: string;
  /** What works, as it is read aloud. */
  readonly label: string;
  readonly stop: string;
  readonly onStop: () => void;
}

/** In place of a dialog's contents while something takes long: how far it is, and how to end it. */
export function Working({ done, what, label, stop, onStop }: WorkingProps) {
  return (
    <div className="grid flex-1 place-items-center p-8">
      <div className="flex w-96 max-w-full flex-col gap-3">
        <p className="truncate first-letter:uppercase" aria-live="polite">
          {what} …
        </p>
        <Progress done={done} label={label} />
        <div className="flex justify-end">
          <Button onClick={onStop}>{stop}</Button>
        </div>
      </div>
    </div>
  );
}
