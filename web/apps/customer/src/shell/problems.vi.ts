/** Errors of the services in the customer's words: what is wrong, and what to do. */
export const problems = {
  unexpected: 'Có lỗi ngoài dự kiến. Vui lòng thử lại.',
  ourSide: 'Hệ thống đang bận. Vui lòng thử lại sau ít phút.',
  unknown: 'Không tìm thấy nội dung này.',
  tooOften: 'Bạn thao tác quá nhanh. Vui lòng chờ một chút rồi thử lại.',
  wrong: 'Kiểm tra lại mục này.',
  bySlug: {
    offline: 'Không có kết nối mạng. Kiểm tra mạng rồi thử lại.',
    'number-taken': 'Số này vừa có người khác giữ. Hãy chọn một số khác.',
    'number-resting': 'Số này đang tạm nghỉ sau khi được trả lại. Hãy chọn một số khác.',
    'invalid-request': 'Một vài mục chưa đúng. Xem các dòng màu đỏ bên dưới.',
    'not-signed-in': 'Hãy đăng nhập để tiếp tục.',
    'not-heard-yet': 'Hệ thống đang cập nhật. Vui lòng thử lại sau vài giây.',
  } as Record<string, string>,
  byCode: {} as Record<string, string>,
};
