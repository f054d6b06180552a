import { Skeleton } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../shell/Dialog.tsx';
import { words } from './words.ts';

type PictureProps = { name: string; address: string | undefined; empty?: string };

/** A picture of a record with its name; a press enlarges the picture. */
export function Picture({ name, address, empty }: PictureProps) {
  const [isLarge, setLarge] = useState(false);
  return (
    <figure>
      <button
        type="button"
        className="face"
        disabled={!address}
        aria-label={address ? words.enlarge(name) : (empty ?? name)}
        onClick={() => setLarge(true)}
      >
        {address ? <img src={address} alt="" /> : empty ? <span>{empty}</span> : <Skeleton height={116} />}
      </button>
      <figcaption>{name}</figcaption>
      {isLarge && address && (
        <Dialog title={name} wide onClose={() => setLarge(false)}>
          <img className="large" src={address} alt={name} />
        </Dialog>
      )}
    </figure>
  );
}
