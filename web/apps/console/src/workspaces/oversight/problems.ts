import { sayProblems } from '../../shell/problems.ts';

sayProblems({
  'no-such-dead-letter': 'Sự kiện không còn ở đây: đã được xử lý hoặc đã bị bỏ.',
  'not-dead': 'Sự kiện đang được thử lại, không cần quyết định nữa.',
  'drop-not-asked': 'Chưa ai đề nghị bỏ sự kiện này, hoặc đề nghị đã được rút lại.',
  'another-must-approve': 'Bạn là người đề nghị bỏ. Một người khác phải duyệt.',
  'decided-otherwise': 'Đồng nghiệp đã quyết định khác. Hãy xem lại danh sách.',
  'no-such-task': 'Việc này không còn trong danh sách của bạn.',
  'not-listed': 'Việc này không còn chờ người: đã xong hoặc hệ thống đang tự thử lại.',
});
