import { useDraft } from '@chonso/app';
import { type ReactNode, useState } from 'react';
import type { Purpose } from '../proof/challenges.ts';
import { usePhoneProof } from '../proof/PhoneProof.tsx';
import { useAddress } from '../router.tsx';
import { CodeField } from './CodeField.tsx';
import { groupedHoldCode, readHoldCode } from './hold_code.ts';
import { useHoldsWords } from './words.ts';

type Options = {
  purpose: Purpose;
  /** A guess at the phone, which the person may change. */
  phone?: string;
  confirm: string;
  onProof: (holdCode: string, proof: string) => Promise<unknown>;
};

/** A hold code and the proof of its phone (P3.3, G11): the fields of the present step, and their button. */
export function useCodeAndPhone({ purpose, phone, confirm, onProof }: Options): {
  fields: ReactNode;
  button: ReactNode;
} {
  const t = useHoldsWords();
  const given = useAddress().searchParams.get('code') ?? '';
  const [draft, change] = useDraft(`hold-code:${purpose}:${given}`, { hold_code: grouped(given) });
  const [mistake, setMistake] = useState<string>();
  const code = readHoldCode(draft.hold_code);
  const checked = () => {
    setMistake(code ? undefined : t.codeWrong);
    return code !== null;
  };
  const proof = usePhoneProof({
    purpose,
    confirm,
    ...(phone && { guess: phone }),
    ready: checked,
    onProof: (signed) => onProof(code ?? '', signed),
  });
  return {
    fields: (
      <>
        <CodeField
          form={proof.id}
          value={draft.hold_code}
          error={mistake}
          onChange={(hold_code) => {
            setMistake(undefined);
            change({ hold_code });
          }}
        />
        {proof.fields}
      </>
    ),
    button: proof.button,
  };
}

/** A code of a link, as people read it; what cannot be a code stays as it is. */
function grouped(given: string): string {
  const code = readHoldCode(given);
  return code ? groupedHoldCode(code) : given;
}
