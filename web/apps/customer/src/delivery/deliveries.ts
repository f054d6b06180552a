import { api, type Schemas, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';
import { ifKnown } from '../orders/orders.ts';
import { patiently } from '../patiently.ts';
import { type Delivery, readDelivery } from '../payment/payments.ts';

export type Kind = Delivery['delivery'];

export type Wish = {
  kind: Kind | '';
  recipient: string;
  phone: string;
  ward_code: string;
  street: string;
  note: string;
  store_code: string;
  /** Where stores are looked for. */
  province_code: string;
};

/** A phone as people write it: `84901…` -> `0901…` */
const national = (phone: string): string => phone.replace(/^\+?84/, '0');

/** The form as it begins: what was chosen before, or what the registration says of the person. */
export async function readBeginning(holdId: string): Promise<Wish> {
  const path = { hold_id: holdId };
  const [chosen, person] = await Promise.all([
    readDelivery(holdId),
    ifKnown(send(api.GET('/api/hold/v1/holds/{hold_id}/registration', { params: { path } }))),
  ]);
  return {
    kind: chosen?.delivery ?? '',
    recipient: chosen?.recipient ?? person?.full_name ?? '',
    phone: national(chosen?.phone ?? person?.contact_phone ?? ''),
    ward_code: (chosen?.delivery === 'HOME' && chosen.ward_code) || person?.ward_code || '',
    street: chosen?.street ?? person?.address ?? '',
    note: chosen?.note ?? '',
    store_code: chosen?.store_code ?? '',
    province_code: '',
  };
}

/** Keep the choice; it may be changed until staff have confirmed the order (F3.8 to F3.10, F4.8). */
export const choose = (holdId: string, wish: Wish): Promise<Delivery> => {
  const body: Schemas['shipping.AtHome'] | Schemas['shipping.AtStore'] =
    wish.kind === 'STORE'
      ? { delivery: 'STORE', store_code: wish.store_code }
      : {
          delivery: 'HOME',
          recipient: wish.recipient,
          phone: wish.phone,
          ward_code: wish.ward_code,
          street: wish.street,
          note: wish.note || null,
        };
  return patiently(() =>
    send(api.PUT('/api/shipping/v1/deliveries/{hold_id}', { params: { path: { hold_id: holdId } }, body })),
  );
};

/** The stores where a SIM is fetched (F3.9). */
export const useStores = () =>
  useQuery({
    queryKey: ['stores'],
    queryFn: () => send(api.GET('/api/shipping/v1/stores')),
    staleTime: 3_600_000,
  });
