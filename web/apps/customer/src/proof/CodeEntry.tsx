import { isProblem, serverNow } from '@chonso/api';
import { outsideIsSimulated } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { Button, Countdown, OtpField, toast } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Refused } from '../shell/Failure.tsx';
import { useFaults, useProblemText } from '../shell/problems.ts';
import { pauseOf } from './pause.ts';
import { useProofWords } from './words.ts';

type Props = {
  /** The form, for the button that stands elsewhere. */
  id: string;
  phone: string;
  /** The moment from which another code may be asked for. */
  resendAt: string;
  /** What became of the last code that was entered. */
  error: unknown;
  onCode: (code: string) => void;
  /** Ask for another code; returns when the next may be asked for. */
  resend: () => Promise<string>;
  children?: ReactNode;
};

/** Enter the code of an SMS, or ask for another when the stated pause is over (F1.9, F2.4, G13). */
export function CodeEntry({ id, phone, resendAt, error, onCode, resend, children }: Props) {
  const t = useProofWords();
  const text = useProblemText();
  const faults = useFaults();
  const [code, setCode] = useState('');
  const isWrong = isProblem(error, 'otp-wrong', 'otp-expired');
  const mistake = isWrong ? text(error) : faults(error).code;
  return (
    <form
      id={id}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
        event.currentTarget.querySelector<HTMLInputElement>('[name=code]')?.select();
      }}
    >
      <p className="lead">{t.sentTo(fmt.phone(phone))}</p>
      <OtpField label={t.code} value={code} error={mistake} onChange={setCode} />
      {!mistake && <Refused error={error} />}
      <Resend at={resendAt} resend={resend} onSent={() => setCode('')} />
      {outsideIsSimulated() && (
        <div className="others">
          <a href={`/sim/sms?to=${encodeURIComponent(phone)}`} target="_blank" rel="noopener">
            {t.inbox}
          </a>
        </div>
      )}
      {children}
    </form>
  );
}

function Resend({ at, resend, onSent }: { at: string; resend: () => Promise<string>; onSent: () => void }) {
  const t = useProofWords();
  const [pause, setPause] = useState(at);
  const [rested, setRested] = useState(Date.parse(at) <= serverNow());
  const wait = (until: string) => {
    setPause(until);
    setRested(Date.parse(until) <= serverNow());
  };
  const sending = useMutation({
    mutationFn: resend,
    onSuccess: (until) => {
      wait(until);
      onSent();
      toast(t.resent);
    },
    onError: (error) => {
      const until = pauseOf(error);
      if (until) wait(until);
    },
  });
  return (
    <div className="resend">
      {rested ? (
        <Button kind="quiet" busy={sending.isPending} onClick={() => sending.mutate()}>
          {t.resend}
        </Button>
      ) : (
        <p>
          {t.resendIn} <Countdown until={pause} now={serverNow} onEnd={() => setRested(true)} />
        </p>
      )}
      <Refused error={sending.error} />
    </div>
  );
}
