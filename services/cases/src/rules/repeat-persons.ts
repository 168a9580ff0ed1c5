import { normalisePhone } from '@anjie/contracts';
import { idDocument, idIndexText, type IdKind } from './id-documents';

/** What is compared of a petitioner; nothing of it is stored or shown, only keyed fingerprints are. */
export interface ComparedPerson {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly idKind?: IdKind | null;
  /** 代理人: the principal is compared instead, who stands in a row of its own. */
  readonly isAgent?: boolean;
}
export interface PersonMark {
  readonly kind: 'ID_NUMBER' | 'PHONE' | 'NAME';
  readonly value: string;
}

/** 匿名: who gives no name is never found by it, and a crowd is no person. */
const NOBODY = /匿名|不详|不明|未知|无名|某|保密|不愿|群众|业主|村民|居民|市民|职工|员工|家长|住户|商户|用户|网友|代表|集体|全体|先生|女士|同志|测试|[*?？＊×]|xx/u;
const NAME = /^(?:[\p{Script=Han}·•]{2,30}|[\p{L} .'·•-]{4,60})$/u;

/** 姓名: one form of it, or nothing where it names nobody. */
export function comparableName(name: string | null | undefined): string | null {
  const plain = (name ?? '').normalize('NFKC').replace(/\s+/gu, ' ').trim().replace(/[•・]/gu, '·').toLowerCase();
  const closed = /^[\p{Script=Han}·\s]+$/u.test(plain) ? plain.replace(/\s/gu, '') : plain;
  return NAME.test(closed) && !NOBODY.test(closed) ? closed : null;
}

/**
 * 同人: every petitioner counts, co-signers and representatives too; an agent does not. A name is compared within one county only, where two
 * people of one name are few, and its fingerprint cannot be counted across counties.
 */
export function personMarks(people: readonly ComparedPerson[], countyCode: string): readonly PersonMark[] {
  const marks = people.filter((person) => !person.isAgent).flatMap((person): PersonMark[] => {
    const idKind = person.idKind ?? 'RESIDENT_ID';
    const idNumber = person.idNumber ? idDocument(idKind, person.idNumber, '9999-12-31') : undefined;
    const phone = person.phone ? normalisePhone(person.phone) : '';
    const name = comparableName(person.name);
    return [
      ...(idNumber ? [{ kind: 'ID_NUMBER' as const, value: idIndexText(idKind, idNumber) }] : []),
      ...(/^\+?\d{7,20}$/.test(phone) && !/^(\d)\1+$/.test(phone) ? [{ kind: 'PHONE' as const, value: phone }] : []),
      ...(name ? [{ kind: 'NAME' as const, value: `${countyCode}|${name}` }] : []),
    ];
  });
  return [...new Map(marks.map((mark) => [`${mark.kind}|${mark.value}`, mark])).values()];
}
