import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, useState } from 'react';
import { Labelled } from './Field.tsx';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  /** The names of the button that shows what was typed, and that hides it again. */
  show: string;
  hide: string;
};

/** A password, hidden until the person wants to see it. */
export function PasswordField({ label, error, hint, show, hide, ...input }: Props) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Labelled label={label} error={error} hint={hint}>
      {(wiring) => (
        <span className="secret">
          <input
            {...wiring}
            {...input}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
          />
          <button
            type="button"
            aria-label={shown ? hide : show}
            aria-controls={wiring.id}
            onClick={() => setShown(!shown)}
          >
            <Icon size={20} aria-hidden="true" />
          </button>
        </span>
      )}
    </Labelled>
  );
}
