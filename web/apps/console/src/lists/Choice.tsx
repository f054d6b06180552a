import { fmt } from '@chonso/i18n';

type ChoiceProps<T extends string> = {
  label: string;
  /** The first choice, which filters nothing; without it one is always chosen. */
  all?: string;
  options: readonly (readonly [T, string])[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
};

/** A filter of a list. */
export function Choice<T extends string>({ label, all, options, value, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={label}
      className={all && value && 'is-set'}
      value={value ?? ''}
      onChange={(event) => onChange((event.target.value || undefined) as T | undefined)}
    >
      {all && <option value="">{all}</option>}
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** A choice with the number of its rows: `Cần xử lý (6)`. */
export const named = (name: string, count: number): string =>
  count ? `${name} (${fmt.count(count)})` : name;
