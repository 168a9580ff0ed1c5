import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';

const official = (part: Partial<Viewer>): Viewer => ({
  kind: 'OFFICIAL', subject: randomUUID(), unitId: null, divisionCode: null, roles: [], locale: 'en', ...part,
});

/** People in office for tests; each has its own random official id unless one is given. */
export const viewers = {
  jointOffice: (divisionCode: string, unitId: string, subject: string = randomUUID()): Viewer => official({ divisionCode, unitId, subject, roles: ['JOINT_OFFICE'] }),
  handler: (unitId: string, subject: string = randomUUID()): Viewer => official({ unitId, subject, roles: ['UNIT_HANDLER'] }),
  clerk: (unitId: string, subject: string = randomUUID()): Viewer => official({ unitId, subject, roles: ['WINDOW_CLERK'] }),
  /** No role at all: sees only what names them. */
  plain: (subject: string = randomUUID(), unitId: string | null = null): Viewer => official({ subject, unitId }),
  admin: (subject: string = randomUUID()): Viewer => official({ subject, roles: ['ADMIN'] }),
  auditor: (subject: string = randomUUID()): Viewer => official({ subject, roles: ['AUDITOR'] }),
  /** A website through which petitioners ask. */
  portal: (subject: string = randomUUID()): Viewer => official({ subject, roles: ['PUBLIC_PORTAL'] }),
  service: (name: string): Viewer => official({ kind: 'SERVICE', subject: name }),
};
