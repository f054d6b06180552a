import { Msisdn, Skeleton, toast } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { Copy, Route, X } from 'lucide-react';
import { useState } from 'react';
import { Routing } from '../../record/Routing.tsx';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { words as frame } from '../../shell/words.ts';
import { words } from './detail.words.ts';
import { Facts } from './Facts.tsx';
import { Label } from './Label.tsx';
import { Path } from './Path.tsx';
import { type Detail as Shipment, useReject, useShipment } from './shipments.ts';
import { Task } from './Task.tsx';
import { words as list } from './words.ts';

const IN_THE_HOUSE = new Set([
  'PENDING',
  'BOOKING',
  'BOOKED',
  'COLLECTION_FAILED',
  'READY_AT_STORE',
  'WITH_CHANNEL',
]);

type Props = { id: string; mayWork: boolean; onClose: () => void };

/** One order beside the list: its steps, its facts, and what is to be done about it now. */
export function Detail({ id, mayWork, onClose }: Props) {
  const reading = useShipment(id);
  const shipment = reading.data;
  if (!shipment)
    return reading.error ? (
      <Failure error={reading.error} retry={() => void reading.refetch()} />
    ) : (
      <Waiting />
    );
  return <Shown shipment={shipment} mayWork={mayWork} onClose={onClose} reading={reading} />;
}

type ShownProps = Omit<Props, 'id'> & {
  shipment: Shipment;
  reading: { isError: boolean; dataUpdatedAt: number };
};

function Shown({ shipment, mayWork, onClose, reading }: ShownProps) {
  const [isRejecting, setRejecting] = useState(false);
  const mayReject = mayWork && IN_THE_HOUSE.has(shipment.status);
  const mayPrint = mayReject && !!shipment.sim_serial && shipment.delivery === 'HOME';
  const print = () => window.print();
  useKeys(list.keys.print, [
    { key: 'r', name: list.keys.reject, enabled: mayReject, run: () => setRejecting(true) },
    { key: 'p', name: list.keys.print, enabled: mayPrint, run: print },
  ]);
  return (
    <>
      <Head shipment={shipment} onClose={onClose} />
      <div className="side-b">
        <Stale reading={reading} />
        <Path shipment={shipment} />
        <Facts shipment={shipment} />
        <Routing order={shipment} mayReroute onMoved={onClose} />
      </div>
      <Task
        key={`${shipment.status} ${shipment.sim_serial}`}
        shipment={shipment}
        mayWork={mayWork}
        onReject={mayReject ? () => setRejecting(true) : undefined}
        onPrint={mayPrint ? print : undefined}
      />
      {mayPrint && <Label shipment={shipment} />}
      {isRejecting && <Rejection shipment={shipment} onClose={() => setRejecting(false)} />}
    </>
  );
}

function Head({ shipment, onClose }: { shipment: Shipment; onClose: () => void }) {
  const code = shipment.hold_code ?? '';
  return (
    <header className="side-h o-head">
      <p>
        <button
          type="button"
          className="o-code"
          aria-label={`${words.copy} ${code}`}
          onClick={() => {
            void navigator.clipboard.writeText(code);
            toast(words.copied);
          }}
        >
          {code} <Copy size={13} aria-hidden="true" />
        </button>
        <Link to="/journeys/$holdId" params={{ holdId: shipment.hold_id } as never} className="o-journey">
          <Route size={14} aria-hidden="true" /> {words.journey}
        </Link>
      </p>
      {shipment.display ? <Msisdn display={shipment.display} size="lg" /> : <b>{list.noNumber}</b>}
      <b>{shipment.address?.recipient ?? shipment.goes_to}</b>
      <button type="button" className="round o-close" aria-label={frame.close} onClick={onClose}>
        <X size={18} aria-hidden="true" />
      </button>
    </header>
  );
}

function Rejection({ shipment, onClose }: { shipment: Shipment; onClose: () => void }) {
  const reject = useReject(shipment.shipment_id);
  return (
    <ReasonDialog
      title={words.rejectTitle}
      lead={words.rejectLead}
      reasons={words.reasons}
      confirm={words.rejectConfirm}
      busy={reject.isPending}
      error={reject.error}
      onClose={onClose}
      onConfirm={(code) =>
        reject.mutate(code, {
          onSuccess: () => {
            toast(`${words.rejected} ${shipment.hold_code}`);
            onClose();
          },
        })
      }
    />
  );
}

function Waiting() {
  return (
    <div className="side-h" aria-busy="true">
      <Skeleton width={120} />
      <Skeleton width={220} height={34} />
      <Skeleton height={58} />
      <Skeleton height={150} />
    </div>
  );
}
