import { Search, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { CELLS, type Cells, erase, overwrite, tidy } from './mask.ts';
import { useSearchWords } from './words.ts';

type Props = { value: Cells; onChange: (cells: Cells) => void; onSubmit: () => void };

/** Ten cells over one real input: tapping a cell types there; paste, autofill and screen readers keep working. */
export function DigitMask({ value, onChange, onSubmit }: Props) {
  const t = useSearchWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState<number | null>(null);
  const goTo = (next: number) => {
    const cell = Math.max(0, Math.min(CELLS - 1, next));
    setPlace(cell);
    input.current?.focus();
  };
  const type = (typed: string) => {
    const at = place ?? value.length;
    onChange(overwrite(value, at, typed));
    setPlace(Math.min(CELLS - 1, at + typed.length));
  };
  const remove = () => {
    const at = place ?? value.length;
    const cell = value[at] && value[at] !== '?' ? at : at - 1;
    if (cell < 0) return;
    onChange(erase(value, cell));
    setPlace(cell);
  };
  return (
    <form
      className="mask"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        input.current?.blur();
        onSubmit();
      }}
    >
      <label className="sr" htmlFor={id}>
        {t.field}
      </label>
      <div className="cells" aria-hidden="true">
        {Array.from({ length: CELLS }, (_, i) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: a picture of the input, which is reached by keyboard itself
          <span
            key={i}
            className={cellClass(value, i)}
            data-gap={i === 4 || i === 7 || undefined}
            data-here={i === place || undefined}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => goTo(i)}
          >
            {value[i] === '?' ? '' : (value[i] ?? (value ? '' : '09     868'[i]))}
          </span>
        ))}
      </div>
      <input
        id={id}
        ref={input}
        inputMode="tel"
        autoComplete="off"
        enterKeyHint="search"
        value={value}
        onFocus={() => setPlace((now) => now ?? Math.min(value.length, CELLS - 1))}
        onBlur={() => setPlace(null)}
        onBeforeInput={(event) => {
          const { data, inputType } = event as unknown as InputEvent;
          if (data && inputType !== 'insertFromPaste') {
            event.preventDefault();
            type(data);
          }
        }}
        onKeyDown={(event) => {
          if (event.key === 'Backspace' || event.key === 'Delete') {
            event.preventDefault();
            remove();
          } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
            event.preventDefault();
            goTo((place ?? value.length) + (event.key === 'ArrowLeft' ? -1 : 1));
          }
        }}
        onChange={(event) => {
          const typed = event.target.value;
          if (typed !== value) onChange(pasted(typed));
        }}
      />
      {value && (
        <button
          type="button"
          className="mask-x"
          aria-label={t.clear}
          onClick={() => {
            onChange('');
            goTo(0);
          }}
        >
          <X size={17} aria-hidden="true" />
        </button>
      )}
      <button type="submit" className="mask-go" aria-label={t.submit}>
        <Search size={20} aria-hidden="true" />
      </button>
    </form>
  );
}

/** A number as it was copied: with a country code, spaces, dots. */
const pasted = (text: string): Cells =>
  tidy(text.replace(/[\s.-]/g, '').replace(/^(\+|00)?84(?=\d{9}$)/, '0'));

function cellClass(cells: Cells, i: number): string {
  if (!cells) return 'cell ghost';
  return cells[i] && cells[i] !== '?' ? 'cell on' : 'cell';
}
