import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CornerDownLeft, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { type Item, sourcesFor } from './palette.ts';
import { problemText } from './problems.ts';
import { ICONS, screensOf } from './screens.ts';
import { useMe } from './session.ts';
import { words } from './words.ts';

const PAUSE_MS = 160;

const folded = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();

function useItems(query: string): { items: Item[]; error: unknown; busy: boolean } {
  const me = useMe();
  const asked = useDeferredValue(query.trim());
  const screens = screensOf(me.roles)
    .filter(({ title }) => folded(title).includes(folded(asked)))
    .map(
      ({ name, path, title }): Item => ({
        id: name,
        title,
        icon: ICONS[name],
        group: words.paletteGo,
        to: path,
      }),
    );
  const { data, error, isFetching } = useQuery({
    queryKey: ['palette', asked],
    enabled: asked.length >= 2,
    staleTime: 5_000,
    retry: false,
    queryFn: async ({ signal }) => {
      await new Promise((done) => setTimeout(done, PAUSE_MS));
      signal.throwIfAborted();
      const answers = await Promise.all(sourcesFor(me.roles).map((source) => source.search(asked, signal)));
      return answers.flat();
    },
  });
  return { items: [...(asked.length >= 2 ? (data ?? []) : []), ...screens], error, busy: isFetching };
}

/** Find a person, a code, a number or a command, and go there: arrows choose, Enter opens, Escape closes. */
export function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { items, error, busy } = useItems(query);
  const id = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const chosen = Math.min(at, items.length - 1);
  const open = (item: Item | undefined) => {
    if (!item) return;
    dialog.current?.close();
    item.run?.();
    const [to, query] = item.to?.split('?') ?? [];
    if (to) void navigate({ to, search: Object.fromEntries(new URLSearchParams(query)) as never });
  };
  const move = (steps: number) => setAt((chosen + steps + items.length) % Math.max(1, items.length));
  return (
    <dialog
      ref={dialog}
      className="dlg palette"
      aria-label={words.openPalette}
      onClose={onClose}
      onMouseDown={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="palette-q">
        <Search size={18} aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={items[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={words.paletteHint}
          placeholder={words.paletteHint}
          autoFocus
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') move(1);
            else if (event.key === 'ArrowUp') move(-1);
            else if (event.key === 'Enter') open(items[chosen]);
            else return;
            event.preventDefault();
          }}
        />
        {busy && <span className="palette-busy" aria-hidden="true" />}
      </div>
      <p className="sr" role="status">
        {words.resultCount(items.length)}
      </p>
      {error ? (
        <p className="palette-none" role="alert">
          {problemText(error)}
        </p>
      ) : null}
      <Results id={id} items={items} chosen={chosen} onChoose={setAt} onOpen={open} />
      {!items.length && !busy && !error && <p className="palette-none">{words.paletteNone}</p>}
    </dialog>
  );
}

type ResultsProps = {
  id: string;
  items: Item[];
  chosen: number;
  onChoose: (at: number) => void;
  onOpen: (item: Item) => void;
};

function Results({ id, items, chosen, onChoose, onOpen }: ResultsProps) {
  return (
    <div id={id} role="listbox" aria-label={words.openPalette} className="palette-l">
      {items.map((item, i) => (
        <div key={`${item.group}-${item.id}`} role="presentation">
          {item.group !== items[i - 1]?.group && <p className="palette-g">{item.group}</p>}
          <div
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className="palette-i"
            onMouseMove={() => onChoose(i)}
            onClick={() => onOpen(item)}
          >
            {item.icon && <item.icon size={17} aria-hidden="true" />}
            <b>{item.title}</b>
            {item.text && <small>{item.text}</small>}
            {i === chosen && <CornerDownLeft size={14} aria-hidden="true" />}
          </div>
        </div>
      ))}
    </div>
  );
}
