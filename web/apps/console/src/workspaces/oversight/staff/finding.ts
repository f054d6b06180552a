import { api, send } from '@chonso/api';
import { UserRound } from 'lucide-react';
import type { Item } from '../../../shell/palette.ts';
import { words } from './words.ts';

const MOST = 5;

/** Find members of staff by a part of their user name, for the palette. */
export async function findMembers(q: string, signal: AbortSignal): Promise<Item[]> {
  const query = { q, limit: MOST };
  const { items } = await send(api.GET('/api/identity/v1/staff', { params: { query }, signal }));
  return items.map(({ id, username, roles }) => ({
    id: `member-${id}`,
    title: username,
    text: roles.map((role) => words.roles[role]).join(', '),
    icon: UserRound,
    group: words.list,
    to: `/oversight/staff?q=${username}&who=${id}`,
  }));
}
