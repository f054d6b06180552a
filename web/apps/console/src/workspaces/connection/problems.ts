import { fmt } from '@chonso/i18n';
import { type Facts, sayProblems, takenBy } from '../../shell/problems.ts';
import { words } from './words.ts';

function decided(facts: Facts): string {
  const what = facts.decision === 'CONFIRM' ? 'xác nhận' : 'từ chối';
  const name = String(facts.claimed_by_name ?? 'đồng nghiệp');
  const at = typeof facts.decided_at === 'string' ? ` lúc ${fmt.day(facts.decided_at)}` : '';
  return `Hồ sơ đã được ${name} ${what}${at}.`;
}

function lacking(facts: Facts): string {
  const missing = Array.isArray(facts.waiting_for) ? facts.waiting_for : [];
  const named = missing.map((code) => words.objections[String(code)] ?? String(code));
  return `Chưa đấu nối được: ${named.join(', ').toLowerCase()}.`;
}

sayProblems({
  'claimed-by-another': (facts) => `Hồ sơ đã được ${takenBy(facts)}.`,
  'decided-already': decided,
  'claim-it-first': 'Nhận hồ sơ trước rồi mới xem bằng chứng và quyết định.',
  'approver-may-not-decide': words.ownApproval,
  'not-ready-yet': lacking,
  'activation-closed': 'Hồ sơ đã chuyển sang bước khác. Danh sách vừa được tải lại.',
  'no-such-activation': 'Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc công ty của bạn.',
  'no-such-evidence': 'Khách chưa ký hồ sơ này.',
  'incident-closed': 'Sự cố đã được đồng nghiệp kết luận.',
  'involved-may-not-close': 'Bạn đã duyệt cuộc gọi này, hãy để đồng nghiệp kết luận.',
});
