import { fmt } from '@chonso/i18n';
import { useEffect, useRef } from 'react';
import { usePlace } from '../address/wards.ts';
import type { Slip } from '../hold/holds.ts';
import { typedDay } from '../person/dates.ts';
import { useSignatureWords } from './words.ts';

type Props = { slip: Slip; form: Record<string, unknown>; onEnd: () => void };

/** The contract with what was checked and what it costs; its end is reported when it was on the screen. */
export function Contract({ slip, form, onEnd }: Props) {
  const t = useSignatureWords();
  const end = useRef<HTMLParagraphElement>(null);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => {
    if (!end.current) return;
    const watch = new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) ended.current();
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, []);
  const place = usePlace(String(form.ward_code ?? '')).data;
  const said = (name: string) => String(form[name] ?? '');
  const person: [string, string][] = [
    [t.facts.full_name, said('full_name')],
    [t.facts.date_of_birth, typedDay(said('date_of_birth'))],
    [t.facts.sex, t.sexes[said('sex')] ?? said('sex')],
    [t.facts.document_kind, t.documents[said('document_kind')] ?? said('document_kind')],
    [t.facts.id_number, said('id_number')],
    [t.facts.address, [said('address'), place?.name, place?.province].filter(Boolean).join(', ')],
  ];
  const service: [string, string][] = [
    [t.facts.number, slip.display],
    [t.facts.sim, slip.sim === 'ESIM' ? t.esim : t.physical],
    [t.facts.price, fmt.vnd(slip.price_vnd)],
    [t.facts.fee, fmt.vnd(slip.sim_fee_vnd)],
    [
      t.facts.commitment,
      slip.commitment_months
        ? t.perMonth(fmt.vnd(slip.commitment_vnd_per_month), slip.commitment_months)
        : t.none,
    ],
    [t.facts.promotion, slip.package_code ?? slip.promotion_code ?? t.none],
  ];
  return (
    <article className="contract" aria-labelledby="contract">
      <h2 id="contract">{t.contract}</h2>
      <h3>{t.subscriber}</h3>
      <Facts rows={person} />
      <h3>{t.service}</h3>
      <Facts rows={service} />
      <h3>{t.terms}</h3>
      <ol>
        {t.clauses.map((clause) => (
          <li key={clause}>{clause}</li>
        ))}
      </ol>
      <p className="contract-end" ref={end}>
        {t.end}
      </p>
    </article>
  );
}

function Facts({ rows }: { rows: [string, string][] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
    </dl>
  );
}
