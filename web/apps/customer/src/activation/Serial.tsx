import { isProblem } from '@chonso/api';
import { outsideIsSimulated, useDraft } from '@chonso/app';
import { Button, Field, Note } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, ScanBarcode } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Capture } from '../camera/Capture.tsx';
import { keepPreview, type Picture, previewOf } from '../camera/pictures.ts';
import { canScan, Scanner } from '../camera/Scanner.tsx';
import { go } from '../router.tsx';
import { activationKey, stepAddress } from './journey.ts';
import { useOutcomeWords } from './outcome.words.ts';
import { useSerialFault, useTroubleText } from './problems.ts';
import { atStep, StepPage, type StepProps } from './StepPage.tsx';
import { digitsOf, enterSerial, faultOf, grouped } from './serial.ts';
import { Trouble } from './Trouble.tsx';
import { upload } from './uploads.ts';

/** The card of a physical SIM: its serial first, then its photo (F5a.9). */
export const Serial = atStep('serial', (props) => {
  const entered = !props.journey.activation?.waiting_for.includes('SIM_SERIAL');
  const [changing, setChanging] = useState(false);
  return entered && !changing ? (
    <SimPhoto {...props} onChange={() => setChanging(true)} />
  ) : (
    <Entry {...props} onDone={() => setChanging(false)} />
  );
});

function Entry({ journey, onDone }: StepProps & { onDone: () => void }) {
  const t = useOutcomeWords();
  const client = useQueryClient();
  const faultText = useSerialFault();
  const [draft, change] = useDraft(`serial:${journey.holdId}`, { serial: '' });
  const [scanning, setScanning] = useState(false);
  const [pressed, setPressed] = useState(false);
  const sending = useMutation({
    mutationFn: () => enterSerial(client, journey.holdId, draft.serial),
    onSuccess: onDone,
  });
  const fault = pressed ? faultOf(draft.serial) : undefined;
  const mismatch = isProblem(sending.error, 'serial-mismatch', 'invalid-request');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (!sending.isPending && !faultOf(draft.serial)) sending.mutate();
  };
  const typed = (text: string) => {
    sending.reset();
    change({ serial: digitsOf(text).slice(0, 20) });
  };
  return (
    <StepPage
      step="serial"
      journey={journey}
      lead={t.serialLead}
      action={
        <Button kind="primary" large type="submit" form="serial" busy={sending.isPending}>
          {t.checkSerial}
        </Button>
      }
    >
      <form id="serial" className="stack" noValidate onSubmit={submit}>
        <Field
          label={t.serial}
          hint={t.serialHint}
          name="sim_serial"
          inputMode="numeric"
          autoComplete="off"
          maxLength={25}
          value={grouped(draft.serial)}
          error={fault || mismatch ? faultText(fault, sending.error) : undefined}
          onChange={(event) => typed(event.target.value)}
        />
        {!mismatch && <Trouble error={sending.error} />}
      </form>
      {outsideIsSimulated() && (
        <div className="others">
          <a href={`/sim/autopilot?hold_id=${journey.holdId}`} target="_blank" rel="noopener">
            {t.simulatedCard}
          </a>
        </div>
      )}
      {scanning ? (
        <Scanner
          onRead={(text) => {
            if (faultOf(text)) return;
            typed(text);
            setScanning(false);
          }}
          onStop={() => setScanning(false)}
        />
      ) : (
        canScan() && (
          <Button kind="quiet" onClick={() => setScanning(true)}>
            <ScanBarcode size={18} aria-hidden="true" /> {t.scan}
          </Button>
        )
      )}
    </StepPage>
  );
}

function SimPhoto({ journey, onChange }: StepProps & { onChange: () => void }) {
  const t = useOutcomeWords();
  const client = useQueryClient();
  const text = useTroubleText();
  const { holdId, activation } = journey;
  const name = `${holdId}:SIM`;
  const send = async ({ blob }: Picture, onProgress: (part: number) => void) => {
    await upload({
      address: `/api/activation/v1/activations/${holdId}/sim-photo`,
      picture: blob,
      onProgress,
    });
    keepPreview(name, blob);
    await client.invalidateQueries({ queryKey: activationKey(holdId) });
  };
  return (
    <Capture
      shape="sim"
      towards="environment"
      kept={activation?.sim_photographed ? { preview: previewOf(name) } : undefined}
      send={send}
      onNext={() => go(stepAddress(holdId, 'sign'))}
      trouble={text}
    >
      {(content, action) => (
        <StepPage step="serial" journey={journey} lead={t.photo} action={action}>
          <Note kind="good" icon={<CircleCheck size={18} aria-hidden="true" />}>
            <b>{t.serialDone}</b>
            <Button kind="text" className="note-act" onClick={onChange}>
              {t.changeSerial}
            </Button>
          </Note>
          {content}
        </StepPage>
      )}
    </Capture>
  );
}
