import { useDraft } from '@chonso/app';
import { Button, Field, Sheet, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { focusMistake, onSubmit } from '../account/fields.tsx';
import { Refused } from '../shell/Failure.tsx';
import { useFaults } from '../shell/problems.ts';
import type { Me } from '../shell/session.ts';
import { useShellWords } from '../shell/words.ts';
import { type Profile, saveProfile } from './profile.ts';
import { useSettingsWords } from './words.ts';

/** Change name and e-mail address. */
export function EditProfile({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useSettingsWords();
  const shell = useShellWords();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const known: Profile = { full_name: me.full_name ?? '', email: me.email ?? '' };
  const [draft, change, forget] = useDraft('profile', known);
  const close = () => {
    forget();
    onClose();
  };
  const saving = useMutation({
    mutationFn: () => saveProfile(client, draft),
    onSuccess: () => {
      toast(t.saved);
      close();
    },
    onError: () => focusMistake(form.current),
  });
  const faults = useFaults()(saving.error);
  return (
    <Sheet title={t.profile} close={shell.close} onClose={close}>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={onSubmit(() => {
          if (!saving.isPending) saving.mutate();
        })}
      >
        <Field
          label={t.fullName}
          name="full_name"
          autoComplete="name"
          value={draft.full_name}
          error={faults.full_name}
          onChange={(event) => change({ full_name: event.target.value })}
        />
        <Field
          label={t.email}
          hint={t.profileLead}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          value={draft.email}
          error={faults.email}
          onChange={(event) => change({ email: event.target.value })}
        />
        <Refused error={Object.keys(faults).length ? null : saving.error} />
        <Button kind="primary" large type="submit" busy={saving.isPending}>
          {t.save}
        </Button>
        <p className="drawer-note">{t.phoneNote}</p>
      </form>
    </Sheet>
  );
}
