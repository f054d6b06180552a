import { Field } from '@chonso/ui';
import { useHoldsWords } from './words.ts';

type Props = {
  value: string;
  /** The code cannot be one, or no slip has it. */
  error?: string | undefined;
  /** The form that Enter in this field sends. */
  form: string;
  onChange: (code: string) => void;
};

/** The hold code of a slip, as people read it. */
export function CodeField({ value, error, form, onChange }: Props) {
  const t = useHoldsWords();
  return (
    <Field
      label={t.code}
      hint={t.codeHint}
      name="hold_code"
      form={form}
      autoComplete="off"
      autoCapitalize="characters"
      autoCorrect="off"
      spellCheck={false}
      maxLength={40}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
