import { Check } from 'lucide-react';
import { useKeys } from '../../shell/keys.ts';
import type { Form, Ticks } from './calls.ts';
import { words } from './words.ts';

type Props = { form: Form; ticks: Ticks; onTick: (ticks: Partial<Ticks>) => void };

/** The lines that the agent compared with the record; the digits tick them. */
export function Checklist({ form, ticks, onTick }: Props) {
  const toggle = (name: string) => onTick({ [name]: !ticks[name as keyof Ticks] });
  useKeys(
    words.check.title,
    form.checklist.map(({ name, text_vi }, i) => ({
      key: String(i + 1),
      name: text_vi,
      run: () => toggle(name),
    })),
  );
  return (
    <fieldset className="ticks">
      <legend>{words.check.title}</legend>
      {form.checklist.map(({ name, text_vi }, i) => (
        <label key={name}>
          <input type="checkbox" checked={!!ticks[name as keyof Ticks]} onChange={() => toggle(name)} />
          <i aria-hidden="true">
            <Check size={13} strokeWidth={3.2} />
          </i>
          <span>{text_vi}</span>
          <kbd className="kbd" aria-hidden="true">
            {i + 1}
          </kbd>
        </label>
      ))}
    </fieldset>
  );
}
