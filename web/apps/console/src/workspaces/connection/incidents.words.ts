/** Words of the incidents of connections. */
export const incidentWords = {
  kinds: {
    APPROVER_CONFIRMED_AT_MSALE: 'Người duyệt cuộc gọi tự xác nhận ở mSale',
    CONNECTED_WITHOUT_PROOF: 'mSale đã đấu nối khi chưa đủ căn cứ',
    CALL_REVOKED_AFTER_CONNECTION: 'Cuộc gọi bị thu hồi sau khi đấu nối',
    CHECK_REPLACED_AFTER_CONNECTION: 'Giấy tờ bị xác thực lại sau khi đấu nối',
    CONNECTED_WITHOUT_ORDER: 'Đã đấu nối khi đơn hàng không còn',
    ESIM_CODE_UNUSABLE: 'Mã eSIM không dùng được',
  } as Record<string, string>,
  explained: {
    APPROVER_CONFIRMED_AT_MSALE:
      'Một người vừa duyệt cuộc gọi vừa xác nhận đấu nối. Khách chưa được báo kết quả.',
    CONNECTED_WITHOUT_PROOF:
      'mSale báo đã đấu nối, nhưng hồ sơ chưa đủ điều kiện. Khách chưa được báo kết quả.',
    CALL_REVOKED_AFTER_CONNECTION: 'Quản lý đã thu hồi kết quả cuộc gọi mà thuê bao này dựa vào.',
    CHECK_REPLACED_AFTER_CONNECTION: 'Lần xác thực mà thuê bao này dựa vào đã được thay bằng lần khác.',
    CONNECTED_WITHOUT_ORDER: 'Đơn hàng hoặc phiếu giữ số đã kết thúc trước khi mSale đấu nối.',
    ESIM_CODE_UNUSABLE: 'mSale đã đấu nối nhưng mã eSIM trả về không đọc được.',
  } as Record<string, string>,
  found: 'Điểm bất thường',
  close: 'Kết luận sự cố',
  closeLead: 'Kết luận được ghi lại cùng tên bạn và không sửa được.',
  resolution: 'Kết luận',
  resolutions: [
    { code: 'STANDS', name: 'Giữ kết nối', text: 'Kết nối vẫn đúng, khách dùng bình thường' },
    { code: 'UNDONE', name: 'Đã gỡ kết nối', text: 'Kết nối đã được gỡ ở mSale, khách phải làm lại' },
  ],
  note: 'Căn cứ kết luận',
  closed: 'Đã kết luận sự cố',
};
