import { useEffect } from 'react';
import { standForLeader, useIsLeader } from '../../shell/leader.ts';
import { ring, unlock } from './sound.ts';
import { words } from './words.ts';

const AGAIN_MS = 6000;
let stands = false;

/** Ring while a customer waits who can be taken: in one tab of this browser, again until somebody answers. */
export function useRing(firstCall: string | undefined, waiting: number): void {
  const leads = useIsLeader();
  useEffect(() => {
    if (!stands) standForLeader();
    stands = true;
    const gestures = ['pointerdown', 'keydown'] as const;
    for (const gesture of gestures) addEventListener(gesture, unlock, { once: true });
    return () => {
      for (const gesture of gestures) removeEventListener(gesture, unlock);
    };
  }, []);
  useEffect(() => {
    if (!leads || !firstCall) return;
    ring();
    const timer = setInterval(ring, AGAIN_MS);
    return () => clearInterval(timer);
  }, [leads, firstCall]);
  useEffect(() => {
    if (!leads || !firstCall || !document.hidden || Notification.permission !== 'granted') return;
    const shown = new Notification(words.queue.rings(waiting), { tag: 'queue' });
    shown.onclick = () => window.focus();
    return () => shown.close();
  }, [leads, firstCall, waiting]);
}
