import { Note } from '@chonso/ui';
import { Store } from 'lucide-react';
import type { Slip } from '../hold/holds.ts';
import { Link } from '../router.tsx';
import { useResultWords } from './result.words.ts';

/** The end of the way on the screen: a store goes on from here, by the hold code (G26, G27). */
export function AtStore({ slip }: { slip: Slip }) {
  const t = useResultWords();
  return (
    <section className="stack">
      <Note icon={<Store size={18} aria-hidden="true" />}>
        <b>{t.store}</b>
        <p>{t.storeText}</p>
      </Note>
      {slip.hold_code_display && (
        <dl className="list facts-list">
          <div className="row">
            <dt>{t.code}</dt>
            <dd>{slip.hold_code_display}</dd>
          </div>
        </dl>
      )}
      <Link className="btn btn-quiet" href={`/holds/${slip.hold_id}`}>
        {t.toStores}
      </Link>
    </section>
  );
}
