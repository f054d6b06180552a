import { Button, Field, Labelled, Sheet } from '@chonso/ui';
import { useState } from 'react';
import { useShellWords } from '../shell/words.ts';
import { useClasses } from './numbers.ts';
import type { Query, Region } from './query.ts';
import { useSearchWords } from './words.ts';

const PREFIXES = ['089', '090', '093', '070', '076', '077', '078', '079'];
const REGIONS: Region[] = ['KV1', 'KV2', 'KV3', 'KV4', 'KV5', 'KV6', 'KV7', 'KV8', 'KV9'];

type Props = { query: Query; onApply: (query: Query) => void; onClose: () => void };

/** The filters of the search: kind, prefix, region, price. */
export function Filters({ query, onApply, onClose }: Props) {
  const t = useSearchWords();
  const shell = useShellWords();
  const [draft, setDraft] = useState(query);
  const classes = useClasses().data?.items ?? [];
  const change = (part: Partial<Query>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <Sheet title={t.filters} close={shell.close} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onApply(draft);
        }}
      >
        <Labelled label={t.classes}>
          {(wiring) => (
            <select
              {...wiring}
              value={draft.classes[0] ?? ''}
              onChange={(event) => change({ classes: event.target.value ? [event.target.value] : [] })}
            >
              <option value="">{t.anyClass}</option>
              {classes.map(({ code, name_vi }) => (
                <option key={code} value={code}>
                  {name_vi}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <div className="two">
          <Labelled label={t.prefix}>
            {(wiring) => (
              <select
                {...wiring}
                value={draft.prefix}
                onChange={(event) => change({ prefix: event.target.value })}
              >
                <option value="">{t.anyPrefix}</option>
                {PREFIXES.map((prefix) => (
                  <option key={prefix}>{prefix}</option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label={t.region}>
            {(wiring) => (
              <select
                {...wiring}
                value={draft.region}
                onChange={(event) => change({ region: event.target.value as Region | '' })}
              >
                <option value="">{t.anyRegion}</option>
                {REGIONS.map((region) => (
                  <option key={region}>{region}</option>
                ))}
              </select>
            )}
          </Labelled>
        </div>
        <div className="two">
          <Price
            label={`${t.price}: ${t.from.toLowerCase()}`}
            value={draft.min}
            onChange={(min) => change({ min })}
          />
          <Price label={t.to} value={draft.max} onChange={(max) => change({ max })} />
        </div>
        <Button kind="primary" large type="submit">
          {t.apply}
        </Button>
        <Button
          kind="text"
          onClick={() => change({ classes: [], prefix: '', region: '', min: null, max: null })}
        >
          {t.reset}
        </Button>
      </form>
    </Sheet>
  );
}

type PriceProps = { label: string; value: number | null; onChange: (value: number | null) => void };

function Price({ label, value, onChange }: PriceProps) {
  return (
    <Field
      label={label}
      inputMode="numeric"
      placeholder="₫"
      value={value === null ? '' : value.toLocaleString('vi-VN')}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, '').slice(0, 12);
        onChange(digits ? Number(digits) : null);
      }}
    />
  );
}
