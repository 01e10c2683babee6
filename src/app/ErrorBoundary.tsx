import { Component, type ReactNode } from 'react';
import { perform } from '#state/actions.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';

interface Props {
  /** The part of the studio inside, such as `canvas`. */
  readonly part: string;
  readonly children: ReactNode;
}

interface State {
  readonly error?: Error | undefined;
}

/** A mistake in one pane leaves the others alive, and the document in the person's hands. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div role="alert" className="grid h-full place-items-center overflow-auto bg-surface p-4">
        <div className="flex max-w-100 flex-col items-start gap-2">
          <p className="flex items-center gap-2 font-semibold text-bad">
            <Icon name="CircleAlert" /> The {this.props.part} stopped
          </p>
          <p className="text-ink-2">
            A mistake of the program, not of your design: nothing was lost. Show the pane again, and keep a copy of the document if
            it happens twice.
          </p>
          <pre className="max-h-24 max-w-full overflow-auto whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-xs">
            {error.message}
          </pre>
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" icon="RotateCcw" onClick={() => this.setState({ error: undefined })}>
              Show it again
            </Button>
            <Button icon="Download" onClick={() => perform('file.download')}>
              Download the document
            </Button>
          </div>
        </div>
      </div>
    );
  }
}
