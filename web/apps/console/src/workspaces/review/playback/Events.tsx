import { fmt } from '@chonso/i18n';
import { useEffect, useRef } from 'react';
import { words } from '../words.ts';
import { kindName, lookOf } from './kinds.ts';
import type { CallEvent, Mark } from './timeline.ts';

const w = words.playback;

/** The events of the call in their order; a press leads the pictures to one. */
export function Events({
  marks,
  at,
  onSeek,
}: {
  marks: readonly Mark[];
  at: number;
  onSeek: (to: number) => void;
}) {
  const past = marks.findLast((mark) => mark.at <= at + 1)?.event.seq;
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const item = current.current;
    const list = item?.parentElement;
    if (past === undefined || !list) return;
    // The list alone: on a narrow screen it stands below the pictures, and the page stays where it is.
    const below = item.getBoundingClientRect().top - list.getBoundingClientRect().top;
    list.scrollTop += below - list.clientHeight / 2;
  }, [past]);
  return (
    <ol className="pb-events" aria-label={w.events}>
      {marks.map(({ event, at: moment }) => (
        <li
          key={event.seq}
          ref={event.seq === past ? current : undefined}
          aria-current={event.seq === past || undefined}
        >
          <button type="button" onClick={() => onSeek(moment)}>
            <i data-look={lookOf(event.kind)} aria-hidden="true" />
            <b>{kindName(event.kind)}</b>
            <time dateTime={event.at} title={fmt.time(event.at)}>
              {moment > 0 ? fmt.clock(moment / 1000) : fmt.hour(event.at)}
            </time>
            <span>{detailOf(event)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What the event's record adds in few letters: a code, a party, a fingerprint's beginning. */
function detailOf({ body }: CallEvent): string {
  const party = body.role === 'CUSTOMER' || body.role === 'AGENT' ? w.parties[body.role] : undefined;
  const words = [
    party && `${party} ${body.part}`,
    body.kind,
    body.reason_code,
    body.because,
    body.text_version,
    typeof body.blocks === 'number' && w.blocks(body.blocks),
    typeof body.sha256 === 'string' && `${body.sha256.slice(0, 8)}…`,
  ];
  return words.filter(Boolean).join(' · ');
}
