import { Skeleton } from '@chonso/ui';
import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { type Dossier, useCall } from './dossiers.ts';
import { type Picture, usePicture } from './pictures.ts';
import { words } from './words.ts';

const nameOf = (picture: Picture): string =>
  picture.of === 'still' ? (words.stills[picture.kind] ?? picture.kind) : words.pictures[picture.of];

/** The evidence of a dossier: stills of the call, the drawn signature, the photo of the SIM (P5.1, F5a.9). */
export function Evidence({ dossier: { hold_id: holdId, call_id: callId, sim } }: { dossier: Dossier }) {
  const call = useCall(callId);
  const own: Picture[] = [
    { of: 'signature', holdId },
    ...(sim === 'PHYSICAL' ? ([{ of: 'sim-photo', holdId }] as const) : []),
  ];
  const kinds = [...new Set(call.data?.photos.map(({ kind }) => kind))];
  const stills: Picture[] = callId ? kinds.map((kind) => ({ of: 'still', callId, kind })) : [];
  return (
    <div className="cx-ev">
      <section>
        <h2>{words.callStills}</h2>
        {call.isLoading && <Skeleton height={160} />}
        {!call.isLoading && !stills.length && <p className="t-soft">{words.noCall}</p>}
        <Pictures pictures={stills} />
      </section>
      <section>
        <h2>{words.signedThings}</h2>
        <Pictures pictures={own} />
      </section>
    </div>
  );
}

function Pictures({ pictures }: { pictures: readonly Picture[] }) {
  return (
    <div className="cx-pics">
      {pictures.map((picture) => (
        <Shown key={nameOf(picture)} picture={picture} />
      ))}
    </div>
  );
}

function Shown({ picture }: { picture: Picture }) {
  const [isEnlarged, setEnlarged] = useState(false);
  const { address, isMissing } = usePicture(picture);
  const name = nameOf(picture);
  return (
    <>
      <button
        type="button"
        className={picture.of === 'signature' ? 'cx-pic is-drawn' : 'cx-pic'}
        aria-label={isMissing ? `${name}: ${words.noPicture}` : words.enlarge(name)}
        disabled={!address}
        onClick={() => setEnlarged(true)}
      >
        <span>
          {isMissing && <ImageOff size={22} aria-hidden="true" />}
          {address && <img src={address} alt="" />}
          {!address && !isMissing && <Skeleton height={600} />}
        </span>
        {name}
      </button>
      {isEnlarged && (
        <Dialog title={name} wide onClose={() => setEnlarged(false)}>
          <div className="cx-big">
            <img src={address} alt={name} />
          </div>
        </Dialog>
      )}
    </>
  );
}
