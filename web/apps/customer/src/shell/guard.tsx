import { type ReactNode, useEffect } from 'react';
import { go } from '../router.tsx';
import { Failure } from './Failure.tsx';
import { type Me, signInAddress, useMe, useWhoAmI } from './session.ts';

/**
 * The person of a screen that is for signed-in people only; undefined while unknown. Nobody is led to the
 * sign-in, and back to this very address afterwards.
 */
export function useSignedIn(): Me | undefined {
  const me = useMe();
  useEffect(() => {
    if (me === null) go(signInAddress(), true);
  }, [me]);
  return me ?? undefined;
}

/** As `useSignedIn`, with what to show when it cannot be known who is there. */
export function useGuard(): { me: Me | undefined; failure: ReactNode } {
  const me = useSignedIn();
  const { error, refetch } = useWhoAmI();
  return { me, failure: !me && error ? <Failure error={error} retry={() => void refetch()} /> : null };
}
