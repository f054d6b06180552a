import { Button } from '@chonso/ui';
import { useMemo, useState } from 'react';
import { Combobox } from './Combobox.tsx';
import { usePlace, useProvinces, useWards } from './wards.ts';
import { useAddressWords } from './words.ts';

type Props = { value: string; error?: string | undefined; onChange: (wardCode: string) => void };

/** The choice of a ward: its province first, then the ward among its own; both by typing (F3.10). */
export function WardPicker({ value, error, onChange }: Props) {
  const t = useAddressWords();
  const place = usePlace(value);
  const [picked, setPicked] = useState<string | null>(null);
  const province = picked ?? place.data?.province_code ?? '';
  const provinces = useProvinces();
  const wards = useWards(province);
  const provinceOptions = useMemo(
    () => (provinces.data?.items ?? []).map(({ province_code: code, name }) => ({ code, name })),
    [provinces.data],
  );
  const wardOptions = useMemo(
    () => (wards.data?.items ?? []).map(({ ward_code: code, name }) => ({ code, name })),
    [wards.data],
  );
  const failed = provinces.isError ? provinces : wards.isError ? wards : null;
  return (
    <div className="stack">
      <Combobox
        label={t.province}
        options={provinceOptions}
        value={province}
        busy={provinces.isPending}
        error={!province ? error : undefined}
        onChange={(code) => {
          setPicked(code);
          if (code !== place.data?.province_code) onChange('');
        }}
      />
      <Combobox
        key={province}
        label={t.ward}
        options={wardOptions}
        value={value}
        busy={wards.isLoading}
        disabled={!province}
        hint={province ? undefined : t.provinceFirst}
        error={province ? error : undefined}
        onChange={onChange}
      />
      {failed && (
        <p className="field-error" role="alert">
          {t.failed}{' '}
          <Button kind="text" onClick={() => void failed.refetch()}>
            {t.retry}
          </Button>
        </p>
      )}
    </div>
  );
}
