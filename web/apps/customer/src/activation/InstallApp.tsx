import { Note } from '@chonso/ui';
import { Smartphone } from 'lucide-react';
import { useActivationWords } from './words.ts';

/** The law asks for the operator's own app: how to install this page as one (LAW01, SYS02). */
export function InstallApp() {
  const t = useActivationWords();
  const steps = /iPhone|iPad/.test(navigator.userAgent) ? t.installIos : t.installOther;
  return (
    <section className="how" role="alert">
      <Note kind="warn" icon={<Smartphone size={18} aria-hidden="true" />}>
        <b>{t.onlyInApp}</b>
        <p>{t.onlyInAppText}</p>
      </Note>
      <h2>{t.install}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
