import { useStill } from '../../record/papers.ts';
import type { Call, PhotoKind } from './calls.ts';
import { words as w } from './script.words.ts';
import { takeOf } from './steps.ts';

/** The photo that has just arrived, large enough to judge: the agent accepts it or asks again. */
export function Arrived({ call, kind }: { call: Call; kind: PhotoKind }) {
  const take = takeOf(call, kind);
  const address = useStill(call.call_id, kind, take?.sha256);
  if (!take || !address) return null;
  return (
    <figure className="arrived" data-face={kind === 'FACE' || undefined}>
      <img src={address} alt={w.takes[kind].name} />
      <figcaption>
        <b>{w.takes[kind].name}</b>
        {take.width && `${take.width} × ${take.height}`}
        <span>{w.sources[take.source]}</span>
      </figcaption>
    </figure>
  );
}
