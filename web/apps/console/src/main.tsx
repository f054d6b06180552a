import '@chonso/tokens/fonts.css';
import '@chonso/tokens/tokens.css';
import '@chonso/ui/styles.css';
import './console.css';
import './lists/lists.css';
import { identifyAs } from '@chonso/api';
import { queryClient, startTheme } from '@chonso/app';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { createRoot } from 'react-dom/client';
import { router } from './routes.tsx';

identifyAs('chonso-console');
startTheme();
createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={queryClient()}>
    <Tooltip.Provider delayDuration={250}>
      <RouterProvider router={router} />
    </Tooltip.Provider>
  </QueryClientProvider>,
);
