import { api, send } from '@chonso/api';
import { Handshake } from 'lucide-react';
import type { Item } from '../../shell/palette.ts';
import { words } from './words.ts';

const MOST = 5;

/** Find channels by a part of name or code, for the palette. */
export async function findChannels(q: string, signal: AbortSignal): Promise<Item[]> {
  const query = { q, limit: MOST };
  const { items } = await send(api.GET('/api/identity/v1/partners', { params: { query }, signal }));
  return items.map(({ id, name, channel_code }) => ({
    id: `channel-${id}`,
    title: name,
    text: channel_code,
    icon: Handshake,
    group: words.channels,
    to: `/partners/${id}`,
  }));
}
