import { serverNow } from '@chonso/api';
import { Button, Note, Skeleton, State } from '@chonso/ui';
import { MapPinOff, Store as StoreSign } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Combobox } from '../address/Combobox.tsx';
import { usePlace, useProvinces } from '../address/wards.ts';
import type { Store } from '../orders/orders.ts';
import { Failure } from '../shell/Failure.tsx';
import { useStores, type Wish } from './deliveries.ts';
import { isOpen, nearest } from './nearness.ts';
import { useDeliveryWords } from './words.ts';

const PAGE = 5;

type Props = { wish: Wish; change: (part: Partial<Wish>) => void; error: string | undefined };

/** The stores near an address, the nearest first, with opening hours; no map (F3.9). */
export function Stores({ wish, change, error }: Props) {
  const t = useDeliveryWords();
  const stores = useStores();
  const provinces = useProvinces();
  const place = usePlace(wish.ward_code);
  const [pages, setPages] = useState(1);
  const options = useMemo(
    () => (provinces.data?.items ?? []).map(({ province_code: code, name }) => ({ code, name })),
    [provinces.data],
  );
  const province = wish.province_code || place.data?.province_code || '';
  if (stores.isError) return <Failure error={stores.error} retry={() => void stores.refetch()} />;
  if (stores.isPending)
    return (
      <div className="stack" aria-busy="true">
        <Skeleton height={72} />
        <Skeleton height={PAGE * 92} />
      </div>
    );
  const all = nearest(stores.data.items, place.data ?? null, wish.province_code);
  if (all.length === 0) return <State icon={<StoreSign size={32} aria-hidden="true" />} title={t.none} />;
  const shown = all.filter((store, index) => index < pages * PAGE || store.store_code === wish.store_code);
  const noneHere = province && all[0]?.province_code !== province;
  return (
    <div className="stack">
      <Combobox
        label={t.near}
        options={options}
        value={province}
        busy={provinces.isPending}
        onChange={(province_code) => {
          setPages(1);
          change({ province_code });
        }}
      />
      {noneHere && <Note icon={<MapPinOff size={18} aria-hidden="true" />}>{t.noneHere}</Note>}
      <fieldset className="list stores" aria-invalid={!!error} aria-describedby="store-error">
        <legend className="sr">{t.stores}</legend>
        {shown.map((store) => (
          <StoreRow
            key={store.store_code}
            store={store}
            checked={store.store_code === wish.store_code}
            onChange={() => change({ store_code: store.store_code })}
          />
        ))}
      </fieldset>
      <p className="field-error" id="store-error" role="alert">
        {error}
      </p>
      {shown.length < all.length && (
        <Button kind="quiet" onClick={() => setPages(pages + 1)}>
          {t.more(Math.min(PAGE, all.length - shown.length))}
        </Button>
      )}
    </div>
  );
}

type RowProps = { store: Store; checked: boolean; onChange: () => void };

function StoreRow({ store, checked, onChange }: RowProps) {
  const t = useDeliveryWords();
  const open = isOpen(store, serverNow());
  return (
    <label className="row store">
      <input type="radio" name="store" value={store.store_code} checked={checked} onChange={onChange} />
      <span>
        <b>{store.name}</b>
        <small>{store.address}</small>
        <small>
          {t.hours(store.opens, store.closes)} · {open ? t.openNow : t.closedNow}
        </small>
      </span>
    </label>
  );
}
