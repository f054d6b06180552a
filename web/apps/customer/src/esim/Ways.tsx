import { toast } from '@chonso/ui';
import { Copy } from 'lucide-react';
import { useShellWords } from '../shell/words.ts';
import { type Card, pictureOf } from './esim.ts';
import { useEsimWords } from './words.ts';

/** The QR code for another screen, and everything to enter by hand, each with its copy (F5b.13). */
export function Ways({ holdId, card }: { holdId: string; card: Card }) {
  const t = useEsimWords();
  const rows: [string, string][] = [
    [t.smdp, card.smdp],
    [t.code, card.matching_id],
    [t.whole, card.activation_code],
  ];
  if (card.confirmation_code) rows.push([t.confirmation, card.confirmation_code]);
  return (
    <>
      <section className="esim-qr" aria-labelledby="by-qr">
        <h2 id="by-qr">{t.byQr}</h2>
        <img src={pictureOf(holdId, card)} alt={t.qr} width={232} height={232} />
        <p>{t.byQrText}</p>
      </section>
      <section className="stack" aria-labelledby="by-hand">
        <h2 id="by-hand">{t.byHand}</h2>
        <p className="lead">{t.byHandText}</p>
        <ul className="list">
          {rows.map(([name, value]) => (
            <Copied key={name} name={name} value={value} />
          ))}
        </ul>
        {card.confirmation_code && <p className="field-hint">{t.confirmationText}</p>}
      </section>
    </>
  );
}

function Copied({ name, value }: { name: string; value: string }) {
  const t = useEsimWords();
  const shell = useShellWords();
  const copy = () =>
    void navigator.clipboard
      .writeText(value)
      .then(() => toast(shell.copied))
      .catch(() => undefined);
  return (
    <li className="row">
      <span>
        <small>{name}</small>
        <code>{value}</code>
      </span>
      <button type="button" className="btn btn-quiet" aria-label={t.copy(name)} onClick={copy}>
        <Copy size={16} aria-hidden="true" /> {t.copyShort}
      </button>
    </li>
  );
}
