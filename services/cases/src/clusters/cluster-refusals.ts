import { refuse, type Refusal } from '@anjie/contracts';
import type { ClusterRefusalCode } from '../generated/graphql';

export type ClusterNo = Refusal<ClusterRefusalCode>;

export const CLUSTER_NO: Readonly<Record<ClusterRefusalCode, ClusterNo>> = {
  NOT_FOUND: refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist or is not visible to you.'),
  NOT_PERMITTED: refuse('NOT_PERMITTED', '只有实施地区的信访工作联席办可以办理。', 'Only the joint office of the place may do this.'),
  DIVISION_UNKNOWN: refuse('DIVISION_UNKNOWN', '行政区划未知，或不在您的管辖范围。', 'Not a place known here, or outside your reach.'),
  UNIT_UNKNOWN: refuse('UNIT_UNKNOWN', '单位不存在或已撤销。', 'The unit is not known here or is closed.'),
  TEXT_LENGTH: refuse('TEXT_LENGTH', '文字过短、过长或含控制字符。', 'Too short, too long, or with control characters.'),
  ABOUT_A_PERSON: refuse('ABOUT_A_PERSON', '类案因问题而归类，不因人而归类。', 'A cluster is held together by an issue, not by who people are.', '《中华人民共和国个人信息保护法》第二十八条'),
  COUNT_OUT_OF_RANGE: refuse('COUNT_OUT_OF_RANGE', '一次归入1至200件。', 'Add 1 to 200 at a time.'),
  ALREADY_MEMBER: refuse('ALREADY_MEMBER', '已归入该类案。', 'It belongs to the cluster already.'),
  NOT_MEMBER: refuse('NOT_MEMBER', '不在该类案中。', 'It does not belong to the cluster.'),
  ALREADY_REGISTERED: refuse('ALREADY_REGISTERED', '该文号在本地区已登记。', 'The document number is registered already for this place.'),
  ALREADY_LINKED: refuse('ALREADY_LINKED', '已关联。', 'Linked already.'),
  DATE_IN_FUTURE: refuse('DATE_IN_FUTURE', '日期晚于今天。', 'The day lies in the future.'),
};
