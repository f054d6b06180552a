import type { Ref } from 'react';
import { Labelled } from './Field.tsx';

const DIGITS = 6;

type Props = {
  label: string;
  value: string;
  error?: string | undefined;
  hint?: string | undefined;
  /** The first six digits of what was typed or pasted. */
  onChange: (digits: string) => void;
  input?: Ref<HTMLInputElement>;
};

/** A one-time code: one input, so that the phone can fill it in and a pasted message will do. */
export function OtpField({ label, value, error, hint, onChange, input }: Props) {
  return (
    <Labelled label={label} error={error} hint={hint}>
      {(wiring) => (
        <input
          {...wiring}
          {...(input && { ref: input })}
          className="otp"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCorrect="off"
          spellCheck={false}
          required
          value={value}
          onChange={(event) => onChange(codeIn(event.target.value))}
        />
      )}
    </Labelled>
  );
}

/** Find the code in a text: six digits in a row, or else the first six there are: `123 456` -> `123456`. */
export function codeIn(text: string): string {
  const whole = /(?<!\d)\d{6}(?!\d)/.exec(text);
  return whole ? whole[0] : text.replace(/\D/g, '').slice(0, DIGITS);
}
