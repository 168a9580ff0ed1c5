import { hasRole, type SqlPredicate, type Viewer } from '@anjie/access';

/** Who left the team before the inspection began follows nothing of it. */
const TEAM = 'JOIN inspection_team_members om ON om.team_id = oi.team_id AND om.official_id = ? AND (om.until_on IS NULL OR om.until_on >= oi.started_on)';

/**
 * Who brought a duty about sees what became of it, wherever they see what it stands on: the organ that approved the letter, the office
 * that wrote one without a case, whoever is of the team that inspects, the unit that leads the programme. Case and exclusions are the caller's.
 */
export function followsObligation(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'FALSE', params: [] };
  const organ = hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE') ? viewer.unitId : null;
  const office = hasRole(viewer, 'JOINT_OFFICE') ? viewer.unitId : null;
  return {
    sql: `((o.subject_type = 'SupervisionLetter' AND EXISTS (SELECT 1 FROM supervision_letters ol WHERE ol.id = o.subject_id
          AND (ol.approver_unit_id = ? OR (ol.case_id IS NULL AND ol.from_unit_id = ?))))
        OR (o.subject_type = 'Inspection' AND EXISTS (SELECT 1 FROM inspections oi ${TEAM} WHERE oi.id = o.subject_id))
        OR (o.subject_type = 'InspectionFinding' AND EXISTS (SELECT 1 FROM inspection_findings og JOIN inspections oi ON oi.id = og.inspection_id ${TEAM}
          WHERE og.id = o.subject_id AND (oi.case_id IS NULL OR oi.case_id = o.case_id)))
        OR (o.subject_type = 'ProgrammeEntry' AND EXISTS (SELECT 1 FROM programme_entries oe JOIN programmes op ON op.id = oe.programme_id WHERE oe.id = o.subject_id AND op.unit_id = ?)))`,
    params: [organ, office, viewer.subject, viewer.subject, organ],
  };
}
