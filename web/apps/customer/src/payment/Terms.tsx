import { fmt, useLocale } from '@chonso/i18n';
import type { Quote } from './payments.ts';
import { usePayWords } from './words.ts';

/** Every line of the price, and the commitment and promotion in full, before anybody pays (SB.7). */
export function Terms({ quote }: { quote: Quote }) {
  const t = usePayWords();
  const inEnglish = useLocale() === 'en';
  const { promotion } = quote;
  return (
    <>
      <section aria-labelledby="price" className="stack">
        <h2 id="price">{t.price}</h2>
        <dl className="list bill">
          {quote.lines.map((line) => (
            <div key={line.code} className="row">
              <dt>{inEnglish ? line.text_en : line.text_vi}</dt>
              <dd>{fmt.vnd(line.amount_vnd)}</dd>
            </div>
          ))}
          <div className="row bill-total">
            <dt>{t.total}</dt>
            <dd>{fmt.vnd(quote.total_vnd)}</dd>
          </div>
        </dl>
      </section>
      <section aria-labelledby="terms" className="stack">
        <h2 id="terms">{t.terms}</h2>
        <dl className="list terms">
          <div className="row">
            <dt>{t.commitment}</dt>
            <dd>{inEnglish ? quote.commitment_text_en : quote.commitment_text_vi}</dd>
          </div>
          {promotion && (
            <div className="row">
              <dt>{t.promotion}</dt>
              <dd>{inEnglish ? promotion.text_en : promotion.text_vi}</dd>
            </div>
          )}
        </dl>
      </section>
    </>
  );
}
