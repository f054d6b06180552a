import { Button, Note, toast } from '@chonso/ui';
import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { words } from './words.ts';

/** A new secret, shown this once, with the way to copy it. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
    toast(words.copied);
  };
  return (
    <Dialog
      title={words.newSecret}
      onClose={onClose}
      actions={
        <>
          <Button kind={isCopied ? 'primary' : 'line'} onClick={onClose}>
            {words.done}
          </Button>
          <Button kind={isCopied ? 'line' : 'primary'} onClick={() => void copy()}>
            {isCopied ? <Check size={17} aria-hidden="true" /> : <Copy size={17} aria-hidden="true" />}
            {isCopied ? words.copied : words.copy}
          </Button>
        </>
      }
    >
      <Note kind="warn" icon={<TriangleAlert size={18} aria-hidden="true" />}>
        {words.newSecretLead}
      </Note>
      <output className="secret-shown" aria-label={words.newSecret}>
        {secret}
      </output>
    </Dialog>
  );
}
