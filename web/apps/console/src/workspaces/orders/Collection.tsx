import { serverNow } from '@chonso/api';
import { Field } from '@chonso/ui';
import { useState } from 'react';
import { words } from './detail.words.ts';
import type { Collection as Body } from './shipments.ts';

/** Where and when the courier collects, as it is typed: the time is that of Vietnam. */
export type Collection = { address: string; at: string };

const KEPT = 'collection-address';
const ZONE = '+07:00';
const AHEAD_MS = 2 * 60 * 60_000;
const HALF_HOUR_MS = 30 * 60_000;

/** The next half hour that is two hours ahead, as a field of the browser wants it. */
function soon(): string {
  const at = Math.ceil((serverNow() + AHEAD_MS) / HALF_HOUR_MS) * HALF_HOUR_MS;
  return new Date(at + 7 * 60 * 60_000).toISOString().slice(0, 16);
}

/** The last address of this desk, and a time to come. */
export function useCollection(): [Collection, (change: Partial<Collection>) => void] {
  const [collection, set] = useState(() => ({ address: localStorage.getItem(KEPT) ?? '', at: soon() }));
  return [collection, (change) => set((before) => ({ ...before, ...change }))];
}

/** Read what was typed: the body of the request, or the mistakes by field. */
export function readCollection({ address, at }: Collection): {
  faults: Record<string, string>;
  body?: Body;
} {
  const faults: Record<string, string> = {};
  const moment = new Date(`${at}:00${ZONE}`);
  if (address.trim().length < 5) faults.address = words.addressMissing;
  if (Number.isNaN(moment.getTime())) faults.at = words.atMissing;
  else if (moment.getTime() <= serverNow()) faults.at = words.atPast;
  if (Object.keys(faults).length) return { faults };
  localStorage.setItem(KEPT, address.trim());
  return {
    faults,
    body: { collection_address: address.trim(), collection_at: moment.toISOString() },
  };
}

type Props = {
  collection: Collection;
  onChange: (change: Partial<Collection>) => void;
  faults: Record<string, string>;
};

/** The fields of a collection, of one parcel or of many (F4.8). */
export function CollectionFields({ collection, onChange, faults }: Props) {
  return (
    <>
      <Field
        label={words.address}
        error={faults.address}
        value={collection.address}
        maxLength={300}
        autoComplete="street-address"
        onChange={(event) => onChange({ address: event.target.value })}
      />
      <div className="two o-two">
        <Field label={words.carrier} value={words.ghn} readOnly />
        <Field
          label={words.at}
          error={faults.at}
          type="datetime-local"
          value={collection.at}
          onChange={(event) => onChange({ at: event.target.value })}
        />
      </div>
    </>
  );
}
