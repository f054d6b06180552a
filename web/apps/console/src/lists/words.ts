/** Words of lists. */
export const words = {
  loading: 'Đang tải danh sách',
  tickAll: 'Chọn tất cả',
  tick: (name: string) => `Chọn ${name}`,
  views: 'Bộ lọc đã lưu',
  saveView: 'Lưu bộ lọc này',
  viewName: 'Tên bộ lọc',
  save: 'Lưu',
  forgetView: (name: string) => `Xóa bộ lọc ${name}`,
  noViews: 'Chưa có bộ lọc nào được lưu',
  all: 'Tất cả',
  clear: 'Xóa lọc',
};
