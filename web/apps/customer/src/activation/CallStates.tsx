import { serverNow } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Arcs, Countdown, Note, Skeleton } from '@chonso/ui';
import { CircleCheck, Clock, DoorClosed, PhoneOff, TriangleAlert } from 'lucide-react';
import { useCallWords } from './call.words.ts';
import { type Call, type Slots, useSlots } from './calls.ts';
import { useCodeText } from './problems.ts';

const MINUTE = 60;

/** What a customer has at hand before the call. */
export function Prelude({ holdId, closed }: { holdId: string; closed: boolean }) {
  const t = useCallWords();
  return (
    <section className="stack" aria-labelledby="before">
      <h2 id="before">{t.ready}</h2>
      <ul className="list">
        {t.tips.map((tip) => (
          <li key={tip} className="row row-icon">
            <CircleCheck size={18} aria-hidden="true" />
            <span>{tip}</span>
          </li>
        ))}
      </ul>
      {!closed && <Hours holdId={holdId} />}
    </section>
  );
}

/** The place in the queue and the wait, as the service counts them (SD.1). */
export function Queued({ call }: { call: Call }) {
  const t = useCallWords();
  const [from, to] = [call.wait_from_seconds, call.wait_to_seconds].map((seconds) =>
    Math.ceil((seconds ?? 0) / MINUTE),
  );
  return (
    <section className="queue" aria-live="polite">
      <span className="queue-mark">
        <Arcs size={34} />
      </span>
      <h2>{t.waiting}</h2>
      <dl>
        <div>
          <dt>{t.position}</dt>
          <dd>{call.position ?? 1}</dd>
        </div>
        <div>
          <dt>{t.wait}</dt>
          <dd>{t.minutes(from ?? 0, to ?? 0)}</dd>
        </div>
      </dl>
      <p>{hintOf(call, t)}</p>
    </section>
  );
}

function hintOf(call: Call, t: ReturnType<typeof useCallWords>): string {
  if (call.status === 'OFFERED') return `${t.ringing}. ${t.stay}`;
  return call.position === 1 ? `${t.next}. ${t.stay}` : t.stay;
}

/** When the team is at work, by its own calendar; and whether it is now (SD.1). */
function Hours({ holdId, told = true }: { holdId: string; told?: boolean }) {
  const t = useCallWords();
  const slots = useSlots(holdId).data;
  if (!slots) return <Skeleton height={18} />;
  return (
    <p className="field-hint">
      {told && slots.opens_at && <b>{t.opens(fmt.time(slots.opens_at))}. </b>}
      {todayOf(slots, t)}
      {slots.office_hours.length > 0 && t.hours(weekOf(slots.office_hours, t))}
    </p>
  );
}

/** Why this day is another than the week says: a holiday, a day worked instead, hours set by hand. */
function todayOf({ today: { kind, holiday, spans } }: Slots, t: ReturnType<typeof useCallWords>) {
  if (kind === 'USUAL') return null;
  if (!spans.length) return <b>{kind === 'HOLIDAY' ? t.today.holiday(holiday ?? '') : t.today.off} </b>;
  const said = spans.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');
  return <b>{kind === 'SWAPPED' ? t.today.swapped(said) : t.today.other(said)} </b>;
}

/** Say the hours of a week, once for the days that have the same. */
function weekOf(hours: Slots['office_hours'], t: ReturnType<typeof useCallWords>): string {
  const byDays = new Map<string, string[]>();
  for (const { days, opens, closes } of hours) {
    const name = daysOf(days, t);
    byDays.set(name, [...(byDays.get(name) ?? []), `${opens.slice(0, 5)}–${closes.slice(0, 5)}`]);
  }
  return [...byDays].map(([days, spans]) => `${days}, ${spans.join(', ')}`).join('; ');
}

/** Name working days, those in a row as "from … to". */
function daysOf(days: number[], t: ReturnType<typeof useCallWords>): string {
  const names = days.map((day) => t.days[day] ?? '');
  const inARow = days.every((day, at) => at === 0 || day === (days[at - 1] ?? 0) + 1);
  return inARow && days.length > 2 ? t.fromTo(names[0] ?? '', names.at(-1) ?? '') : names.join(', ');
}

/** Nobody is at work: when the team is back. */
export function Closed({ holdId, opens }: { holdId: string; opens: string | null }) {
  const t = useCallWords();
  return (
    <Note kind="warn" icon={<DoorClosed size={18} aria-hidden="true" />} live>
      <b>{t.closed}</b>
      {opens && <p>{t.opens(fmt.time(opens))}</p>}
      <Hours holdId={holdId} told={false} />
    </Note>
  );
}

/** Video calls are not offered in this region: the store goes on (G40). */
export function OutsidePilot() {
  const t = useCallWords();
  return (
    <Note kind="warn" icon={<DoorClosed size={18} aria-hidden="true" />} live>
      <b>{t.outside}</b>
      <p>{t.outsideText}</p>
    </Note>
  );
}

/** How the newest call ended, why, and what is kept (G26). */
export function CallEnded({ call }: { call: Call }) {
  const t = useCallWords();
  const text = useCodeText();
  const [kind, Icon, title, words] = looks(call, t, text(call.reason_code));
  return (
    <Note kind={kind} icon={<Icon size={18} aria-hidden="true" />} live>
      <b>{title}</b>
      {words && <p>{words}</p>}
      {call.status === 'REJECTED' && call.repeat !== 'STORE' && call.attempts_left ? (
        <p>{t.left(call.attempts_left)}</p>
      ) : null}
      {call.place_kept_until && (
        <p>
          {t.kept} <Countdown until={call.place_kept_until} now={serverNow} />
        </p>
      )}
    </Note>
  );
}

type Look = ['good' | 'bad' | 'warn', typeof Clock, string, string | undefined];

function looks(call: Call, t: ReturnType<typeof useCallWords>, reason: string | undefined): Look {
  switch (call.status) {
    case 'APPROVED':
      return ['good', CircleCheck, t.approved, t.approvedText];
    case 'REJECTED':
      return ['bad', TriangleAlert, t.rejected, reason];
    case 'DROPPED':
      return ['warn', PhoneOff, t.dropped, t.droppedText];
    case 'REVOKED':
      return ['warn', TriangleAlert, t.revoked, t.revokedText];
    case 'ABANDONED':
      return call.started_at
        ? ['warn', PhoneOff, t.ended, t.endedText]
        : ['warn', PhoneOff, t.abandoned, t.abandonedText];
    default:
      return ['warn', Clock, t.retry, reason];
  }
}
