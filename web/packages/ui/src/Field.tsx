import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

type Shell = {
  label: string;
  /** The mistake in this field, in words that say how to mend it. */
  error?: string | undefined;
  hint?: string | undefined;
};

type Wiring = { id: string; 'aria-invalid': boolean; 'aria-describedby': string };

/** A label, a control, its hint and its mistake, joined for screen readers. */
export function Labelled({
  label,
  error,
  hint,
  children,
}: Shell & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': !!error, 'aria-describedby': `${id}-hint ${id}-error` })}
      <p className="field-hint" id={`${id}-hint`} hidden={!hint}>
        {hint}
      </p>
      <p className="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  );
}

/** A text field. */
export function Field({ label, error, hint, ...input }: Shell & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Labelled label={label} error={error} hint={hint}>
      {(wiring) => <input {...wiring} {...input} />}
    </Labelled>
  );
}

type ChoiceProps<V extends string> = {
  legend: string;
  name: string;
  value: V | undefined;
  onChange: (value: V) => void;
  options: { value: V; title: string; text?: string; mark?: string; disabled?: boolean }[];
};

/** A choice of one among a few, each with a sentence. */
export function Choices<V extends string>({ legend, name, value, onChange, options }: ChoiceProps<V>) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={!!option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span className="choice-b">
              <b>{option.title}</b>
              {option.text && <small>{option.text}</small>}
              {option.mark && <em>{option.mark}</em>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
