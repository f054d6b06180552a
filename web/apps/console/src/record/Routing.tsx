import './record.css';
import { fmt } from '@chonso/i18n';
import { Button, Labelled, Skeleton, toast } from '@chonso/ui';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../shell/Dialog.tsx';
import { Refused } from '../shell/Failure.tsx';
import { words as frame } from '../shell/words.ts';
import { REGIONS, type Region } from './regions.ts';
import { useReroute, useRouting } from './routing.ts';
import { words } from './routing.words.ts';

const ruleName = (rule: string) =>
  rule
    .split('+')
    .map((part) => words.rules[part] ?? part)
    .join(', ');

type Props = {
  order: { order_id: string; region: Region | null };
  mayReroute: boolean;
  onMoved: () => void;
  open?: boolean;
};

/** Why an order lies with this company, and the way to hand it to another (SD.3). */
export function Routing({ order, mayReroute, onMoved, open = false }: Props) {
  const [isOpen, setOpen] = useState(open);
  const [isMoving, setMoving] = useState(false);
  const routing = useRouting(order.order_id, isOpen);
  return (
    <details className="why" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.why}
        <span>
          {order.region} <ChevronDown size={16} aria-hidden="true" />
        </span>
      </summary>
      {routing.isPending && <Skeleton />}
      <Refused error={routing.error} />
      <ol>
        {routing.data?.items.map((decision) => (
          <li key={decision.decided_at}>
            <b>
              {decision.region} · {decision.shop_code}
            </b>{' '}
            {ruleName(decision.rule)}
            <small>{fmt.time(decision.decided_at)}</small>
          </li>
        ))}
      </ol>
      {mayReroute && (
        <Button kind="line" onClick={() => setMoving(true)}>
          {words.reroute}
        </Button>
      )}
      {isMoving && (
        <Reroute
          order={order}
          onClose={() => setMoving(false)}
          onMoved={() => {
            setMoving(false);
            onMoved();
          }}
        />
      )}
    </details>
  );
}

function Reroute({ order, onClose, onMoved }: Pick<Props, 'order' | 'onMoved'> & { onClose: () => void }) {
  const [region, setRegion] = useState<Region | ''>('');
  const reroute = useReroute(order.order_id);
  return (
    <Dialog title={words.rerouteTitle} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (region && !reroute.isPending)
            reroute.mutate(region, {
              onSuccess: () => {
                toast(words.rerouted(region));
                onMoved();
              },
            });
        }}
      >
        <p className="lead">{words.rerouteLead}</p>
        <Labelled label={words.rerouteTo}>
          {(wiring) => (
            <select {...wiring} value={region} onChange={(event) => setRegion(event.target.value as Region)}>
              <option value="" />
              {REGIONS.filter((name) => name !== order.region).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Labelled>
        <Refused error={reroute.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {frame.back}
          </Button>
          <Button kind="primary" type="submit" busy={reroute.isPending} disabled={!region}>
            {words.rerouteConfirm}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
