import { Dialog } from './Dialog.tsx';
import { Kbd } from './Kbd.tsx';
import { keyMaps, useKeysSwitch } from './keys.ts';
import { words } from './words.ts';

/** The keys of what is shown, and the switch for those who do not want single keys. */
export function KeyMap({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useKeysSwitch();
  return (
    <Dialog title={words.keys} onClose={onClose}>
      <label className="check">
        <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
        <span>{words.keysOn}</span>
      </label>
      {keyMaps().map(({ title, keys }) => (
        <section key={title} className="keys">
          <h3>{title}</h3>
          <dl>
            {keys.map(({ key, name }) => (
              <div key={key}>
                <dt>{name}</dt>
                <dd>
                  <Kbd of={key} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
