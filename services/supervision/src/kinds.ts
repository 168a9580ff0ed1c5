import { join } from 'node:path';
import { openKindBook } from '@anjie/service-kit/kinds';
import { assessmentScheme } from './assessments/assessment-scheme';
import { bulletinKind } from './bulletins/bulletin-kind';
import { checklistKind } from './checklists/checklist-kind';
import { programmeKind } from './programmes/programme-kind';

const shipped = (name: string): string => join(__dirname, `../kinds/${name}.yaml`);

/** Every book of kinds of this service. @throws Error naming file and row of what is wrong */
export const openKinds = (folder?: string) => ({
  bulletins: openKindBook({ service: 'supervision', name: 'bulletins', shipped: shipped('bulletins'), schema: bulletinKind }, folder),
  programmes: openKindBook({ service: 'supervision', name: 'programmes', shipped: shipped('programmes'), schema: programmeKind }, folder),
  checklists: openKindBook({ service: 'supervision', name: 'checklists', shipped: shipped('checklists'), schema: checklistKind }, folder),
  assessmentSchemes: openKindBook({ service: 'supervision', name: 'assessment-schemes', shipped: shipped('assessment-schemes'), schema: assessmentScheme }, folder),
});
export type Kinds = ReturnType<typeof openKinds>;
