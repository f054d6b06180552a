import { queryClient, startTheme } from '@chonso/app';
import '@chonso/tokens/fonts.css';
import '@chonso/tokens/tokens.css';
import '@chonso/ui/styles.css';
import './app.css';
import './account/account.css';
import './activation/activation.css';
import { startLocale } from '@chonso/i18n';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';

startTheme();
await startLocale();
const root = document.getElementById('root')!;
root.replaceChildren(); // the page's first picture goes, nothing of it moves
createRoot(root).render(
  <QueryClientProvider client={queryClient()}>
    <App />
  </QueryClientProvider>,
);
