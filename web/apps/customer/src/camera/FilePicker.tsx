import { type Picture, pictureOf } from './pictures.ts';

type Props = { text: string; kind: 'primary' | 'text'; onFile: (picture: Promise<Picture>) => void };

/** A picture from a file; on a phone the system offers its own camera as well. */
export function FilePicker({ text, kind, onFile }: Props) {
  return (
    <label className={`btn btn-${kind} file ${kind === 'primary' ? 'btn-lg' : ''}`}>
      <input
        type="file"
        accept="image/*"
        className="sr"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onFile(pictureOf(file));
        }}
      />
      {text}
    </label>
  );
}
