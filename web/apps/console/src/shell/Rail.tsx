import { type Theme, useTheme } from '@chonso/app';
import { Arcs } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import { ICONS, screensOf } from './screens.ts';
import { myName, useMe, useSignOut } from './session.ts';
import { words } from './words.ts';

const THEMES: Theme[] = ['system', 'light', 'dark'];

/** The workspaces of this person, and their own menu. */
export function Rail({ onKeys }: { onKeys: () => void }) {
  const me = useMe();
  return (
    <nav className="rail" aria-label={words.workspaces}>
      <Link to="/" className="rail-logo" aria-label={words.brand}>
        <Arcs size={26} />
      </Link>
      {screensOf(me.roles).map(({ name, path, title }) => {
        const Icon = ICONS[name];
        return (
          <Link key={name} to={path} className="rail-a" activeProps={{ 'aria-current': 'page' }}>
            <Icon size={20} strokeWidth={1.9} aria-hidden="true" />
            <span>{title}</span>
          </Link>
        );
      })}
      <Menu onKeys={onKeys} />
    </nav>
  );
}

function Menu({ onKeys }: { onKeys: () => void }) {
  const me = useMe();
  const signOut = useSignOut();
  const [theme, setTheme] = useTheme();
  const name = myName();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="me"
        aria-label={words.account(name)}
        data-initials={name.slice(0, 2).toUpperCase()}
      />
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="right" sideOffset={10} align="end">
          <p className="menu-h">
            <b>{name}</b>
            <small>
              {me.shop_code ?? (me.regions.length ? words.regions(me.regions) : words.allRegions)}
            </small>
          </p>
          <DropdownMenu.Separator className="menu-s" />
          <DropdownMenu.Label className="menu-l">{words.theme}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme} onValueChange={(next) => setTheme(next as Theme)}>
            {THEMES.map((choice) => (
              <DropdownMenu.RadioItem key={choice} value={choice} className="menu-i is-radio">
                <DropdownMenu.ItemIndicator className="menu-dot" />
                {words.themes[choice]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-s" />
          <DropdownMenu.Item className="menu-i" onSelect={onKeys}>
            {words.keys} <kbd className="kbd">?</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-i" onSelect={() => void signOut()}>
            {words.signOut}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
