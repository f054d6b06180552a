import { sayProblems } from '../../shell/problems.ts';

sayProblems({
  'no-such-dead-letter': 'Sự kiện không còn ở đây: đã được xử lý hoặc đã bị bỏ.',
  'not-dead': 'Sự kiện đang được thử lại, không cần quyết định nữa.',
  'drop-not-asked': 'Chưa ai đề nghị bỏ sự kiện này, hoặc đề nghị đã được rút lại.',
  'another-must-approve': 'Bạn là người đề nghị bỏ. Một người khác phải duyệt.',
});
