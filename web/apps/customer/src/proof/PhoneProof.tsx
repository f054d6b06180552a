import { isProblem } from '@chonso/api';
import { useDraft } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { Button, Field } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useRef } from 'react';
import { Refused } from '../shell/Failure.tsx';
import { useFaults } from '../shell/problems.ts';
import { CodeEntry } from './CodeEntry.tsx';
import { type Challenge, challenge, type Purpose, prove } from './challenges.ts';
import { useProofWords } from './words.ts';

type Options = {
  /** What the proof is good for: identity signs it for this purpose alone. */
  purpose: Purpose;
  /** The phone, where it is known; the person enters it otherwise. */
  phone?: string;
  /** A guess at the phone, which the person may change. */
  guess?: string;
  /** Tell whether what else the screen asks for is right: nothing is sent before it is. */
  ready?: () => boolean;
  /** The proof is there: send it on. The button stays busy until this is done; its error is shown. */
  onProof: (proof: string, phone: string) => Promise<unknown> | unknown;
  /** The word on the button that sends the code of the SMS. */
  confirm?: string;
};

const BLANK = { phone: '', challenge_id: '', resend_at: '' };
const always = () => true;

/**
 * Prove a phone by the code of an SMS (P3.3, F5a.9, G11): the fields of the present step, and its filled
 * button, which stands where the screen wants it (`action` of a `Page`, or below the fields of a sheet).
 */
export function usePhoneProof({
  purpose,
  phone: known,
  guess = '',
  ready = always,
  onProof,
  confirm,
}: Options): {
  /** The form, for fields that stand outside of it. */
  id: string;
  step: 'phone' | 'code';
  fields: ReactNode;
  button: ReactNode;
} {
  const t = useProofWords();
  const id = useId();
  const [draft, change, forget] = useDraft(`proof:${purpose}:${known ?? ''}`, {
    ...BLANK,
    phone: fmt.phone(guess),
  });
  const phone = known ?? draft.phone;
  const ask = useMutation({ mutationFn: () => challenge(phone, purpose), onSuccess: change });
  const proof = useRef('');
  const answer = useMutation({
    mutationFn: async (code: string) => {
      // A code is good once: after a broken line its proof is sent on again.
      proof.current ||= await prove(draft.challenge_id, code);
      await onProof(proof.current, phone);
      forget();
    },
    onError: (error) => {
      if (!isProblem(error, 'no-such-challenge', 'bad-slip')) return;
      proof.current = '';
      change({ challenge_id: '' });
    },
  });
  const again = async () => {
    const started: Challenge = await challenge(phone, purpose);
    proof.current = '';
    change(started);
    return started.resend_at;
  };
  if (!draft.challenge_id)
    return {
      id,
      step: 'phone',
      fields: (
        <PhoneEntry
          id={id}
          known={known}
          phone={phone}
          error={ask.error ?? answer.error}
          onPhone={(typed) => change({ phone: typed })}
          onSubmit={() => {
            if (ready() && !ask.isPending) ask.mutate();
          }}
        />
      ),
      button: (
        <Button kind="primary" large type="submit" form={id} busy={ask.isPending}>
          {t.sendCode}
        </Button>
      ),
    };
  return {
    id,
    step: 'code',
    fields: (
      <CodeEntry
        id={id}
        phone={phone}
        resendAt={draft.resend_at}
        error={answer.error}
        resend={again}
        onCode={(code) => {
          if (ready() && !answer.isPending) answer.mutate(code);
        }}
      >
        {known === undefined && (
          <Button
            kind="text"
            onClick={() => {
              proof.current = '';
              answer.reset();
              change({ challenge_id: '' });
            }}
          >
            {t.otherPhone}
          </Button>
        )}
      </CodeEntry>
    ),
    button: (
      <Button kind="primary" large type="submit" form={id} busy={answer.isPending}>
        {confirm ?? t.confirm}
      </Button>
    ),
  };
}

type PhoneProps = {
  id: string;
  known: string | undefined;
  phone: string;
  error: unknown;
  onPhone: (phone: string) => void;
  onSubmit: () => void;
};

function PhoneEntry({ id, known, phone, error, onPhone, onSubmit }: PhoneProps) {
  const t = useProofWords();
  const faults = useFaults()(error);
  return (
    <form
      id={id}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {known === undefined ? (
        <Field
          label={t.phone}
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          value={phone}
          error={faults.phone}
          onChange={(event) => onPhone(event.target.value)}
        />
      ) : (
        <p className="lead">{t.willSendTo(fmt.phone(known))}</p>
      )}
      {!faults.phone && <Refused error={error} />}
    </form>
  );
}

/** The whole proof in one piece, for a sheet: fields, and the filled button below them. */
export function PhoneProof(options: Options) {
  const { fields, button } = usePhoneProof(options);
  return (
    <div className="stack">
      {fields}
      {button}
    </div>
  );
}
