import { CircleAlert, CircleCheck } from 'lucide-react';
import { type Dossier, useDocumentNumbers } from './dossiers.ts';
import { words } from './words.ts';

const CARD = ['CONFIRMED_ORDER', 'SIM_RECEIVED', 'KYC', 'VIDEO_CALL', 'SIM_SERIAL', 'SIGNATURE'];
const ESIM = ['CONFIRMED_ORDER', 'KYC', 'VIDEO_CALL', 'SIGNATURE'];

/** What must hold before a connection, point by point, by all that is known now (LAW08), and the numbers on the document (LAW02). */
export function Conditions({ dossier: { hold_id, sim, missing } }: { dossier: Dossier }) {
  const numbers = useDocumentNumbers(hold_id).data;
  const used = numbers ? numbers.connected + numbers.waiting : 0;
  const isFull = !!numbers && used >= numbers.limit;
  const points = [...(missing.includes('ORDER') ? ['ORDER'] : []), ...(sim === 'ESIM' ? ESIM : CARD)];
  return (
    <section>
      <h2 className="cx-sub">{words.checks}</h2>
      <ul className="cx-checks">
        {points.map((point) =>
          missing.includes(point) ? (
            <li key={point} data-bad>
              <CircleAlert size={17} aria-hidden="true" /> {words.objections[point]}
            </li>
          ) : (
            <li key={point}>
              <CircleCheck size={17} aria-hidden="true" /> {words.conditions[point]}
            </li>
          ),
        )}
        {numbers && (
          <li data-bad={isFull || undefined}>
            {isFull ? (
              <CircleAlert size={17} aria-hidden="true" />
            ) : (
              <CircleCheck size={17} aria-hidden="true" />
            )}
            {words.numbersOf(used, numbers.limit)}
          </li>
        )}
      </ul>
    </section>
  );
}
