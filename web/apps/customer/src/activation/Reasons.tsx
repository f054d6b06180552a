import { TriangleAlert } from 'lucide-react';
import { useAdvice } from './advice.ts';
import type { Session } from './journey.ts';
import { useReasonText } from './problems.ts';
import { useResultWords } from './result.words.ts';

/** Why a step has to be done again, and what helps, reason by reason (F5a.7 TH1, G26, G32). */
export function Reasons({ session }: { session: Session }) {
  const t = useResultWords();
  const advice = useAdvice();
  const text = useReasonText();
  return (
    <section className="stack" aria-labelledby="why">
      <h2 id="why">{t.why}</h2>
      <ul className="list">
        {session.reasons.map((reason) => {
          const [code = '', field = ''] = reason.code.split(':');
          const name = advice.fields[field];
          return (
            <li key={reason.code} className="row row-icon">
              <TriangleAlert size={18} className="is-warn" aria-hidden="true" />
              <span>
                <b>{text(reason)}</b>
                <small>{[name && advice.about(name), advice.byCode[code]].filter(Boolean).join(' ')}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
