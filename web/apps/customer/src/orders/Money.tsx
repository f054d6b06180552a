import { api, isUnknown, send } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Skeleton } from '@chonso/ui';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '../shell/Failure.tsx';
import { ifKnown, type Order } from './orders.ts';
import { useOrderWords } from './words.ts';

/** What was to pay, how it was paid, and what goes back. */
export function Money({ order }: { order: Order }) {
  const t = useOrderWords();
  return (
    <section className="stack" aria-labelledby="money">
      <h2 id="money">{t.payment}</h2>
      <dl className="list details">
        <div className="row">
          <dt>{t.total}</dt>
          <dd>{fmt.vnd(order.total_vnd)}</dd>
        </div>
        <div className="row">
          <dt>{t.method[order.payment]}</dt>
          <dd>{t.paymentStatus[order.payment_status]}</dd>
        </div>
        {order.promotion_code && (
          <div className="row">
            <dt>{t.promotion}</dt>
            <dd>{[order.promotion_code, order.package_code].filter(Boolean).join(' · ')}</dd>
          </div>
        )}
        {order.refunds?.map((refund) => (
          <div key={refund.refund_id} className="row">
            <dt>
              {t.refunds} {fmt.vnd(refund.amount_vnd)}
            </dt>
            <dd>
              {t.refundState[refund.state]}
              <small>{fmt.time(refund.settled_at ?? refund.requested_at)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const INVOICED = ['PAID', 'COD_COLLECTED', 'REFUND_PENDING', 'REFUNDED', 'REFUND_FAILED'];

/** The electronic invoice, once the money is in (SB.3.4, G35). */
export function Invoice({ order }: { order: Order }) {
  const t = useOrderWords();
  const isPaid = INVOICED.includes(order.payment_status);
  const path = { order_id: order.order_id };
  const read = useQuery({
    queryKey: ['invoice', order.order_id, order.payment_status],
    queryFn: () => ifKnown(send(api.GET('/api/order/v1/orders/{order_id}/invoice', { params: { path } }))),
    enabled: isPaid,
  });
  if (order.status === 'CANCELLED' && !read.data) return null;
  const invoice = read.data;
  return (
    <section className="stack" aria-labelledby="invoice">
      <h2 id="invoice">{t.invoice}</h2>
      {isPaid && read.isPending && <Skeleton height={168} />}
      {read.isError && !isUnknown(read.error) && (
        <Failure error={read.error} retry={() => void read.refetch()} />
      )}
      {!invoice && !read.isLoading && !read.isError && <p className="lead">{t.noInvoice}</p>}
      {invoice && (
        <dl className="list details">
          <div className="row">
            <dt>{t.invoiceNumber}</dt>
            <dd>
              {invoice.symbol} {String(invoice.serial).padStart(8, '0')}
              <small>{fmt.date(invoice.issued_at)}</small>
            </dd>
          </div>
          <div className="row">
            <dt>{t.buyer}</dt>
            <dd>
              {String(invoice.buyer.name)}
              {!!invoice.buyer.tax_code && (
                <small>
                  {t.taxCode} {String(invoice.buyer.tax_code)}
                </small>
              )}
              {!!invoice.buyer.address && <small>{String(invoice.buyer.address)}</small>}
            </dd>
          </div>
          <div className="row">
            <dt>{t.net}</dt>
            <dd>{fmt.vnd(invoice.net_vnd)}</dd>
          </div>
          <div className="row">
            <dt>{t.vat}</dt>
            <dd>{fmt.vnd(invoice.vat_vnd)}</dd>
          </div>
        </dl>
      )}
    </section>
  );
}
