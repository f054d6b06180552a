import { api, isUnknown, type Schemas, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';

export type Province = Schemas['shipping.ProvinceView'];
export type Ward = Schemas['shipping.WardView'];
export type Place = Schemas['shipping.WardPlace'];

const KEPT = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };

/** The 34 provinces and cities. */
export const useProvinces = () =>
  useQuery({ queryKey: ['provinces'], queryFn: () => send(api.GET('/api/shipping/v1/provinces')), ...KEPT });

/** The wards of a province. */
export const useWards = (provinceCode: string) =>
  useQuery({
    queryKey: ['wards', provinceCode],
    queryFn: () =>
      send(
        api.GET('/api/shipping/v1/provinces/{province_code}/wards', {
          params: { path: { province_code: provinceCode } },
        }),
      ),
    enabled: provinceCode !== '',
    ...KEPT,
  });

/** A ward of an address that was chosen before, with its province; null for a code that no ward has. */
export const usePlace = (wardCode: string) =>
  useQuery({
    queryKey: ['ward', wardCode],
    queryFn: async (): Promise<Place | null> => {
      try {
        return await send(
          api.GET('/api/shipping/v1/wards/{ward_code}', { params: { path: { ward_code: wardCode } } }),
        );
      } catch (error) {
        if (isUnknown(error)) return null;
        throw error;
      }
    },
    enabled: /^\d{5}$/.test(wardCode),
    ...KEPT,
  });
