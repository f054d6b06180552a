import { Field, PasswordField } from '@chonso/ui';
import type { FormEvent, FormEventHandler } from 'react';
import { useAccountWords } from './words.ts';

type Props = { value: string; error?: string | undefined; onChange: (value: string) => void };

/** The phone that an account is known by. */
export function PhoneField({ value, error, onChange }: Props) {
  const t = useAccountWords();
  return (
    <Field
      label={t.phone}
      name="phone"
      type="tel"
      inputMode="tel"
      autoComplete="username"
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type SecretProps = Props & {
  name: string;
  label: string;
  hint?: string;
  autoComplete: 'current-password' | 'new-password';
};

/** A password of this account. */
export function Secret({ onChange, ...field }: SecretProps) {
  const t = useAccountWords();
  return (
    <PasswordField
      {...field}
      show={t.showPassword}
      hide={t.hidePassword}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Handle the sending of a form without leaving the page. */
export const onSubmit =
  (send: () => void): FormEventHandler<HTMLFormElement> =>
  (event: FormEvent) => {
    event.preventDefault();
    send();
  };

/** Put the focus on the first field that has a mistake, once it is shown. */
export const focusMistake = (form: HTMLFormElement | null): void => {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
};
