import { useEffect } from 'react';
import { standForLeader, useIsLeader } from '../../shell/leader.ts';
import { ring, unlock } from './sound.ts';
import { words } from './words.ts';

const AGAIN_MS = 2500;
let stands = false;

/** Ring while a call is offered here: in one tab of this browser, again until it is answered or gone. */
export function useRing(callId: string | undefined): void {
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
    if (!leads || !callId) return;
    ring();
    const timer = setInterval(ring, AGAIN_MS);
    return () => clearInterval(timer);
  }, [leads, callId]);
  useEffect(() => {
    if (!leads || !callId || !document.hidden || Notification.permission !== 'granted') return;
    const shown = new Notification(words.incoming.title, { tag: 'offer' });
    shown.onclick = () => window.focus();
    return () => shown.close();
  }, [leads, callId]);
}
