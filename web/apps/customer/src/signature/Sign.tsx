import { useDraft } from '@chonso/app';
import { Button, Sheet, Skeleton } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { stepAddress } from '../activation/journey.ts';
import { atStep, StepPage, type StepProps } from '../activation/StepPage.tsx';
import { Unreadable } from '../activation/Trouble.tsx';
import { usePlace } from '../address/wards.ts';
import { PhoneProof } from '../proof/PhoneProof.tsx';
import { go } from '../router.tsx';
import { useShellWords } from '../shell/words.ts';
import { Contract } from './Contract.tsx';
import { type Drawing, Pad } from './Pad.tsx';
import { CONSENTS, type Consent, type Declaration, NEEDED, sign, useDeclaration } from './signing.ts';
import { useSignatureWords } from './words.ts';

/** Read the contract to its end, consent, draw the signature, confirm it by a code (F5a.9, F5b.8). */
export const Sign = atStep('sign', (props) => {
  const t = useSignatureWords();
  const declaration = useDeclaration(props.journey.session!.session_id);
  // The contract is read as a whole: its address does not arrive while somebody reads.
  const place = usePlace(String(declaration.data?.form.ward_code ?? ''));
  if (declaration.data && !place.isLoading) return <Signing {...props} declaration={declaration.data} />;
  return (
    <StepPage step="sign" journey={props.journey} lead={t.lead}>
      {declaration.isError ? (
        <Unreadable error={declaration.error} retry={() => void declaration.refetch()} />
      ) : (
        <Skeleton height={480} />
      )}
    </StepPage>
  );
});

type Draft = { attempt: number; read: boolean; consents: Consent[]; drawing: Drawing };
const BLANK: Draft = { attempt: 0, read: false, consents: [], drawing: { strokes: [], width: 0 } };

function Signing({ journey, me, declaration }: StepProps & { declaration: Declaration }) {
  const t = useSignatureWords();
  const shell = useShellWords();
  const client = useQueryClient();
  const { holdId, slip } = journey;
  const [draft, change, forget] = useDraft<Draft>(`sign:${holdId}:${journey.session!.attempt}`, BLANK);
  const [drawn, setDrawn] = useState<() => string>();
  const [confirming, setConfirming] = useState(false);
  const missing = [
    !draft.read && t.needs.read,
    !NEEDED.every((consent) => draft.consents.includes(consent)) && t.needs.consents,
    draft.drawing.strokes.length === 0 && t.needs.drawing,
  ].filter(Boolean);
  const send = async (proof: string) => {
    await sign(client, holdId, {
      declaration: declaration.declaration,
      drawing: drawn?.() ?? '',
      proof,
      consents: draft.consents,
    });
    forget();
    go(stepAddress(holdId, 'review'), true);
  };
  return (
    <StepPage
      step="sign"
      journey={journey}
      lead={t.lead}
      action={
        <>
          {missing.length > 0 && (
            <p className="cta-note" id="missing">
              {t.still}: {missing.join(', ')}
            </p>
          )}
          <Button
            kind="primary"
            large
            disabled={missing.length > 0 || !drawn}
            aria-describedby="missing"
            onClick={() => setConfirming(true)}
          >
            {t.sign}
          </Button>
        </>
      }
    >
      <Contract slip={slip} form={declaration.form} onEnd={() => draft.read || change({ read: true })} />
      {draft.read ? (
        <>
          <Consents given={draft.consents} onChange={(consents) => change({ consents })} />
          <Pad
            drawing={draft.drawing}
            onChange={(drawing) => change({ drawing })}
            onReady={(read) => setDrawn(() => read)}
          />
        </>
      ) : (
        <p className="closed-pad">
          <Lock size={18} aria-hidden="true" /> {t.readOn}
        </p>
      )}
      {confirming && (
        <Sheet title={t.confirm} close={shell.close} onClose={() => setConfirming(false)}>
          <PhoneProof purpose="SIGN" phone={me.phone} onProof={send} confirm={t.confirmSign} />
        </Sheet>
      )}
    </StepPage>
  );
}

type ConsentsProps = { given: Consent[]; onChange: (given: Consent[]) => void };

function Consents({ given, onChange }: ConsentsProps) {
  const t = useSignatureWords();
  return (
    <fieldset className="stack">
      <legend className="sr">{t.consents}</legend>
      <div className="list consents">
        {CONSENTS.map((consent) => (
          <label key={consent} className="check">
            <input
              type="checkbox"
              name={consent}
              checked={given.includes(consent)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...given, consent]
                    : given.filter((other) => other !== consent),
                )
              }
            />
            <span>{t.consent[consent]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
