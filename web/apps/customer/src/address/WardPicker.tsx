import { Field } from '@chonso/ui';
import { useAddressWords } from './words.ts';

type Props = { value: string; error?: string | undefined; onChange: (wardCode: string) => void };

/** The choice of a ward by its code. */
export function WardPicker({ value, error, onChange }: Props) {
  const t = useAddressWords();
  return (
    <Field
      label={t.ward}
      inputMode="numeric"
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
