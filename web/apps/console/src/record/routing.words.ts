/** Words of the routing of an order: why it lies with a company, and the way to another. */
export const words = {
  why: 'Vì sao đơn về đây',
  rules: {
    R1_STORE: 'theo cửa hàng khách chọn',
    R2_OWN_CUSTOMERS: 'theo kênh bán có khách riêng',
    R3_ADDRESS: 'theo địa chỉ giao',
    R4_CHANNEL: 'theo khu vực của kênh bán',
    R4_RESIDENCE: 'theo nơi khách ở',
    R4_DEFAULT: 'theo công ty mặc định',
    R5_SUBSTITUTE: 'công ty thay thế vì nơi kia không có tổ',
    MANUAL: 'do nhân viên chuyển',
  } as Record<string, string>,
  reroute: 'Chuyển công ty',
  rerouteTitle: 'Chuyển đơn sang công ty khác',
  rerouteLead: 'Đơn rời danh sách của bạn nếu bạn không phụ trách công ty mới. Việc chuyển được ghi lại.',
  rerouteTo: 'Công ty nhận',
  rerouteConfirm: 'Chuyển đơn',
  rerouted: (region: string) => `Đã chuyển đơn sang ${region}`,
};
