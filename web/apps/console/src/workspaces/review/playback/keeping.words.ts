/** Words about keeping evidence, and about the challenges of a recorded call. */
export const words = {
  hold: {
    stands: 'Đang giữ theo yêu cầu pháp lý',
    none: 'Không có lệnh giữ pháp lý',
    noneText: 'Bằng chứng bị xóa khi hết thời hạn lưu trữ.',
    by: (who: string, when: string) => [who, when].filter(Boolean).join(', '),
    place: 'Giữ bằng chứng',
    placeTitle: 'Giữ bằng chứng theo yêu cầu pháp lý?',
    placeLead:
      'Mọi cuộc gọi của phiếu giữ số này được giữ lại, kể cả khi hết thời hạn lưu trữ hoặc khách yêu cầu xóa dữ liệu.',
    placed: 'Đã giữ bằng chứng',
    lift: 'Bỏ giữ',
    liftTitle: 'Bỏ giữ bằng chứng?',
    liftLead: 'Thời hạn lưu trữ lại có hiệu lực. Bằng chứng đã hết hạn sẽ bị xóa ngay và không mở lại được.',
    lifted: 'Đã bỏ giữ bằng chứng',
    reasons: {
      LAWSUIT: 'Tranh chấp tại tòa án',
      POLICE: 'Cơ quan điều tra yêu cầu',
      REGULATOR: 'Cơ quan quản lý yêu cầu',
      COMPLAINT: 'Khách khiếu nại',
      FRAUD: 'Nghi ngờ gian lận',
    },
    endings: {
      CASE_CLOSED: 'Vụ việc đã kết thúc',
      REQUEST_WITHDRAWN: 'Bên yêu cầu đã rút lại',
      PLACED_BY_MISTAKE: 'Đã giữ nhầm',
    },
  },
  challenges: {
    title: 'Câu thử',
    lead: 'Chọn một câu thử để xem đúng lúc khách thực hiện.',
    round: (draw: number) => `Lượt ${draw}`,
    PASS: 'Đạt',
    FAIL: 'Không đạt',
    open: 'Chưa chấm',
    unset: 'Chưa ra',
  },
};
