import { State } from '@chonso/ui';
import { createRootRoute, createRoute, createRouter, Link, Navigate } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Failure, Forbidden } from './shell/Failure.tsx';
import { Shell, Waiting } from './shell/Shell.tsx';
import { screensOf } from './shell/screens.ts';
import { useMe } from './shell/session.ts';
import { Workspace } from './shell/Workspace.tsx';
import { words } from './shell/words.ts';
import { connectionRoutes } from './workspaces/connection/routes.tsx';
import { counterRoutes } from './workspaces/counter/routes.tsx';
import { journeyRoutes } from './workspaces/journey/routes.tsx';
import { ordersRoutes } from './workspaces/orders/routes.tsx';
import { oversightRoutes } from './workspaces/oversight/routes.tsx';
import { partnersRoutes } from './workspaces/partners/routes.tsx';
import { reviewRoutes } from './workspaces/review/routes.tsx';
import { videoRoutes } from './workspaces/video/routes.tsx';

export const root = createRootRoute({ component: Shell, notFoundComponent: Lost });

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start });

export const router = createRouter({
  basepath: '/console',
  routeTree: root.addChildren([
    start,
    ...ordersRoutes(root),
    ...counterRoutes(root),
    ...videoRoutes(root),
    ...connectionRoutes(root),
    ...reviewRoutes(root),
    ...partnersRoutes(root),
    ...oversightRoutes(root),
    ...journeyRoutes(root),
  ]),
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A person with one workspace lands in it, others in the first of theirs. */
function Start() {
  const [first] = screensOf(useMe().roles);
  if (first) return <Navigate to={first.path} replace />;
  return (
    <Workspace title={words.console}>
      <Forbidden />
    </Workspace>
  );
}

function Lost() {
  return (
    <Workspace title={words.lost}>
      <State
        icon={<Compass size={30} aria-hidden="true" />}
        title={words.lostText}
        action={
          <Link to="/" className="btn btn-quiet">
            {words.toStart}
          </Link>
        }
      />
    </Workspace>
  );
}
