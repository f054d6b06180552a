import { decidedBy, type Facts, sayProblems, takenBy } from '../../shell/problems.ts';
import { words } from './words.ts';

function lacking(facts: Facts): string {
  const missing = Array.isArray(facts.waiting_for) ? facts.waiting_for : [];
  const named = missing.map((code) => words.objections[String(code)] ?? String(code));
  return `Chưa đấu nối được: ${named.join(', ').toLowerCase()}.`;
}

sayProblems({
  'claimed-by-another': (facts) => `Hồ sơ đã được ${takenBy(facts)}.`,
  'claim-it-first': 'Nhận hồ sơ trước rồi mới xem bằng chứng và quyết định.',
  'approver-may-not-decide': words.ownApproval,
  'not-ready-yet': lacking,
  'activation-closed': 'Hồ sơ đã chuyển sang bước khác. Danh sách vừa được tải lại.',
  'no-such-activation': 'Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc công ty của bạn.',
  'no-such-evidence': 'Khách chưa ký hồ sơ này.',
  'incident-closed': (facts) => `Sự cố đã được ${decidedBy(facts, 'kết luận')}.`,
  'involved-may-not-close': 'Bạn đã duyệt cuộc gọi này, hãy để đồng nghiệp kết luận.',
});
