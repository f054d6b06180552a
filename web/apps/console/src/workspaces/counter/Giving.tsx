import { isUnknown } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Field, Msisdn, Note, Skeleton, State, toast } from '@chonso/ui';
import { CircleAlert, CircleCheck, SearchX, UserCheck, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { Kbd } from '../../shell/Kbd.tsx';
import { useKeys } from '../../shell/keys.ts';
import { words as frame } from '../../shell/words.ts';
import { type AtCounter, useGive, useOfCode, useReady } from './pickups.ts';
import { words } from './words.ts';

type Props = { code: string; onClose: () => void };

/** What a hold code stands for, what is due, and the giving of the SIM (F4.7). */
export function Giving({ code, onClose }: Props) {
  const reading = useOfCode(code);
  const pickup = reading.data;
  if (pickup) return <Shown pickup={pickup} onClose={onClose} />;
  if (isUnknown(reading.error) || (reading.error as { status?: number } | null)?.status === 422)
    return (
      <State
        icon={<SearchX size={30} aria-hidden="true" />}
        title={words.notHere}
        action={
          <Button kind="quiet" onClick={onClose}>
            {words.tryAgain}
          </Button>
        }
      >
        <b>{code}</b>. {words.notHereText}
      </State>
    );
  if (reading.error) return <Failure error={reading.error} retry={() => void reading.refetch()} />;
  return (
    <div className="side-h" aria-busy="true">
      <Skeleton width={140} />
      <Skeleton width={230} height={34} />
      <Skeleton height={110} />
    </div>
  );
}

function Shown({ pickup, onClose }: { pickup: AtCounter; onClose: () => void }) {
  const { facts } = words;
  const lines = [
    [facts.state, pickup.status_label],
    [facts.payment, words.payments[pickup.payment]],
    [facts.placed, fmt.time(pickup.placed_at)],
    [facts.place, pickup.goes_to],
    [facts.serial, pickup.sim_serial],
    [facts.given, pickup.delivered_at && fmt.time(pickup.delivered_at)],
  ];
  return (
    <>
      <header className="side-h c-head">
        <p>{pickup.hold_code}</p>
        {pickup.display ? <Msisdn display={pickup.display} size="lg" /> : <b>{words.noNumber}</b>}
        <button type="button" className="round" aria-label={frame.close} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      <div className="side-b">
        {pickup.may_be_given ? <Due pickup={pickup} /> : <Closed pickup={pickup} />}
        <dl className="facts-r">
          {lines
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        {pickup.may_be_given && (
          <Note icon={<UserCheck size={18} aria-hidden="true" />}>
            <b>{words.who}.</b> {words.whoText}
          </Note>
        )}
      </div>
      {pickup.may_be_given && <Form pickup={pickup} onDone={onClose} />}
    </>
  );
}

function Due({ pickup }: { pickup: AtCounter }) {
  const due = pickup.cod_due_vnd;
  return (
    <div className="c-due" data-due={due > 0 || undefined}>
      <span>{due ? words.due : words.dueNothing}</span>
      {due ? <b>{fmt.vnd(due)}</b> : <small>{words.dueNothingText}</small>}
    </div>
  );
}

function Closed({ pickup }: { pickup: AtCounter }) {
  const isGiven = pickup.status === 'DELIVERED';
  const text =
    pickup.status === 'WAITING_PAYMENT'
      ? words.waitingPayment
      : pickup.status === 'CANCELLED'
        ? words.backToStock
        : '';
  return (
    <Note
      kind={isGiven ? 'good' : 'warn'}
      icon={
        isGiven ? <CircleCheck size={18} aria-hidden="true" /> : <CircleAlert size={18} aria-hidden="true" />
      }
    >
      <b>{isGiven ? pickup.status_label : words.closed}.</b> {text}
    </Note>
  );
}

/** The serial is scanned last: its Enter gives the SIM, once the money is ticked. */
function Form({ pickup, onDone }: { pickup: AtCounter; onDone: () => void }) {
  const [serial, setSerial] = useState('');
  const [isCollected, setCollected] = useState(false);
  const [faults, setFaults] = useState<{ serial?: string; money?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const give = useGive();
  const ready = useReady();
  const due = pickup.cod_due_vnd;
  useKeys(words.keys.give, [
    { key: 'ctrl+Enter', name: words.keys.give, run: () => form.current?.requestSubmit() },
  ]);
  const submit = () => {
    const digits = serial.replace(/\D/g, '');
    const found: typeof faults = {};
    if (!/^\d{10,20}$/.test(digits)) found.serial = words.serialWrong;
    if (due && !isCollected) found.money = words.collectedMissing;
    setFaults(found);
    if (Object.keys(found).length || give.isPending) return;
    give.mutate(
      { hold_code: pickup.hold_code ?? '', sim_serial: digits, collected_vnd: due },
      {
        onSuccess: () => {
          toast(`${words.given} ${pickup.hold_code}`);
          onDone();
        },
      },
    );
  };
  return (
    <form
      ref={form}
      className="c-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="side-b">
        {due > 0 && (
          <div className="field">
            <label className="c-tick">
              <input
                type="checkbox"
                checked={isCollected}
                aria-invalid={!!faults.money}
                onChange={(event) => setCollected(event.target.checked)}
              />
              {words.collected(fmt.vnd(due))}
            </label>
            <p className="field-error" role="alert">
              {faults.money}
            </p>
          </div>
        )}
        <Field
          label={words.serial}
          hint={words.serialHint}
          error={faults.serial}
          value={serial}
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          autoFocus
          onChange={(event) => setSerial(event.target.value)}
        />
        <Refused error={give.error ?? ready.error} />
      </div>
      <footer className="side-f">
        {pickup.status === 'PENDING' && (
          <Button
            kind="line"
            busy={ready.isPending}
            onClick={() => ready.mutate(pickup.shipment_id, { onSuccess: () => toast(words.readyDone) })}
          >
            {words.ready}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={give.isPending}>
          {words.give} <Kbd of="ctrl+Enter" />
        </Button>
      </footer>
    </form>
  );
}
