import { fmt } from '@chonso/i18n';
import { Button, Skeleton, State } from '@chonso/ui';
import { ChevronRight, CircleUser } from 'lucide-react';
import type { ReactNode } from 'react';
import { back, go, Link, useAddress } from '../router.tsx';
import { Failure } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { type Me, signInAddress, useWhoAmI } from '../shell/session.ts';
import { useUnread } from '../shell/unread.ts';
import { useShellWords } from '../shell/words.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { EditProfile } from './EditProfile.tsx';
import { Preferences } from './Preferences.tsx';
import { SignOut } from './SignOut.tsx';
import { useSettingsWords } from './words.ts';

const HOME = '/account';
const SHEETS = { profile: EditProfile, password: ChangePassword, 'sign-out': SignOut };
type SheetName = keyof typeof SHEETS;

const openSheet = (name: SheetName) => go(`${HOME}?mo=${name}`);

/** The account: the person, the ways to what is theirs, their settings; a visitor finds the way in. */
export function Account() {
  const t = useSettingsWords();
  const { data: me, isPending, error, refetch } = useWhoAmI();
  return (
    <Page title={t.title} tabs busy={isPending}>
      {isPending && <Waiting />}
      {error && me === undefined && <Failure error={error} retry={() => void refetch()} />}
      {me && <Person me={me} />}
      {me === null && <Visitor />}
      {!isPending && <Preferences />}
      {me && (
        <Button kind="refuse" large onClick={() => openSheet('sign-out')}>
          {t.signOut}
        </Button>
      )}
      {me && <OpenSheet me={me} />}
    </Page>
  );
}

function OpenSheet({ me }: { me: Me }) {
  const { searchParams } = useAddress();
  const name = searchParams.get('mo') as SheetName | null;
  const Sheet = name && SHEETS[name];
  return Sheet ? <Sheet me={me} onClose={() => back(HOME)} /> : null;
}

function Person({ me }: { me: Me }) {
  const t = useSettingsWords();
  const shell = useShellWords();
  const unread = useUnread();
  return (
    <>
      <header className="person">
        <CircleUser size={44} strokeWidth={1.4} aria-hidden="true" />
        <div>
          <h2>{me.full_name ?? t.nameless}</h2>
          <p>{fmt.phone(me.phone)}</p>
        </div>
      </header>
      <nav className="list" aria-label={t.places}>
        <Place href="/inbox" name={t.inbox}>
          {unread > 0 && (
            <em className="unread">
              <span aria-hidden="true">{unread}</span>
              <span className="sr">, {shell.unread(unread)}</span>
            </em>
          )}
        </Place>
        <Place href="/holds" name={t.holds} />
        <Place href="/orders" name={t.orders} />
      </nav>
      <section className="group">
        <h2>{t.about}</h2>
        <div className="list">
          <Setting name={t.profile} onClick={() => openSheet('profile')}>
            {me.email}
          </Setting>
          <Setting name={t.password} onClick={() => openSheet('password')} />
          <Place href="/account/data" name={t.data} />
        </div>
      </section>
    </>
  );
}

function Place({ href, name, children }: { href: string; name: string; children?: ReactNode }) {
  return (
    <Link href={href} className="row">
      <b>{name}</b>
      <span className="row-end">
        {children}
        <ChevronRight size={18} aria-hidden="true" />
      </span>
    </Link>
  );
}

function Setting({ name, onClick, children }: { name: string; onClick: () => void; children?: ReactNode }) {
  return (
    <button type="button" className="row" aria-haspopup="dialog" onClick={onClick}>
      <b>{name}</b>
      <span className="row-end">
        <ChevronRight size={18} aria-hidden="true" />
      </span>
      {children && <small>{children}</small>}
    </button>
  );
}

function Visitor() {
  const t = useSettingsWords();
  return (
    <>
      <State
        icon={<CircleUser size={36} aria-hidden="true" />}
        title={t.visitor}
        action={
          <div className="ways">
            <Button kind="primary" onClick={() => go(signInAddress(HOME))}>
              {t.signIn}
            </Button>
            <Button kind="quiet" onClick={() => go(`/register?next=${HOME}`)}>
              {t.register}
            </Button>
          </div>
        }
      >
        {t.visitorText}
      </State>
      <nav className="list" aria-label={t.places}>
        <Place href="/holds/lookup" name={t.lookUp} />
      </nav>
    </>
  );
}

function Waiting() {
  return (
    <>
      <div className="person">
        <Skeleton width={44} height={44} />
        <Skeleton width="60%" height={44} />
      </div>
      <Skeleton height={168} />
      <Skeleton height={24} width={160} />
      <Skeleton height={168} />
    </>
  );
}
