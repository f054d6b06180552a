import { Button } from '@chonso/ui';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Dialog } from '../shell/Dialog.tsx';
import { words } from './words.ts';

type View = { name: string; search: Record<string, unknown> };

const keyOf = (list: string) => `views:${list}`;

function kept(list: string): View[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(list)) ?? '[]') as View[];
  } catch {
    return [];
  }
}

/** Filters under a name, kept in this browser; the filters themselves stand in the address. */
export function Views({ list, search }: { list: string; search: Record<string, unknown> }) {
  const navigate = useNavigate();
  const [views, setViews] = useState(() => kept(list));
  const [isSaving, setSaving] = useState(false);
  const keep = (next: View[]) => {
    localStorage.setItem(keyOf(list), JSON.stringify(next));
    setViews(next);
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="chip">
          <Bookmark size={15} aria-hidden="true" /> {words.views}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
            {!views.length && <p className="menu-l">{words.noViews}</p>}
            {views.map((view) => (
              <DropdownMenu.Item
                key={view.name}
                className="menu-i"
                onSelect={() => void navigate({ to: '.', search: view.search as never })}
              >
                {view.name}
                <button
                  type="button"
                  className="menu-x"
                  aria-label={words.forgetView(view.name)}
                  onClick={(event) => {
                    event.stopPropagation();
                    keep(views.filter(({ name }) => name !== view.name));
                  }}
                >
                  <X size={14} aria-hidden="true" />
                </button>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="menu-s" />
            <DropdownMenu.Item className="menu-i" onSelect={() => setSaving(true)}>
              {words.saveView}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isSaving && (
        <Dialog title={words.saveView} onClose={() => setSaving(false)}>
          <form
            className="dlg-form"
            onSubmit={(event) => {
              event.preventDefault();
              const name = String(new FormData(event.currentTarget).get('name')).trim();
              if (!name) return;
              keep([...views.filter((view) => view.name !== name), { name, search }]);
              setSaving(false);
            }}
          >
            <div className="field">
              <label htmlFor="view-name">{words.viewName}</label>
              <input id="view-name" name="name" required maxLength={60} autoFocus />
            </div>
            <Button kind="primary" type="submit">
              {words.save}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  );
}
