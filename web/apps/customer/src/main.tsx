import '@chonso/tokens/fonts.css';
import '@chonso/tokens/tokens.css';
import '@chonso/ui/styles.css';
import './app.css';
import './account/account.css';
import './activation/activation.css';
import { ApiError } from '@chonso/api';
import { startLocale } from '@chonso/i18n';
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { startTheme } from './shell/theme.ts';

const TRIES = 2;

/** Try a read again only if it may help: not after a refusal, and when the server said so. */
const worthAgain = (tried: number, error: Error): boolean =>
  tried < TRIES &&
  error instanceof ApiError &&
  (error.status === 0 || error.status >= 500 || error.status === 409);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: worthAgain,
      retryDelay: (tried, error) =>
        (error instanceof ApiError && error.retryAfter ? error.retryAfter : 2 ** tried) * 1000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

// A press is known to be under way before the next one can come: a double tap sends nothing twice.
notifyManager.setScheduler(queueMicrotask);

startTheme();
await startLocale();
const root = document.getElementById('root')!;
root.replaceChildren(); // the page's first picture goes, nothing of it moves
createRoot(root).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
