import { Field } from '@chonso/ui';
import { WardPicker } from '../address/WardPicker.tsx';
import type { Wish } from './deliveries.ts';
import { useDeliveryWords } from './words.ts';

type Props = { wish: Wish; change: (part: Partial<Wish>) => void; faults: Record<string, string> };

/** The address a parcel goes to (F3.10). */
export function Doorstep({ wish, change, faults }: Props) {
  const t = useDeliveryWords();
  return (
    <div className="stack">
      <Field
        label={t.recipient}
        name="recipient"
        autoComplete="shipping name"
        value={wish.recipient}
        error={faults.recipient}
        onChange={(event) => change({ recipient: event.target.value })}
      />
      <Field
        label={t.phone}
        name="phone"
        inputMode="tel"
        autoComplete="shipping tel"
        value={wish.phone}
        error={faults.phone}
        onChange={(event) => change({ phone: event.target.value })}
      />
      <WardPicker
        value={wish.ward_code}
        error={faults.ward_code}
        onChange={(ward_code) => change({ ward_code })}
      />
      <Field
        label={t.street}
        name="street"
        autoComplete="shipping street-address"
        value={wish.street}
        error={faults.street}
        onChange={(event) => change({ street: event.target.value })}
      />
      <Field
        label={t.note}
        name="note"
        autoComplete="off"
        value={wish.note}
        error={faults.note}
        onChange={(event) => change({ note: event.target.value })}
      />
    </div>
  );
}
