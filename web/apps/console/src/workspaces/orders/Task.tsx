import { Button, Field, toast } from '@chonso/ui';
import { Printer } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Refused } from '../../shell/Failure.tsx';
import { Kbd } from '../../shell/Kbd.tsx';
import { useKeys } from '../../shell/keys.ts';
import { CollectionFields, readCollection, useCollection } from './Collection.tsx';
import { words } from './detail.words.ts';
import { type Detail, useConfirm, useHandOver, usePack } from './shipments.ts';
import { words as list } from './words.ts';

type Props = {
  shipment: Detail;
  mayWork: boolean;
  onReject: (() => void) | undefined;
  onPrint: (() => void) | undefined;
};

const TO_PACK = new Set(['BOOKING', 'BOOKED', 'COLLECTION_FAILED']);
const TO_HAND_OVER = new Set(['BOOKED', 'COLLECTION_FAILED']);

/** The next thing to do about an order, with one filled button: confirm, pack or hand over. */
export function Task(props: Props) {
  const { shipment, mayWork, onReject, onPrint } = props;
  const { status, packed, delivery, refused_because, handed_over_at } = shipment;
  const isHome = delivery === 'HOME' && mayWork;
  if (isHome && (status === 'PENDING' || refused_because)) return <Confirm {...props} />;
  if (isHome && !packed && (TO_PACK.has(status) || handed_over_at)) return <Pack {...props} />;
  if (isHome && TO_HAND_OVER.has(status)) return <HandOver {...props} />;
  if (!onReject && !onPrint) return null;
  return (
    <footer className="side-f">
      {onReject && (
        <Button kind="refuse" onClick={onReject}>
          {words.reject}
        </Button>
      )}
      {onPrint && <Print onPrint={onPrint} />}
    </footer>
  );
}

function enter(form: RefObject<HTMLFormElement | null>): void {
  form.current?.querySelector<HTMLElement>('input:not([readonly]), button[type=submit]')?.focus();
}

/**
 * Ctrl+Enter does what the filled button does, from wherever somebody stands; Enter in the list leads into the form.
 * The next form takes over the focus that the one before had: a scanner goes on without a hand.
 */
function useSubmitKey() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) enter(form);
  }, []);
  useKeys(list.keys.submit, [
    { key: 'ctrl+Enter', name: list.keys.submit, run: () => form.current?.requestSubmit() },
    { key: 'Enter', name: list.keys.enter, run: () => enter(form) },
  ]);
  return form;
}

function Confirm({ shipment, onReject }: Props) {
  const form = useSubmitKey();
  const [collection, change] = useCollection();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const confirm = useConfirm(shipment.shipment_id);
  return (
    <form
      ref={form}
      className="o-task"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { faults, body } = readCollection(collection);
        setFaults(faults);
        if (body && !confirm.isPending)
          confirm.mutate(body, { onSuccess: () => toast(`${shipment.hold_code}: ${words.confirmed}`) });
      }}
    >
      <div className="side-b">
        <CollectionFields collection={collection} onChange={change} faults={faults} />
        <Refused error={confirm.error} />
      </div>
      <footer className="side-f">
        {onReject && (
          <Button kind="refuse" onClick={onReject}>
            {words.reject}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={confirm.isPending}>
          {shipment.refused_because ? words.confirmAgain : words.confirm} <Kbd of="ctrl+Enter" />
        </Button>
      </footer>
    </form>
  );
}

/** A scanner types the serial and presses Enter. */
function Pack({ shipment, onReject }: Props) {
  const form = useSubmitKey();
  const [serial, setSerial] = useState('');
  const [fault, setFault] = useState('');
  const pack = usePack(shipment.shipment_id);
  const submit = () => {
    const digits = serial.replace(/\D/g, '');
    const isSerial = /^\d{10,20}$/.test(digits);
    setFault(isSerial ? '' : words.serialWrong);
    if (isSerial && !pack.isPending)
      pack.mutate(digits, { onSuccess: () => toast(`${words.packed} ${shipment.hold_code}`) });
  };
  return (
    <form
      ref={form}
      className="o-task"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="side-b">
        <Field
          label={words.serial}
          hint={words.serialHint}
          error={fault}
          value={serial}
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          onChange={(event) => setSerial(event.target.value)}
        />
        <Refused error={pack.error} />
      </div>
      <footer className="side-f">
        {onReject && (
          <Button kind="refuse" onClick={onReject}>
            {words.reject}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={pack.isPending}>
          {words.pack} <Kbd of="Enter" />
        </Button>
      </footer>
    </form>
  );
}

function HandOver({ shipment, onReject, onPrint }: Props) {
  const form = useSubmitKey();
  const handOver = useHandOver(shipment.shipment_id);
  return (
    <form
      ref={form}
      className="o-task"
      onSubmit={(event) => {
        event.preventDefault();
        if (!handOver.isPending)
          handOver.mutate(undefined, {
            onSuccess: () => toast(`${words.handedOver}: ${shipment.hold_code}`),
          });
      }}
    >
      <div className="side-b">
        <Refused error={handOver.error} />
        {onPrint && <Print onPrint={onPrint} />}
      </div>
      <footer className="side-f">
        {onReject && (
          <Button kind="refuse" onClick={onReject}>
            {words.reject}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={handOver.isPending}>
          {words.handOver} <Kbd of="ctrl+Enter" />
        </Button>
      </footer>
    </form>
  );
}

function Print({ onPrint }: { onPrint: () => void }) {
  return (
    <Button kind="line" onClick={onPrint}>
      <Printer size={16} aria-hidden="true" /> {words.print} <Kbd of="p" />
    </Button>
  );
}
