import { useEffect } from 'react';
import { go } from '../router.tsx';
import { type Me, signInAddress, useMe } from './session.ts';

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
