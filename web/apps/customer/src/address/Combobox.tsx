import { Labelled } from '@chonso/ui';
import { Check, ChevronDown } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { matches } from './matches.ts';
import { useAddressWords } from './words.ts';

export type Option = { code: string; name: string };

type Props = {
  label: string;
  options: readonly Option[];
  /** The code of the chosen one; empty for none. */
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  /** The options are on their way. */
  busy?: boolean;
  disabled?: boolean;
};

/** A text field with a list that narrows while its letters are typed (ARIA combobox with a listbox). */
export function Combobox({ label, options, value, onChange, error, hint, busy, disabled }: Props) {
  const list = useOpenList({ options, value, onChange });
  const t = useAddressWords();
  return (
    <div className="combo">
      <Labelled label={label} error={error} hint={hint}>
        {(wiring) => (
          <input
            {...wiring}
            {...list.input}
            ref={list.field}
            role="combobox"
            aria-expanded={list.open}
            aria-controls={list.id}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            disabled={disabled}
            aria-busy={busy || undefined}
            placeholder={busy ? t.loading : t.type}
          />
        )}
      </Labelled>
      <ChevronDown className="combo-sign" size={18} aria-hidden="true" />
      {list.open && (
        <div className="combo-list" id={list.id} role="listbox" aria-label={label}>
          {list.shown.map((option, index) => (
            <div
              key={option.code}
              id={`${list.id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={option.code === value}
              data-here={index === list.here}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => list.choose(option)}
            >
              {option.name}
              {option.code === value && <Check size={16} aria-hidden="true" />}
            </div>
          ))}
          {list.shown.length === 0 && (
            <div
              className="combo-none"
              tabIndex={-1}
              role="option"
              aria-selected="false"
              aria-disabled="true"
            >
              {busy ? t.loading : t.none}
            </div>
          )}
        </div>
      )}
      <p className="sr" role="status">
        {list.open ? t.count(list.shown.length) : ''}
      </p>
    </div>
  );
}

type ListProps = Pick<Props, 'options' | 'value' | 'onChange'>;

function useOpenList({ options, value, onChange }: ListProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [here, setHere] = useState(-1);
  const open = typed !== null;
  const name = options.find(({ code }) => code === value)?.name ?? '';
  const shown = useMemo(() => (open ? matches(options, typed) : []), [open, options, typed]);
  const close = () => {
    setTyped(null);
    setHere(-1);
  };
  const choose = (option: Option) => {
    close();
    onChange(option.code);
  };
  useEffect(() => {
    if (open && here >= 0) document.getElementById(`${id}-${here}`)?.scrollIntoView({ block: 'nearest' });
  }, [open, here, id]);
  const move = (to: number) => {
    if (!open) setTyped('');
    setHere(Math.max(0, Math.min(to, (open ? shown : options).length - 1)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(here + 1),
      ArrowUp: () => move(here - 1),
      Escape: close,
      Enter: () => {
        const option = shown[Math.max(here, 0)];
        if (option) choose(option);
      },
    };
    const act = keys[event.key];
    if (!act || (!open && event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return {
    id,
    field,
    open,
    shown,
    here,
    choose,
    input: {
      value: typed ?? name,
      'aria-activedescendant': open && here >= 0 ? `${id}-${here}` : undefined,
      onKeyDown,
      onClick: () => setTyped((now) => now ?? ''),
      onFocus: () => setTyped((now) => now ?? ''),
      onBlur: close,
      onChange: (event: { target: { value: string } }) => {
        setTyped(event.target.value);
        setHere(0);
      },
    },
  };
}
