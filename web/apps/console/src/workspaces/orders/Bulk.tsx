import { ApiError } from '@chonso/api';
import { Button } from '@chonso/ui';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { problemText } from '../../shell/problems.ts';
import { words as frame } from '../../shell/words.ts';
import { words } from './bulk.words.ts';
import { CollectionFields, readCollection, useCollection } from './Collection.tsx';
import type { Tab } from './search.ts';
import { type Outcome, type Shipment, useConfirmMany, useHandOverMany } from './shipments.ts';

const MOST = 100;

type Props = {
  tab: Tab;
  rows: readonly Shipment[];
  ticked: ReadonlySet<string>;
  /** What stays ticked: the rows that were refused. */
  onDone: (ticked: ReadonlySet<string>) => void;
};

/** The bar of ticked orders: one collection for all, or one hand-over, and a result for each. */
export function Bulk({ tab, rows, ticked, onDone }: Props) {
  const [isConfirming, setConfirming] = useState(false);
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null);
  const handOver = useHandOverMany();
  const ids = [...ticked].slice(0, MOST);
  const tell = (results: Outcome[]) => {
    setConfirming(false);
    setOutcomes(results);
  };
  return (
    <>
      <section className="bulk" aria-label={words.label}>
        <span role="status">{words.count(ticked.size)}</span>
        {ticked.size > MOST && <small>{words.most}</small>}
        <span className="end">
          <Button kind="text" onClick={() => onDone(new Set())}>
            {words.clear}
          </Button>
          {tab === 'PENDING' ? (
            <Button kind="quiet" onClick={() => setConfirming(true)}>
              {words.confirm}
            </Button>
          ) : (
            <Button
              kind="quiet"
              busy={handOver.isPending}
              onClick={() => handOver.mutate(ids, { onSuccess: ({ items }) => tell(items) })}
            >
              {words.handOver}
            </Button>
          )}
        </span>
      </section>
      <Refused error={handOver.error} />
      {isConfirming && <ConfirmMany ids={ids} onClose={() => setConfirming(false)} onTell={tell} />}
      {outcomes && (
        <Results
          outcomes={outcomes}
          rows={rows}
          onClose={() => {
            setOutcomes(null);
            onDone(new Set(outcomes.filter(({ problem }) => problem).map((one) => one.shipment_id)));
          }}
        />
      )}
    </>
  );
}

type ConfirmProps = { ids: string[]; onClose: () => void; onTell: (outcomes: Outcome[]) => void };

function ConfirmMany({ ids, onClose, onTell }: ConfirmProps) {
  const [collection, change] = useCollection();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const confirm = useConfirmMany();
  return (
    <Dialog title={words.confirmTitle(ids.length)} onClose={onClose}>
      <form
        className="dlg-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const { faults, body } = readCollection(collection);
          setFaults(faults);
          if (body && !confirm.isPending)
            confirm.mutate({ ...body, ids }, { onSuccess: ({ items }) => onTell(items) });
        }}
      >
        <p className="lead">{words.confirmLead}</p>
        <CollectionFields collection={collection} onChange={change} faults={faults} />
        <Refused error={confirm.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {frame.back}
          </Button>
          <Button kind="primary" type="submit" busy={confirm.isPending}>
            {words.confirm}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

type ResultsProps = { outcomes: Outcome[]; rows: readonly Shipment[]; onClose: () => void };

function Results({ outcomes, rows, onClose }: ResultsProps) {
  const refused = outcomes.filter(({ problem }) => problem);
  const codeOf = (id: string) => rows.find((row) => row.shipment_id === id)?.hold_code ?? id.slice(-6);
  return (
    <Dialog
      title={words.results(outcomes.length - refused.length, refused.length)}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {frame.close}
        </Button>
      }
    >
      <ul className="o-results">
        {[...refused, ...outcomes.filter(({ problem }) => !problem)].map((one) => (
          <li key={one.shipment_id}>
            {one.problem ? (
              <CircleAlert size={17} className="is-bad" aria-label={words.refused} />
            ) : (
              <CircleCheck size={17} className="is-good" aria-label={words.done} />
            )}
            <b>{one.shipment?.hold_code ?? codeOf(one.shipment_id)}</b>
            <span>
              {one.problem
                ? problemText(new ApiError(one.problem.status, one.problem))
                : one.shipment?.status_label}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
