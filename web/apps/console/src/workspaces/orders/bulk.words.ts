/** Words about many orders at once. */
export const words = {
  label: 'Các đơn đã chọn',
  count: (count: number) => `Đã chọn ${count} đơn`,
  most: 'Làm 100 đơn mỗi lần',
  clear: 'Bỏ chọn',
  confirm: 'Xác nhận, hẹn lấy hàng',
  handOver: 'Bàn giao bưu tá',
  confirmTitle: (count: number) => `Xác nhận ${count} đơn`,
  confirmLead: 'Các đơn dùng chung một nơi lấy và một giờ lấy. Đơn nào không được sẽ nói rõ lý do.',
  results: (done: number, refused: number) =>
    refused ? `${done} đơn xong, ${refused} đơn cần xem` : `${done} đơn đã xong`,
  done: 'Xong',
  refused: 'Chưa được',
};
