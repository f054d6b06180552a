import { type Route, screen } from './router.tsx';
import { Search } from './search/Search.tsx';

/** Every screen of the app, by path. The search is part of the first load; all others come when they are opened. */
export const routes: Route[] = [
  { path: /^\/$/, Screen: Search },
  screen('/plans', async () => (await import('./plans/Plans.tsx')).Plans),
  screen('/holds/:holdId/form', async () => (await import('./hold/RegistrationForm.tsx')).RegistrationForm),
];
