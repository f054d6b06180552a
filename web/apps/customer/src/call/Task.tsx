import { Camera, CircleCheck, Hand, IdCard, Mic, ScanFace, TriangleAlert } from 'lucide-react';
import { type TaskWords, useTaskWords } from './task.words.ts';
import type { Photo, Prompt } from './tasks.ts';

type Props = {
  photo: Photo | null;
  prompt: Prompt | null;
  /** What to say while there is nothing to do. */
  rest: string;
};

/** What the customer is to do now: a photo that is being taken, a challenge, or nothing but talk. */
export function Task({ photo, prompt, rest }: Props) {
  const t = useTaskWords();
  if (!photo && !prompt) return <p>{rest}</p>;
  const { Icon, title, text, detail } = photo ? ofPhoto(photo, t) : ofPrompt(prompt!, t);
  return (
    <section className="task" role="status" data-photo={photo?.phase}>
      <Icon size={24} aria-hidden="true" />
      <div>
        <b>{title}</b>
        {detail && <strong>{detail}</strong>}
        <p>{text}</p>
      </div>
    </section>
  );
}

type Said = { Icon: typeof Camera; title: string; text: string; detail?: string | null };

function ofPhoto({ request: { kind, hint }, phase, flaw }: Photo, t: TaskWords): Said {
  const { title, text } = t.photos[kind];
  if (phase === 'sent') return { Icon: CircleCheck, title: t.sent, text: t.sentText };
  if (phase === 'failed') return { Icon: TriangleAlert, title: t.failed, text: t.failedText };
  if (phase === 'poor' && flaw) return { Icon: TriangleAlert, title: t.again, text: t.flaws[flaw] };
  if (phase === 'sending') return { Icon: Camera, title: t.sending, text: t.hold };
  return { Icon: Camera, title, text: hint ? t.hints[hint] : text };
}

function ofPrompt({ kind, detail }: Prompt, t: TaskWords): Said {
  const { title, text } = t.challenges[kind];
  return { Icon: signOf(kind), title, text, detail: detail && t.detail(kind, detail) };
}

function signOf(kind: Prompt['kind']): typeof Camera {
  switch (kind) {
    case 'READ_DIGITS':
    case 'SAY_BIRTH_YEAR':
    case 'SAY_CARD_DIGITS':
      return Mic;
    case 'TILT_CARD':
    case 'COVER_CHIP':
    case 'CARD_TO_CHEEK':
      return IdCard;
    case 'HAND_ACROSS':
    case 'TOUCH_EAR':
    case 'SHOW_FINGERS':
      return Hand;
    default:
      return ScanFace;
  }
}
