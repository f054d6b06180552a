import { useId } from 'react';

type Props<V extends string> = {
  legend: string;
  value: V;
  options: { value: V; name: string }[];
  onChange: (value: V) => void;
};

/** A choice among two to four short words that takes effect at once; the chosen one is an ink pill. */
export function Segmented<V extends string>({ legend, value, options, onChange }: Props<V>) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="sr">{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
