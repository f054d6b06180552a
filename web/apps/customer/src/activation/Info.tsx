import { useDraft } from '@chonso/app';
import { Button, Choices, Skeleton } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { BirthAndSex, FullName, HomeAddress, IdNumber } from '../person/fields.tsx';
import { go } from '../router.tsx';
import { DOCUMENTS, type Document, declare, type Form, formOf, useRegistration } from './declaration.ts';
import { stepAddress } from './journey.ts';
import { useDeclarationFaults } from './problems.ts';
import { atStep, StepPage, type StepProps } from './StepPage.tsx';
import { pictureToMend, type Step } from './steps.ts';
import { Trouble, Unreadable } from './Trouble.tsx';
import { useActivationWords } from './words.ts';

const PICTURES = 3;

/** Check and edit the registration information, and choose the document (F5a.4, F5b.3). */
export const Info = atStep('info', (props) => {
  const known = useRegistration(props.journey.holdId);
  if (known.data !== undefined) return <Filling {...props} known={formOf(known.data)} />;
  return (
    <StepPage step="info" journey={props.journey}>
      {known.isError ? (
        <Unreadable error={known.error} retry={() => void known.refetch()} />
      ) : (
        <Skeleton height={480} />
      )}
    </StepPage>
  );
});

function Filling({ journey, known }: StepProps & { known: Form }) {
  const t = useActivationWords();
  const client = useQueryClient();
  const faultsOf = useDeclarationFaults();
  const form = useRef<HTMLFormElement>(null);
  const [draft, change] = useDraft<Form>(`declaration:${journey.holdId}`, known);
  const sending = useMutation({
    mutationFn: () => declare(client, journey.session!, draft),
    onSuccess: (_, __) => go(stepAddress(journey.holdId, after(journey)), false),
    onError: () =>
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate();
  };
  return (
    <StepPage
      step="info"
      journey={journey}
      lead={t.infoLead}
      action={
        <Button kind="primary" large type="submit" form="declaration" busy={sending.isPending}>
          {t.next}
        </Button>
      }
    >
      <form id="declaration" ref={form} className="stack" noValidate onSubmit={submit}>
        <Fields draft={draft} change={change} faults={faultsOf(sending.error)} />
        <Trouble error={sending.error} />
      </form>
    </StepPage>
  );
}

/** After an edit that a refusal asked for, pictures it found no fault with are still good (G32). */
const after = ({ session }: StepProps['journey']): Step =>
  session?.repeat === 'EDIT' && session.images.length === PICTURES
    ? (pictureToMend(session) ?? 'result')
    : 'front';

type FieldsProps = {
  draft: Form;
  change: (part: Partial<Form>) => void;
  faults: Record<string, string>;
};

function Fields({ draft, change, faults }: FieldsProps) {
  const { form: t } = useActivationWords();
  return (
    <>
      <Choices<Document>
        legend={t.document}
        name="document_kind"
        value={draft.document_kind}
        onChange={(document_kind) => change({ document_kind })}
        options={DOCUMENTS.map((value) => ({ value, ...t.kinds[value] }))}
      />
      <p className="field-hint">{t.documentHint}</p>
      <h2>{t.owner}</h2>
      <FullName draft={draft} change={change} faults={faults} />
      <IdNumber draft={draft} change={change} faults={faults} label={t.idNumber} hint={t.idHint} />
      <BirthAndSex draft={draft} change={change} faults={faults} />
      <h2>{t.home}</h2>
      <HomeAddress draft={draft} change={change} faults={faults} />
    </>
  );
}
