import { Button, Choices, Field, Skeleton } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { WardPicker } from '../address/WardPicker.tsx';
import { useDraft } from '../drafts.ts';
import { typedDate } from '../hold/registration.ts';
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
      <Field
        label={t.fullName}
        name="full_name"
        autoComplete="name"
        value={draft.full_name}
        error={faults.full_name}
        onChange={(event) => change({ full_name: event.target.value })}
      />
      <Field
        label={t.idNumber}
        hint={t.idHint}
        name="id_number"
        inputMode="numeric"
        maxLength={20}
        value={draft.id_number}
        error={faults.id_number}
        onChange={(event) => change({ id_number: event.target.value })}
      />
      <Field
        label={t.dateOfBirth}
        hint={t.dateHint}
        name="date_of_birth"
        inputMode="numeric"
        autoComplete="bday"
        value={draft.date_of_birth}
        error={faults.date_of_birth}
        onChange={(event) => change({ date_of_birth: typedDate(event.target.value, draft.date_of_birth) })}
      />
      <Choices<'MALE' | 'FEMALE'>
        legend={t.sex}
        name="sex"
        value={draft.sex || undefined}
        onChange={(sex) => change({ sex })}
        options={[
          { value: 'MALE', title: t.male },
          { value: 'FEMALE', title: t.female },
        ]}
      />
      {faults.sex && (
        <p className="field-error" role="alert">
          {faults.sex}
        </p>
      )}
      <h2>{t.home}</h2>
      <WardPicker
        value={draft.ward_code}
        error={faults.ward_code}
        onChange={(ward_code) => change({ ward_code })}
      />
      <Field
        label={t.address}
        name="address"
        autoComplete="street-address"
        value={draft.address}
        error={faults.address}
        onChange={(event) => change({ address: event.target.value })}
      />
    </>
  );
}
