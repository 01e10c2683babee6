import './theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { announceChanges } from '#state/announce.ts';
import { keepDiagram } from '#state/diagrams.ts';
import { keepNarrowing } from '#state/narrow.ts';
import { rememberPlaces } from '#state/places.ts';
import { rememberPreferences } from '#state/preferences.ts';
import { keepSelectionAlive } from '#state/selection.ts';
import { startEngine } from '#state/sync.ts';
import { App } from './App.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { followPaneFocus, keepFocus } from './focus.ts';
import { listenToKeys } from './keys.ts';
import { startWithLink } from './link.ts';
import { followTheme } from './theme.ts';

rememberPreferences(window.localStorage);
followTheme();
listenToKeys();
followPaneFocus();
keepFocus();
announceChanges();
keepSelectionAlive();
keepDiagram();
keepNarrowing();
rememberPlaces();
startEngine();
void startWithLink();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary part="studio">
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
}
