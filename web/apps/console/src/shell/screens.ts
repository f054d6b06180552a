import { Gauge, Handshake, Link2, type LucideIcon, Package, ScanFace, Store, Video } from 'lucide-react';
import screens from './screens.json' with { type: 'json' };

export type ScreenName = 'orders' | 'counter' | 'video' | 'connection' | 'review' | 'partners' | 'oversight';
export type Screen = { name: ScreenName; path: `/${ScreenName}`; title: string; roles: string[] };

/** The workspaces in the order of the rail; `docs/roles.md` is made of the same table. */
export const SCREENS = screens as Screen[];

export const ICONS: Record<ScreenName, LucideIcon> = {
  orders: Package,
  counter: Store,
  video: Video,
  connection: Link2,
  review: ScanFace,
  partners: Handshake,
  oversight: Gauge,
};

/** The workspaces that these roles open; the services decide again at every request. */
export const screensOf = (roles: readonly string[]): Screen[] =>
  SCREENS.filter((screen) => screen.roles.some((role) => roles.includes(role)));
