/** Words of a record: its fields, marks and pictures. */
export const words = {
  none: '—',
  declared: 'Khách khai',
  papers: 'Trên giấy tờ',
  field: 'Mục',
  mark: 'Kết quả',
  enlarge: (what: string) => `Phóng to ${what.toLowerCase()}`,
  fields: {
    full_name: 'Họ tên',
    id_number: 'Số giấy tờ',
    date_of_birth: 'Ngày sinh',
    sex: 'Giới tính',
    address: 'Địa chỉ',
    expires_on: 'Hạn dùng',
  } as Record<string, string>,
  marks: {
    match: 'Khớp giấy tờ và cơ sở dữ liệu quốc gia',
    papers: 'Khớp giấy tờ',
    doubt: 'Cần xem kỹ',
    fail: 'Không khớp',
    unknown: 'Chưa được đối chiếu',
  },
  sexes: { M: 'Nam', F: 'Nữ', MALE: 'Nam', FEMALE: 'Nữ' } as Record<string, string>,
};
