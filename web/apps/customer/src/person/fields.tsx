import { Choices, Field } from '@chonso/ui';
import { WardPicker } from '../address/WardPicker.tsx';
import { typedDate } from './dates.ts';
import { usePersonWords } from './words.ts';

/** A subscriber as both forms ask for one: when the number is held (F3.3) and when it is activated (F5a.4). */
export type Person = {
  full_name: string;
  /** As typed: `05/09/1990`. */
  date_of_birth: string;
  sex: 'MALE' | 'FEMALE' | '';
  id_number: string;
  ward_code: string;
  address: string;
};

type Props = {
  draft: Person;
  change: (part: Partial<Person>) => void;
  /** The mistakes by field name. */
  faults: Record<string, string>;
};

/** The name, as on the document. */
export function FullName({ draft, change, faults }: Props) {
  const t = usePersonWords();
  return (
    <Field
      label={t.fullName}
      name="full_name"
      autoComplete="name"
      value={draft.full_name}
      error={faults.full_name}
      onChange={(event) => change({ full_name: event.target.value })}
    />
  );
}

/** The number on the document; the form says what is expected of it. */
export function IdNumber({ draft, change, faults, label, hint }: Props & { label: string; hint: string }) {
  return (
    <Field
      label={label}
      hint={hint}
      name="id_number"
      inputMode="numeric"
      maxLength={20}
      value={draft.id_number}
      error={faults.id_number}
      onChange={(event) => change({ id_number: event.target.value })}
    />
  );
}

/** Date of birth and sex. */
export function BirthAndSex({ draft, change, faults }: Props) {
  const t = usePersonWords();
  return (
    <>
      <Field
        label={t.dateOfBirth}
        hint={t.dateHint}
        name="date_of_birth"
        inputMode="numeric"
        autoComplete="bday"
        value={draft.date_of_birth}
        error={faults.date_of_birth}
        onChange={(event) => change({ date_of_birth: typedDate(event.target.value, draft.date_of_birth) })}
      />
      <Choices<'MALE' | 'FEMALE'>
        legend={t.sex}
        name="sex"
        value={draft.sex || undefined}
        onChange={(sex) => change({ sex })}
        options={[
          { value: 'MALE', title: t.male },
          { value: 'FEMALE', title: t.female },
        ]}
      />
      {faults.sex && (
        <p className="field-error" role="alert">
          {faults.sex}
        </p>
      )}
    </>
  );
}

/** The permanent address: ward, then house and street. */
export function HomeAddress({ draft, change, faults }: Props) {
  const t = usePersonWords();
  return (
    <>
      <WardPicker
        value={draft.ward_code}
        error={faults.ward_code}
        onChange={(ward_code) => change({ ward_code })}
      />
      <Field
        label={t.address}
        name="address"
        autoComplete="street-address"
        value={draft.address}
        error={faults.address}
        onChange={(event) => change({ address: event.target.value })}
      />
    </>
  );
}
