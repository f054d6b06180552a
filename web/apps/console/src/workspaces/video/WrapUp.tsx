import { fmt } from '@chonso/i18n';
import { Button } from '@chonso/ui';
import { CircleCheck, CircleX, Clock, PhoneOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Call, Form } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { words } from './words.ts';

const w = words.wrap;
const SHORT_S = 30;
const LONGER_S = 60;

type Props = {
  call: Call;
  form: Form | undefined;
  busy: boolean;
  onDone: () => void;
};

/** After a call: what came of it, and a while for paperwork before the next one. */
export function WrapUp({ call, form, busy, onDone }: Props) {
  const now = useNow();
  const [until, setUntil] = useState(() => now + SHORT_S * 1000);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (left === 0) onDone();
  }, [left, onDone]);
  const reasons = [...(form?.rejections ?? []), ...(form?.technical ?? [])];
  const reason = reasons.find(({ code }) => code === call.reason_code)?.text_vi;
  return (
    <section className="wrap" aria-live="polite">
      <Sign status={call.status} />
      <h2>{w.outcomes[call.status]}</h2>
      {reason && <p>{reason}</p>}
      <ul className="wrap-f">
        {call.repeat && <li>{words.decide.repeat[call.repeat]}</li>}
        {call.status === 'REJECTED' && call.attempts_left !== null && <li>{w.left(call.attempts_left)}</li>}
        {call.started_at && call.ended_at && (
          <li>{w.took(fmt.clock(secondsSince(call.started_at, Date.parse(call.ended_at))))}</li>
        )}
      </ul>
      <p className="wrap-t">
        <Clock size={15} aria-hidden="true" /> {w.next(left)}
      </p>
      <footer>
        <Button onClick={() => setUntil((before) => before + LONGER_S * 1000)}>{w.longer}</Button>
        <Button kind="quiet" busy={busy} onClick={onDone}>
          {w.done}
        </Button>
      </footer>
    </section>
  );
}

function Sign({ status }: { status: Call['status'] }) {
  if (status === 'APPROVED') return <CircleCheck size={44} className="is-good" aria-hidden="true" />;
  if (status === 'REJECTED') return <CircleX size={44} className="is-bad" aria-hidden="true" />;
  return <PhoneOff size={40} aria-hidden="true" />;
}
