import { LivePicture, listenTo } from '@chonso/media';
import { useEffect, useRef, useState } from 'react';
import { useCallScreenWords } from './words.ts';

const AUDIBLE = 0.06;

/** The own picture before the call, with the loudness of the microphone: what the agent will see and hear. */
export function OwnPicture({ stream }: { stream: MediaStream }) {
  const t = useCallScreenWords();
  const bar = useRef<HTMLElement>(null);
  const [heard, setHeard] = useState(false);
  useEffect(
    () =>
      listenTo(stream, (level) => {
        if (bar.current) bar.current.style.transform = `scaleX(${level})`;
        if (level > AUDIBLE) setHeard(true);
      }),
    [stream],
  );
  return (
    <figure className="check-own">
      <LivePicture stream={stream} own />
      <figcaption>
        <b>{t.fits}</b>
        <span role="status">{heard ? t.hears : t.speak}</span>
        <span className="check-level" aria-hidden="true">
          <i ref={bar} />
        </span>
      </figcaption>
    </figure>
  );
}
