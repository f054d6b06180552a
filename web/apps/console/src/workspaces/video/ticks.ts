import { useDraft } from '@chonso/app';
import type { Ticks } from './calls.ts';

const UNTICKED: Ticks = {
  id_number: false,
  full_name: false,
  date_of_birth: false,
  face: false,
  same_person: false,
};

/** The ticks of a call, kept in this tab: a reload in mid-call loses none. */
export const useTicks = (callId: string) => useDraft<Ticks>(`ticks:${callId}`, UNTICKED);
