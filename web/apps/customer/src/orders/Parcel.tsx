import { serverNow } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { toast } from '@chonso/ui';
import { Copy } from 'lucide-react';
import { isOpen } from '../delivery/nearness.ts';
import { Link } from '../router.tsx';
import { useShellWords } from '../shell/words.ts';
import type { Order, Shipment } from './orders.ts';
import { useOrderWords } from './words.ts';

const EARLY = ['WAITING_PAYMENT', 'PENDING'];

/** The way of a SIM card to its customer: parcel with its code, or store with its hours (F4.6 to F4.23). */
export function Parcel({ order, shipment }: { order: Order; shipment: Shipment }) {
  const t = useOrderWords();
  const shell = useShellWords();
  const { store, tracking_code: code, cod_due_vnd: due } = shipment;
  const isDue = due > 0 && order.status !== 'CANCELLED' && order.status !== 'DELIVERED';
  if (!store && !code && !isDue && order.status === 'CANCELLED') return null;
  const copy = async () => {
    await navigator.clipboard.writeText(code ?? '');
    toast(shell.copied);
  };
  return (
    <section className="stack" aria-labelledby="parcel">
      <h2 id="parcel">{t.way[order.delivery]}</h2>
      <dl className="list details">
        {store && (
          <div className="row">
            <dt>{store.name}</dt>
            <dd>
              {store.address}
              <small>
                {t.hours(store.opens, store.closes)} · {isOpen(store, serverNow()) ? t.openNow : t.closedNow}
              </small>
            </dd>
          </div>
        )}
        {code && (
          <div className="row">
            <dt>{t.tracking}</dt>
            <dd className="has-copy">
              {code}
              <button type="button" className="round" aria-label={t.copyTracking} onClick={() => void copy()}>
                <Copy size={18} aria-hidden="true" />
              </button>
            </dd>
          </div>
        )}
        {shipment.carrier && (
          <div className="row">
            <dt>{t.carrier}</dt>
            <dd>{shipment.carrier.toUpperCase()}</dd>
          </div>
        )}
        {isDue && (
          <div className="row">
            <dt>{order.delivery === 'STORE' ? t.collectAtStore : t.collectAtDoor}</dt>
            <dd>{fmt.vnd(due)}</dd>
          </div>
        )}
        {shipment.handed_over_at && (
          <div className="row">
            <dt>{t.handedOver}</dt>
            <dd>{fmt.time(shipment.handed_over_at)}</dd>
          </div>
        )}
        {shipment.delivered_at && (
          <div className="row">
            <dt>{t.deliveredAt}</dt>
            <dd>{fmt.time(shipment.delivered_at)}</dd>
          </div>
        )}
      </dl>
      {order.delivery === 'HOME' && EARLY.includes(shipment.status) && (
        <Link className="btn btn-quiet" href={`/holds/${order.hold_id}/delivery?order=${order.order_id}`}>
          {t.address}
        </Link>
      )}
    </section>
  );
}
