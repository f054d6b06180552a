import type { Photo, Shape } from './tasks.ts';

/** The shape over the own picture, the count before a photo, and its flash. */
export function Guide({ shape, photo }: { shape: Shape; photo: Photo | null }) {
  return (
    <div className="aim" data-shape={shape} data-photo={photo?.phase} aria-hidden="true">
      <svg viewBox="0 0 100 100" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
        {shape !== 'card' && <ellipse cx="50" cy={shape === 'both' ? 40 : 48} rx="27" ry="36" />}
        {shape === 'card' && <rect x="7" y="23" width="86" height="54" rx="4" />}
        {shape === 'both' && <rect x="50" y="62" width="46" height="29" rx="3" />}
      </svg>
      {photo?.phase === 'counting' && <b key={photo.left}>{photo.left}</b>}
      {photo?.phase === 'taking' && <i />}
    </div>
  );
}
