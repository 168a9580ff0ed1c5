import { CITIES, DISTRICT, PROVINCE } from '../divisions';
import type { Acts } from './acts';

/** People who serve, by what they are asked for; ids. Their names are invented. */
export interface Serving {
  readonly property: string;
  readonly welfare: string;
  readonly ofCity: string;
  readonly mediator: string;
  readonly lawyer: string;
  readonly counsellor: string;
  readonly deputy: string;
}

const CONSENT = { consentedOn: '2022-08-22', validFrom: '2022-08-22', validTo: '2024-08-21' };
const CITY = CITIES[0].code;

/** 专家库 at three levels and the directory of people who serve, each with consent. */
export async function appointServing({ begin }: Acts): Promise<Serving> {
  const expert = async (who: string, part: { name: string; field: string; poolDivisionCode: string; employer: string }): Promise<string> =>
    (await begin(who, 'appointExpert', { ...part, ...CONSENT })).id;
  const person = async (kind: string, name: string, employer?: string): Promise<string> =>
    (await begin('district-office', 'listParticipant', { kind, name, divisionCode: DISTRICT, ...(employer ? { employer } : {}), ...CONSENT })).id;
  await expert('district-office', { name: '陆景和', field: '劳动与社会保障法', poolDivisionCode: DISTRICT, employer: '自治区某律师事务所' });
  await expert('province-office', { name: '严守正', field: '行政法', poolDivisionCode: PROVINCE.code, employer: '自治区某高校法学院' });
  await person('LOCAL_WORTHY', '纪长青');
  await person('RESIDENTS_COMMITTEE', '凤凰北街街道某社区居民委员会');
  return {
    property: await expert('district-office', { name: '顾承言', field: '不动产', poolDivisionCode: DISTRICT, employer: '银川某律师事务所' }),
    welfare: await expert('district-office', { name: '沈知衡', field: '土地征收与补偿', poolDivisionCode: DISTRICT, employer: '自治区某高校法学院' }),
    ofCity: await expert('city-office', { name: '方允中', field: '劳动争议', poolDivisionCode: CITY, employer: '银川某律师事务所' }),
    mediator: await person('PEOPLES_MEDIATOR', '唐守诚', '兴庆区某人民调解委员会'),
    lawyer: await person('LAWYER', '许明澈', '银川某律师事务所'),
    counsellor: await person('PSYCHOLOGICAL_COUNSELLOR', '闻静川', '银川某心理服务机构'),
    deputy: await person('PEOPLES_CONGRESS_DEPUTY', '汪以宁'),
  };
}
