import { createTable } from '@anjie/service-kit/database';

export const createConsultedExperts = createTable('CreateConsultedExperts1790000030041', 'consulted_experts', `
  consultation_id uuid NOT NULL,
  expert_id uuid NOT NULL,
  PRIMARY KEY (consultation_id, expert_id)`);
